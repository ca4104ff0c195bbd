import { ToolButton } from "../canvas/tool-button.js";
import { useCanvas, useServices } from "../store/context.js";
import type { PastSlice } from "../store/state.js";

/** One superstep back, play and pause, one superstep on. */
export function PlayButtons(): React.ReactElement {
  const { store } = useServices();
  const at = usePlace();
  const last = useCanvas((state) => state.now.superstep);
  const playing = useCanvas((state) => state.playing);
  const step = (by: number): void => {
    store.getState().play(false);
    store.getState().seek(at + by);
  };
  return (
    <>
      <ToolButton command="past/back" icon="chevron-left" label="One superstep back" disabled={at === 0} onClick={() => step(-1)} />
      <ToolButton
        command="past/play"
        icon={playing ? "debug-pause" : "play"}
        label={playing ? "Pause the playback" : "Play the history back; the run does not move"}
        onClick={() => togglePlaying(store.getState())}
      />
      <ToolButton command="past/forward" icon="chevron-right" label="One superstep on" disabled={at >= last} onClick={() => step(1)} />
    </>
  );
}

/** The superstep that the slider is at. */
export function usePlace(): number {
  return useCanvas(({ seeking, now }) => seeking ?? now.superstep);
}

/** Plays on from where the slider is; from the start where it is at the present. */
export function togglePlaying({ playing, play, seek, seeking }: PastSlice): void {
  if (!playing && seeking === undefined) seek(0);
  play(!playing);
}
