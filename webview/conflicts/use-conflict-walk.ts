import { useCallback } from "react";
import { useKeepInView } from "../canvas/use-reveal.js";
import { useServices } from "../store/context.js";
import { nothing } from "../store/selection.js";
import { conflictsOf, nextConflict } from "./conflict-list.js";

/** Goes to the next conflict, or to the one before: selects what it is about, and tells its sides in the inspector. */
export function useConflictWalk(): (way: 1 | -1) => void {
  const { store } = useServices();
  const keepInView = useKeepInView();
  return useCallback(
    (way) => {
      const { shown, conflictAt, goToConflict, select, setInspector } = store.getState();
      const next = nextConflict(conflictsOf(shown), conflictAt, way);
      if (next === undefined) return;
      const { at, node, edge } = next;
      goToConflict(at);
      setInspector({ open: true });
      select(node !== undefined ? { nodes: [node], edges: [] } : edge !== undefined ? { nodes: [], edges: [edge] } : nothing);
      const ends = shown?.edges.find(({ id }) => id === edge);
      keepInView(node !== undefined ? [node] : ends === undefined ? [] : [ends.from, ends.to]);
    },
    [store, keepInView],
  );
}
