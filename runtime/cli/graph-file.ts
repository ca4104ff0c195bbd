import { dirname, resolve } from "node:path";
import { compileGraph } from "../compile/full.js";
import { graphProblems } from "../document/graph-problems.js";
import { handlerProblems } from "../document/handler-problems.js";
import { parseDocument } from "../document/parse.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import { positionAt } from "../document/text.js";
import type { Problem } from "../model/problem.js";
import { FileGraphs } from "../platform/file-graphs.js";
import { ModuleSnapshots } from "../platform/modules/module-snapshots.js";
import { workspaceOf } from "../platform/workspace.js";
import type { RunGraph } from "../run/position.js";
import { handlerModules } from "./handler-modules.js";
import type { CliIo } from "./io.js";
import { readTextFile } from "./text-file.js";

/** A graph that the command line was given. */
export interface GraphFile {
  /** The path as it was given, for messages. */
  readonly given: string;
  /** Absolute. */
  readonly path: string;
  /** Its folder. */
  readonly folder: string;
  /** The folder that its handlers stay in. */
  readonly workspace: string;
  /** The files that its nodes run, and those of the graphs that they name: as they were when it was read. */
  readonly graphs: FileGraphs;
  readonly document: ParsedDocument;
  /** What is wrong with the document and its handlers, in the order of the text. */
  readonly problems: readonly Problem[];
  /** Whether no problem is an error. */
  readonly valid: boolean;
}

/**
 * Reads and checks a graph. What it has in common with `previous`, an earlier version, it shares with it, as an edited one does. Throws
 * `USAGE` for a file that cannot be read.
 */
export function readGraph(given: string, io: CliIo, previous?: GraphFile): GraphFile {
  const path = resolve(io.cwd, given);
  const folder = dirname(path);
  const document = parseDocument(readTextFile(path, given), previous?.document);
  const workspace = workspaceOf(folder);
  const graphs = new FileGraphs({ workspace, modules: new ModuleSnapshots(workspace) });
  const problems = [
    ...document.problems,
    ...handlerProblems(document, handlerModules(folder, workspace)),
    ...graphProblems(document, (named) => graphs.look(resolve(folder, named))),
  ];
  problems.sort((a, b) => a.range.start - b.range.start);
  return { given, path, folder, workspace, graphs, document, problems, valid: problems.every((problem) => problem.severity !== "error") };
}

/** The graph's plan, with the files that its nodes run as they are. */
export function compiled({ document, graphs, folder }: GraphFile): RunGraph {
  return { plan: compileGraph(document.graph, graphs.files(folder).version), document };
}

/** Prints a graph's problems to stderr, one a line. */
export function printProblems(graph: GraphFile, io: CliIo): void {
  printProblemsOf(graph.given, graph.document.text, graph.problems, io);
}

/** Prints the problems of a text that is known by a name to stderr, one a line. */
export function printProblemsOf(name: string, text: string, problems: readonly Problem[], io: CliIo): void {
  for (const problem of problems) {
    const { line, column } = positionAt(text, problem.range.start);
    io.err(`${name}:${line}:${column}: ${problem.severity} ${problem.code} ${problem.message.replaceAll("\n", " ")}\n`);
  }
}
