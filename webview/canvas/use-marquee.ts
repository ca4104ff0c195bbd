import { useEffect } from "react";
import { useStoreApi, type ReactFlowState } from "reactflow";
import { useServices } from "../store/context.js";
import { joined } from "../store/selection.js";
import type { Box } from "./ports.js";
import { selectionIn } from "./unmounted.js";

/** Selects what the marquee touches of a large graph, whether it has elements or not. */
export function useMarquee(isLarge: boolean): void {
  const { store } = useServices();
  const flowStore = useStoreApi();
  useEffect(() => {
    if (!isLarge) return;
    return flowStore.subscribe((state, before) => {
      if (!state.userSelectionActive || state.userSelectionRect === before.userSelectionRect) return;
      const { shown, held, select } = store.getState();
      const box = marqueeOf(state);
      if (shown === undefined || box === undefined) return;
      const inside = selectionIn(shown, box);
      select(held?.adding === true ? joined(held.before, inside) : inside);
    });
  }, [isLarge, store, flowStore]);
}

/** The marquee in canvas pixels. */
function marqueeOf({ userSelectionRect: rect, transform: [x, y, zoom] }: ReactFlowState): Box | undefined {
  if (rect === null) return undefined;
  return { x: (rect.x - x) / zoom, y: (rect.y - y) / zoom, width: rect.width / zoom, height: rect.height / zoom };
}
