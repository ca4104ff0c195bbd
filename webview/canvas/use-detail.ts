import { useEffect, useState } from "react";
import { useStoreApi, type ReactFlowState, type Viewport } from "reactflow";
import { DetailWatch, type Detail } from "./detail.js";
import { stageSize } from "./stage.js";

/**
 * What of a large graph has elements of its own as the view moves; undefined for a graph that is there as a whole. `first` is what the
 * canvas is opened with, which React Flow knows only a while later.
 */
export function useDetail(isLarge: boolean, first: Viewport | undefined): Detail | undefined {
  const flowStore = useStoreApi();
  const [, setTurn] = useState(0);
  const [watch] = useState(() => {
    const { x = 0, y = 0, zoom = 1 } = first ?? {};
    return new DetailWatch({ transform: [x, y, zoom], ...stageSize() }, () => setTurn((turn) => turn + 1));
  });
  useEffect(() => {
    if (!isLarge) return;
    const look = (state: ReactFlowState): void => {
      if (state.panZoom !== null && state.width * state.height > 0) watch.moved(state);
    };
    look(flowStore.getState());
    const unsubscribe = flowStore.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) look(state);
    });
    return () => {
      unsubscribe();
      watch.dispose();
    };
  }, [isLarge, flowStore, watch]);
  return isLarge ? watch.detail : undefined;
}
