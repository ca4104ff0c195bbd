import type { ErrorInfo } from "../errors.js";
import type { FileVersion } from "../model/file-version.js";
import type { RunGraph } from "./position.js";

/** A graph that another one names, compiled, with what its own runs need to find. */
export interface SourcedGraph extends RunGraph {
  /** File name without folder: what stores list its runs under. */
  readonly name: string;
  /** Makes the absolute path of a module that this document names. */
  readonly resolve: (path: string) => string;
  /** The graphs that this document names. */
  readonly graphs: GraphSource;
}

/** A graph, or why there is none to run. */
export type GraphLookup = { readonly ok: true; readonly graph: SourcedGraph } | { readonly ok: false; readonly error: ErrorInfo };

/** Where the graphs come from that one document names. */
export interface GraphSource {
  /**
   * The graph at a path, as the document has it: in a version that a plan names, else in its newest good state. The same object as
   * long as that is the same.
   */
  load(path: string, version?: FileVersion): GraphLookup;
}
