import { realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { FileGraphs } from "./file-graphs.js";
import { candidates } from "./modules/imports.js";
import { ModuleSnapshots } from "./modules/module-snapshots.js";

/** The modules and graphs that the documents of one workspace run. */
export class WorkspaceModules {
  readonly path: string;
  readonly modules: ModuleSnapshots;
  readonly graphs: FileGraphs;

  /** `path`: the folder that they must lie in. */
  constructor(path: string) {
    this.path = path;
    this.modules = new ModuleSnapshots(path);
    this.graphs = new FileGraphs({ workspace: path, modules: this.modules });
  }

  /** Paths that mean something to a module: files that it imports, near and far, and those that it would, were they there. */
  leadsTo(module: string): Iterable<string> {
    const snapshot = this.modules.version(module);
    if (snapshot === undefined) return [];
    const mentioned = [...snapshot.mentioned].flatMap(candidates);
    return new Set([...snapshot.files, ...mentioned].map((path) => this.#asOpened(path)));
  }

  /** Modules know their files by their real names; people and watchers by the way that leads there. */
  #asOpened(path: string): string {
    const real = realpathSync.native(this.path);
    return real !== this.path && path.startsWith(`${real}${sep}`) ? join(this.path, relative(real, path)) : path;
  }
}
