import { useEffect, useRef } from "react";
import { useCanvas, useServices } from "../store/context.js";
import { pausedAt } from "./paused.js";
import { useKeepInView } from "./use-reveal.js";

/** Pans to where a run has paused if none of it is well in view. Nobody's focus and selection change by that. */
export function useFollowPause(): void {
  const { store } = useServices();
  const place = useCanvas(({ now: run, debug }) => `${run.run ?? ""} ${String(run.superstep)} ${pausedAt(run, debug).join(" ")}`);
  const keepInView = useKeepInView();
  const last = useRef<string>(undefined);
  useEffect(() => {
    const { now: run, debug } = store.getState();
    const nodes = pausedAt(run, debug);
    const isNews = last.current !== place && (last.current !== undefined || debug.at !== undefined); // a canvas that opens stays as it was left
    last.current = place;
    if (isNews) keepInView(nodes);
  }, [place, store, keepInView]);
}
