import type { OtherGraph } from "../../runtime/document/graph-problems.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { Compiled } from "../../runtime/compile/graph-compiler.js";
import { FileGraphs } from "../../runtime/platform/file-graphs.js";
import { ModuleSnapshots } from "../../runtime/platform/modules/module-snapshots.js";
import type { FileSource } from "../../runtime/ports.js";
import type { GraphSource } from "../../runtime/run/graph-source.js";

/** The graphs that are open in the editor: what they say now, and their last good plan. */
export interface OpenGraphs {
  parsed(file: string): ParsedDocument | undefined;
  compiled(file: string): Compiled | undefined;
}

/** The graphs that nodes of other graphs run: those that are open in their last good state, the others as their files have them. */
export class GraphFiles {
  readonly #workspaceOf: (directory: string) => string;
  readonly #open: OpenGraphs;
  readonly #workspaces = new Map<string, { readonly graphs: FileGraphs; readonly modules: ModuleSnapshots }>();

  /** `workspaceOf` names the folder that graphs of a directory stay in. */
  constructor(workspaceOf: (directory: string) => string, open: OpenGraphs) {
    this.#workspaceOf = workspaceOf;
    this.#open = open;
  }

  /** The graphs that documents of a folder name. */
  of(directory: string): GraphSource {
    return this.#filesOf(directory).graphs.of(directory);
  }

  /** The modules and graphs that nodes of documents of a folder run. */
  files(directory: string): FileSource {
    return this.#filesOf(directory).graphs.files(directory);
  }

  /** Every folder that modules stay in, with its modules. */
  get workspaces(): Iterable<readonly [workspace: string, modules: ModuleSnapshots]> {
    return [...this.#workspaces].map(([workspace, { modules }]) => [workspace, modules] as const);
  }

  /** What a file has, seen from a document of a folder: to be checked, in any state. */
  look(directory: string, file: string): OtherGraph {
    const { graphs: files } = this.#filesOf(directory);
    const open = this.#open.parsed(file);
    const found = files.look(file);
    return open === undefined || found.found === "outside" ? found : { found: "file", document: open };
  }

  #filesOf(directory: string): { readonly graphs: FileGraphs; readonly modules: ModuleSnapshots } {
    const workspace = this.#workspaceOf(directory);
    const known = this.#workspaces.get(workspace);
    if (known !== undefined) return known;
    const modules = new ModuleSnapshots(workspace);
    const made = { modules, graphs: new FileGraphs({ workspace, modules, edited: (file) => this.#open.compiled(file) }) };
    this.#workspaces.set(workspace, made);
    return made;
  }
}
