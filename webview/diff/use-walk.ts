import { useCallback } from "react";
import { places } from "../canvas/geometry.js";
import type { ChangeRef } from "../protocol/diff.js";
import { useServices } from "../store/context.js";
import { nothing } from "../store/selection.js";
import type { CanvasState } from "../store/state.js";
import { nextChange, walkOrder } from "./changes.js";
import { useShowPlaces } from "./use-show-places.js";

/** The differences in the order in which they are walked. */
export function orderOf({ diff, shown }: Pick<CanvasState, "diff" | "shown">): readonly ChangeRef[] {
  if (diff === undefined || shown === undefined) return [];
  return walkOrder(diff, new Map([...Object.entries(diff.ghosts.places), ...places(shown)]), shown.edges);
}

/** Looks at a difference: selects what this side has of it, and brings it into view. */
export function useLookAt(): (ref: ChangeRef) => void {
  const { store } = useServices();
  const show = useShowPlaces();
  return useCallback(
    (ref) => {
      const { diff, shown, select, setDiff } = store.getState();
      if (diff === undefined || shown === undefined) return;
      setDiff({ at: ref });
      const isHere = ref.section === "edges" ? shown.edges.some(({ id }) => id === ref.id) : places(shown).has(ref.id);
      const chosen =
        isHere && ref.section === "nodes"
          ? { nodes: [ref.id], edges: [] }
          : isHere && ref.section === "edges"
            ? { nodes: [], edges: [ref.id] }
            : nothing;
      select(chosen);
      show(ref);
    },
    [store, show],
  );
}

/** Goes to the next difference, or to the one before. */
export function useWalk(): (way: 1 | -1) => void {
  const { store } = useServices();
  const lookAt = useLookAt();
  return useCallback(
    (way) => {
      const state = store.getState();
      const next = nextChange(orderOf(state), state.diff?.at ?? null, way);
      if (next !== undefined) lookAt(next);
    },
    [store, lookAt],
  );
}
