import { useEffect } from "react";
import { useStoreApi } from "reactflow";
import { watchMotion } from "./watch-motion.js";

/**
 * While the view moves, the graph is a layer of its own that is moved and scaled as it was painted; once it rests, it is painted anew and
 * sharp. Painting what is in view takes longer than a frame.
 */
export function useInMotion(): void {
  const flowStore = useStoreApi();
  useEffect(() => {
    const mark = (moves: boolean): void => void flowStore.getState().domNode?.toggleAttribute("data-moving", moves);
    const unwatch = watchMotion(
      flowStore,
      () => mark(true),
      () => mark(false),
    );
    return () => {
      unwatch();
      mark(false);
    };
  }, [flowStore]);
}
