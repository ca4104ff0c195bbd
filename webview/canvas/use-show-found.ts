import { useCallback } from "react";
import { useServices } from "../store/context.js";
import { selectionOf, type Found } from "./find.js";
import { useKeepInView } from "./use-reveal.js";

/** Selects what was found and brings it into view; does nothing where there is nothing. */
export function useShowFound(): (found: Found | undefined) => void {
  const { store } = useServices();
  const keepInView = useKeepInView();
  return useCallback(
    (found) => {
      const { shown, select } = store.getState();
      if (found === undefined || shown === undefined) return;
      select(selectionOf(found));
      const edge = "edge" in found ? shown.edges.find(({ id }) => id === found.edge) : undefined;
      keepInView("node" in found ? [found.node] : edge === undefined ? [] : [edge.from, edge.to], "jump");
    },
    [store, keepInView],
  );
}
