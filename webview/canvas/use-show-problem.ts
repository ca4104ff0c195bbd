import type { GraphView, ProblemView } from "../protocol/views.js";
import { useServices } from "../store/context.js";

/** What a place is named by; none: the whole graph. */
export interface NamedPlace extends Pick<ProblemView, "node" | "edge"> {
  readonly channel?: string | undefined;
}

/** Selects and shows where something is; with Ctrl or Cmd, or where the canvas does not draw it, in the text. */
export function useShowProblem(): (place: NamedPlace, inText: boolean) => void {
  const { store, host } = useServices();
  return ({ node, edge, channel }, inText) => {
    const { shown, requestReveal } = store.getState();
    if (inText || !isDrawn(shown, node, edge)) {
      const named = { node, edge, channel };
      return host.command("source/reveal", Object.fromEntries(Object.entries(named).filter(([, id]) => id !== undefined)));
    }
    requestReveal({ nodes: node === undefined ? [] : [node], edges: edge === undefined ? [] : [edge] });
  };
}

function isDrawn(graph: GraphView | undefined, node: string | undefined, edge: string | undefined): boolean {
  if (node !== undefined) return node.startsWith("@") || graph?.nodes.some(({ id }) => id === node) === true;
  return edge !== undefined && graph?.edges.some(({ id }) => id === edge) === true;
}
