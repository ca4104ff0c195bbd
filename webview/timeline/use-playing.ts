import { useEffect } from "react";
import { useCanvas, useServices } from "../store/context.js";
import { beat } from "./marks.js";

/** Moves on through the history while it is played, each time when what was asked for last is shown; ends where the present is. */
export function usePlaying(): void {
  const { store } = useServices();
  const playing = useCanvas((state) => state.playing);
  const past = useCanvas((state) => state.past);
  const seeking = useCanvas((state) => state.seeking);
  const pace = useCanvas((state) => state.pace);
  useEffect(() => {
    if (!playing || seeking === undefined || past === undefined) return;
    const { everyMs, by } = beat(pace);
    const timer = setTimeout(() => store.getState().seek(seeking + by), everyMs);
    return () => clearTimeout(timer);
  }, [playing, past, seeking, pace, store]);
}
