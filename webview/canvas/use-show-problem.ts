import type { ProblemView } from "../protocol/views.js";
import { useServices } from "../store/context.js";

/** Selects and shows where a problem is; with Ctrl or Cmd in the text. */
export function useShowProblem(): (problem: ProblemView, inText: boolean) => void {
  const { store, host } = useServices();
  return (problem, inText) => {
    const { node, edge } = problem;
    if (inText || (node === undefined && edge === undefined)) {
      host.command("source/reveal", { ...(node === undefined ? {} : { node }), ...(edge === undefined ? {} : { edge }) });
    } else {
      store.getState().requestReveal({ nodes: node === undefined ? [] : [node], edges: edge === undefined ? [] : [edge] });
    }
  };
}
