import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Needs } from "../compile/workspace/dependents.js";
import type { WorkspaceFiles } from "../compile/workspace/workspace-files.js";
import { fileProblems } from "../document/file-problems.js";
import type { HandlerModule } from "../document/handler-problems.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import type { ErrorInfo } from "../errors.js";
import type { Problem } from "../model/problem.js";
import type { FileSource } from "../ports.js";
import { lookAtModule } from "./handler-module.js";
import type { ModuleSnapshot } from "./modules/module-snapshot.js";
import { workspaceOf } from "./workspace.js";
import { WorkspaceModules } from "./workspace-modules.js";

const GRAPH_SUFFIX = ".patchbay.json";
/** Folders in which nobody's own graphs are. */
const skipped: ReadonlySet<string> = new Set(["node_modules", ".git", ".patchbay"]);

/** Where the graphs of a workspace are, and what they may name. */
export interface DiskOptions {
  /** The folders that are searched for graphs; looked up each time. */
  readonly folders: () => readonly string[];
  /** The folder that handlers and graphs of a folder's documents must lie in. Default: as the command line finds it. */
  readonly workspaceOf?: (folder: string) => string;
  /** Why a module of a workspace that was saved cannot be loaded, so that the version before it stays in force. Absent: that is not looked at. */
  readonly check?: (workspace: string, snapshot: ModuleSnapshot) => Promise<ErrorInfo | undefined>;
}

/** The graphs of folders on disk. Modules are looked at once, until `refresh` names them. */
export class WorkspaceDisk implements WorkspaceFiles {
  readonly #options: DiskOptions;
  readonly #looks = new Map<string, HandlerModule>();
  readonly #workspaces = new Map<string, WorkspaceModules>();

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly string[]> {
    const found = await Promise.all(this.#options.folders().map((folder) => graphsIn(folder)));
    return [...new Set(found.flat())].sort();
  }

  async read(graph: string): Promise<string | undefined> {
    try {
      return await readFile(graph, "utf8");
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  problems(graph: string, document: ParsedDocument): readonly Problem[] {
    const folder = dirname(graph);
    const { path: workspace, graphs } = this.#workspace(folder);
    const inForce = graphs.files(folder);
    return fileProblems(document, {
      handler: (path) => this.#look(resolve(folder, path), workspace),
      fault: (path) => inForce.fault(path),
      graph: (path) => graphs.look(resolve(folder, path)),
    });
  }

  needs(graph: string, named: Iterable<string>): Needs {
    const folder = dirname(graph);
    const workspace = this.#workspace(folder);
    const needs = new Map<string, string>();
    for (const name of named) {
      const path = resolve(folder, name);
      for (const reached of workspace.leadsTo(path)) if (!needs.has(reached)) needs.set(reached, nameFrom(folder, reached));
      needs.set(path, name);
    }
    return needs;
  }

  source(graph: string): FileSource {
    const folder = dirname(graph);
    return this.#workspace(folder).graphs.files(folder);
  }

  async refresh(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      for (const known of this.#looks.keys()) if (known === path || known.startsWith(`${path}${sep}`)) this.#looks.delete(known);
    }
    const { check } = this.#options;
    for (const { path: workspace, modules } of this.#workspaces.values())
      await modules.refresh(check && ((_path, snapshot) => check(workspace, snapshot)), paths);
  }

  #look(path: string, workspace: string): HandlerModule {
    const module = this.#looks.get(path) ?? lookAtModule(path, workspace);
    this.#looks.set(path, module);
    return module;
  }

  #workspace(folder: string): WorkspaceModules {
    const path = (this.#options.workspaceOf ?? workspaceOf)(folder);
    const workspace = this.#workspaces.get(path) ?? new WorkspaceModules(path);
    this.#workspaces.set(path, workspace);
    return workspace;
  }
}

/** Paths of the graphs in a folder and below it, in order. Links to folders are not followed: a graph is found once. */
async function graphsIn(folder: string): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : graphsIn(path);
      return entry.name.toLowerCase().endsWith(GRAPH_SUFFIX) && !entry.isSymbolicLink() ? [path] : [];
    }),
  );
  return found.flat();
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function nameFrom(folder: string, path: string): string {
  const way = relative(folder, path).split(sep).join("/");
  return way.startsWith(".") ? way : `./${way}`;
}
