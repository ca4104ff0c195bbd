import { positionAt } from "../document/text.js";
import type { Severity } from "../model/problem.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { printProblems, readGraph, type GraphFile } from "./graph-file.js";
import { counted } from "./lists.js";

/** `patchbay validate GRAPH…` */
export const validate: Command = {
  name: "validate",
  summary: "Check graphs: the document, its expressions and edges, and that its handlers are there.",
  operands: ["GRAPH…"],
  options: { json: common.json },
  notes: "Problems go to stderr, one a line: file:line:column: severity code message. Only errors fail.",
  run(given, io) {
    const graphs = given.operands.map((path) => readGraph(path, io));
    for (const graph of graphs) printProblems(graph, io);
    const valid = graphs.every((graph) => graph.valid);
    if (given.has("json")) io.out(`${JSON.stringify({ valid, graphs: graphs.map(toJson) })}\n`);
    else for (const graph of graphs) io.out(`${graph.given}: ${describe(graph)}\n`);
    return valid ? exit.ok : exit.usage;
  },
};

function toJson(graph: GraphFile): object {
  const problems = graph.problems.map(({ range, ...problem }) => ({ ...problem, ...positionAt(graph.document.text, range.start) }));
  return { file: graph.given, valid: graph.valid, problems };
}

function describe(graph: GraphFile): string {
  const { nodes, edges } = graph.document.graph;
  const of = (severity: Severity): number => graph.problems.filter((problem) => problem.severity === severity).length;
  const errors = of("error");
  const verdict = errors === 0 ? "valid" : counted(errors, "error");
  const others = [counted(of("warning"), "warning"), counted(of("information"), "note")].filter((count) => !count.startsWith("0 "));
  return `${[verdict, ...others].join(", ")} (${counted(nodes.size, "node")}, ${counted(edges.size, "edge")})`;
}
