import type { useStoreApi } from "reactflow";
import { RESTS_AFTER_MS } from "./detail.js";

/** Calls `moves` with each step of a view that moves, and `rests` once it has come to rest; gives what ends that. */
export function watchMotion(flowStore: ReturnType<typeof useStoreApi>, moves: () => void, rests: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unsubscribe = flowStore.subscribe(({ transform }, before) => {
    if (transform === before.transform) return;
    moves();
    clearTimeout(timer);
    timer = setTimeout(rests, RESTS_AFTER_MS);
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
