import { basename, dirname, join } from "node:path";
import type { OtherGraph } from "../../runtime/document/graph-problems.js";
import { usesGraph } from "../../runtime/model/graph.js";
import { stemOf } from "../editor/graph-uri.js";

/** A node of a graph that runs another one. */
export interface Caller {
  /** Path of its graph. */
  readonly file: string;
  /** What the graph is called. */
  readonly title: string;
  readonly node: string;
  readonly label: string;
}

/** What a file has, seen from a document of a folder. */
export type Look = (directory: string, file: string) => OtherGraph;

/** The nodes that run a graph, among those of some other graphs; in the order of their files. */
export function callersOf(file: string, others: Iterable<string>, look: Look): readonly Caller[] {
  const files = [...new Set(others)].filter((other) => other !== file).toSorted();
  return files.flatMap((other) => {
    const found = look(dirname(other), other);
    if (found.found !== "file") return [];
    const { graph } = found.document;
    const title = titleOf(other, graph.title);
    const nodes = [...graph.nodes.values()].filter((node) => usesGraph(node) && join(dirname(other), node.graph) === file);
    return nodes.map(({ id, label = id }) => ({ file: other, title, node: id, label }));
  });
}

/** What a graph is called. */
export function titleOf(file: string, title: string): string {
  return title === "" ? stemOf(basename(file)) : title;
}
