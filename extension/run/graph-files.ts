import type { OtherGraph } from "../../runtime/document/graph-problems.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { Compiled } from "../../runtime/compile/graph-compiler.js";
import { FileGraphs } from "../../runtime/platform/file-graphs.js";
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
  readonly #workspaces = new Map<string, FileGraphs>();

  /** `workspaceOf` names the folder that graphs of a directory stay in. */
  constructor(workspaceOf: (directory: string) => string, open: OpenGraphs) {
    this.#workspaceOf = workspaceOf;
    this.#open = open;
  }

  /** The graphs that documents of a folder name. */
  of(directory: string): GraphSource {
    return this.#filesOf(directory).of(directory);
  }

  /** What a file has, seen from a document of a folder: to be checked, in any state. */
  look(directory: string, file: string): OtherGraph {
    const files = this.#filesOf(directory);
    const open = this.#open.parsed(file);
    const found = files.look(file);
    return open === undefined || found.found === "outside" ? found : { found: "file", document: open };
  }

  #filesOf(directory: string): FileGraphs {
    const workspace = this.#workspaceOf(directory);
    const known = this.#workspaces.get(workspace);
    if (known !== undefined) return known;
    const files = new FileGraphs({ workspace, edited: (file) => this.#open.compiled(file) });
    this.#workspaces.set(workspace, files);
    return files;
  }
}
