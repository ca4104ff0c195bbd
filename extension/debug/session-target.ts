import { basename, dirname, join } from "node:path";
import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import type { RunSession } from "../../runtime/run/session.js";
import { isGraphPath } from "../editor/graph-uri.js";
import type { GraphFiles } from "../run/graph-files.js";
import type { GraphSession } from "../run/graph-session.js";
import type { Position } from "./adapter/places.js";
import type { CodeDebugger, DebugTarget, GraphFile, RunStart } from "./adapter/target.js";
import type { EntryPlace } from "./adapter/text-places.js";
import type { GraphBreakpoints } from "./breakpoints/graph-breakpoints.js";

/** The run that a graph shows, as the debugger drives it: the canvas and the debugger act on the same one. */
export class SessionTarget implements DebugTarget {
  readonly code: CodeDebugger;
  readonly #session: GraphSession;
  readonly #files: GraphFiles;
  readonly #breakpoints: GraphBreakpoints;

  constructor(session: GraphSession, files: GraphFiles, breakpoints: GraphBreakpoints, code: CodeDebugger) {
    this.code = code;
    this.#session = session;
    this.#files = files;
    this.#breakpoints = breakpoints;
  }

  get run(): RunSession | undefined {
    return this.#session.run;
  }

  begin({ input, ...terms }: RunStart): Promise<void> {
    return this.#session.begin(input, terms);
  }

  attach({ run, checkpoint }: { readonly run?: string; readonly checkpoint?: string }): void {
    if (run !== undefined) this.#session.open(run);
    const shown = this.run;
    if (shown === undefined) throw new PatchbayError("RUN_FINISHED", vscode.l10n.t("There is no run of this graph to attach to."));
    if (checkpoint !== undefined) this.#session.restore(run ?? this.#session.archive.runOf(checkpoint), checkpoint);
  }

  graph(within: readonly string[]): GraphFile | undefined {
    const main = this.#main();
    if (within.length === 0) return main;
    return this.graphAt(within.reduce((file, path) => join(dirname(file), path), main.path));
  }

  graphAt(path: string): GraphFile | undefined {
    const main = this.#main();
    if (path === main.path) return main;
    if (!isGraphPath(path)) return undefined;
    const found = this.#files.look(dirname(path), path);
    return found.found === "file" ? { path, name: basename(path), parsed: found.document } : undefined;
  }

  chosen(path: string, position: Position, place: EntryPlace): void {
    this.#breakpoints.chosen(vscode.Uri.file(path).toString(), position, place);
  }

  placeAt(path: string, position: Position): EntryPlace | undefined {
    return this.#breakpoints.placeAt(vscode.Uri.file(path).toString(), position);
  }

  onDidChange(listener: () => void): () => void {
    const all = [this.#session.onDidChangeRun(listener), this.#session.onDidChangeCompile(listener)];
    return () => all.forEach((each) => each.dispose());
  }

  #main(): GraphFile {
    const { key, name, parsed } = this.#session.source;
    return { path: vscode.Uri.parse(key).fsPath, name, parsed };
  }
}
