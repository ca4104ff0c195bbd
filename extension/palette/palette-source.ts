import { relative, sep } from "node:path";
import * as vscode from "vscode";
import type { PaletteView, PlacedFiles } from "../../webview/protocol/palette.js";
import { pathFrom } from "../editor/file-names.js";
import { isInside } from "../editor/inside.js";
import type { FoundFile, FoundFiles } from "./found-files.js";
import { placedFile, type GraphHome } from "./placed-file.js";
import type { RecentChoices } from "./recent-choices.js";
import { userSnippets } from "./user-snippets.js";

/** What palettes offer of the workspace, and what may be dropped on a canvas. */
export class PaletteSource {
  readonly #files: FoundFiles;
  readonly #recent: RecentChoices;
  readonly #workspaceOf: (directory: string) => string;

  /** `workspaceOf` names the folder that handlers of a directory's graphs stay in. */
  constructor(files: FoundFiles, recent: RecentChoices, workspaceOf: (directory: string) => string) {
    this.#files = files;
    this.#recent = recent;
    this.#workspaceOf = workspaceOf;
  }

  /** What there is for a graph; a graph that is no file yet can name none. */
  async offers(graph: vscode.Uri): Promise<PaletteView> {
    const recent = [...this.#recent.keys];
    const home = this.#homeOf(graph);
    if (home === undefined) return { handlers: [], graphs: [], snippets: [], recent, faults: [] };
    const [found, { snippets, faults }] = await Promise.all([this.#files.list(), userSnippets(home.workspace)]);
    const near = found.filter(({ path }) => isInside(home.workspace, path) && path !== home.file);
    const offered = (kind: FoundFile["kind"]): { path: string; place: string }[] =>
      near.filter((file) => file.kind === kind).map(({ path }) => ({ path: pathFrom(home.directory, path), place: placeIn(home, path) }));
    return { handlers: offered("handler"), graphs: offered("graph"), snippets: [...snippets], recent, faults: [...faults] };
  }

  /** Notes what was chosen. */
  chosen(key: string): void {
    this.#recent.note(key);
  }

  /** Files that were dropped, as nodes of the graph may name them. */
  place(graph: vscode.Uri, uris: readonly string[]): PlacedFiles {
    const home = this.#homeOf(graph);
    const files: PlacedFiles["files"] = [];
    const refused: string[] = [];
    for (const uri of uris) {
      const path = pathOf(uri);
      const placed = path === undefined || home === undefined ? undefined : placedFile(path, home);
      if (placed?.ok === true) files.push({ kind: placed.kind, path: placed.path });
      else refused.push(refusal(placed?.why ?? (home === undefined ? "unsaved" : "outside"), path ?? uri));
    }
    return { files, refused };
  }

  /** The folder that nodes of a graph may name files of; undefined while the graph is no file. */
  workspaceOf(graph: vscode.Uri): string | undefined {
    return this.#homeOf(graph)?.workspace;
  }

  #homeOf(graph: vscode.Uri): GraphHome | undefined {
    if (graph.scheme !== "file") return undefined;
    const directory = vscode.Uri.joinPath(graph, "..").fsPath;
    return { file: graph.fsPath, directory, workspace: this.#workspaceOf(directory) };
  }
}

/** In a remote window the workbench names files of the machine where extensions run by `vscode-remote`. */
function pathOf(uri: string): string | undefined {
  const { scheme, path } = vscode.Uri.parse(uri);
  return scheme === "file" || scheme === "vscode-remote" ? vscode.Uri.file(path).fsPath : undefined;
}

function refusal(why: "outside" | "itself" | "other" | "unsaved", path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  switch (why) {
    case "outside":
      return vscode.l10n.t("{0} is outside of the workspace folder: graphs run only what is in it.", name);
    case "itself":
      return vscode.l10n.t("{0} is this graph itself.", name);
    case "other":
      return vscode.l10n.t("{0} is neither a handler (*.ts, *.js) nor a graph (*.patchbay.json).", name);
    case "unsaved":
      return vscode.l10n.t("Save the graph first: nodes name files by their way from it.");
  }
}

function placeIn({ workspace }: GraphHome, path: string): string {
  return relative(workspace, path).split(sep).join("/");
}
