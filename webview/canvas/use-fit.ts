import { useCallback } from "react";
import { useReactFlow } from "reactflow";
import { useServices } from "../store/context.js";
import { fitted } from "./fit.js";
import { glide } from "./stage.js";

/** What is brought into view, and how. */
export interface Fitting {
  /** Nodes; absent: all. */
  readonly nodes?: ReadonlySet<string>;
  /** The smallest zoom for that. */
  readonly notBelow?: number;
  readonly at?: "once" | "gliding";
}

/**
 * Brings the graph, or some nodes of it, into view. Not by React Flow's own `fitView`: of a large graph it knows only what has elements.
 */
export function useFit(): (fitting?: Fitting) => Promise<void> {
  const { store } = useServices();
  const { setViewport } = useReactFlow();
  return useCallback(
    async ({ nodes, notBelow, at = "gliding" } = {}) => {
      const graph = store.getState().shown;
      if (graph !== undefined) await setViewport(fitted(graph, nodes, notBelow), { duration: at === "once" ? 0 : glide() });
    },
    [store, setViewport],
  );
}
