import * as v from "valibot";
import type { CommandServices } from "./command.js";
import type { GraphSession } from "../run/graph-session.js";

/** What a menu of the canvas, or the canvas itself, says of the thing that a command is about. */
const named = v.object({ node: v.optional(v.string()), edge: v.optional(v.string()) });

/** The one node or edge that a command is about: the one that came with it, else what is selected on the graph's canvas. */
export function subjectOf(
  { panels }: CommandServices,
  session: GraphSession,
  args: readonly unknown[],
): { readonly node?: string; readonly edge?: string } {
  for (const arg of args) {
    const { node, edge } = v.is(named, arg) ? arg : {};
    if (edge !== undefined) return { edge };
    if (node !== undefined) return { node };
  }
  const { nodes = [], edges = [] } = panels.find(session.source.key)?.selection ?? {};
  const [node] = nodes;
  const [edge] = edges;
  if (nodes.length + edges.length !== 1) return {};
  return { ...(node === undefined ? {} : { node }), ...(edge === undefined ? {} : { edge }) };
}

/** The node that a command is about: named after the graph, else as in `subjectOf`. */
export function nodeNamed(services: CommandServices, session: GraphSession, args: readonly unknown[]): string | undefined {
  const [, name] = args;
  return typeof name === "string" ? name : subjectOf(services, session, args).node;
}

/** The nodes that a command is about: all that are selected where the one that came with it is among them, else that one. */
export function nodesOf({ panels }: CommandServices, session: GraphSession, args: readonly unknown[]): readonly string[] {
  const { nodes = [] } = panels.find(session.source.key)?.selection ?? {};
  const came = args.flatMap((arg) => (v.is(named, arg) && arg.node !== undefined ? [arg.node] : []));
  return came.some((id) => !nodes.includes(id)) ? came : nodes;
}
