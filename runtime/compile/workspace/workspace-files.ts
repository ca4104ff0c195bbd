import type { ParsedDocument } from "../../document/parsed-document.js";
import type { Problem } from "../../model/problem.js";
import type { FileSource } from "../../ports.js";
import type { Needs } from "./dependents.js";

/** The files of a workspace, as compiling it needs them. Graphs are named by their absolute paths. */
export interface WorkspaceFiles {
  /** All graphs, in order. Rejects when the folder cannot be read. */
  list(): Promise<readonly string[]>;
  /** A graph's text; undefined where there is no such file. Rejects when it cannot be read. */
  read(graph: string): Promise<string | undefined>;
  /** What is wrong with the handlers and graphs that a document names. */
  problems(graph: string, document: ParsedDocument): readonly Problem[];
  /** Where the paths lie that a document names, and what they lead to. */
  needs(graph: string, named: Iterable<string>): Needs;
  /** The versions of the files that a graph's nodes run; absent: nothing is known of them. */
  source?(graph: string): FileSource;
  /** Files have changed: what is known of them is to be looked at again. */
  refresh?(paths: readonly string[]): Promise<void>;
}
