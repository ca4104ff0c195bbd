import { useCanvas, useServices } from "../store/context.js";
import { MarkLine } from "./mark-line.js";
import { markLooks, marksAt, nextMark } from "./marks.js";
import { togglePlaying, usePlace } from "./play-buttons.js";

/**
 * A slider over the supersteps; at its end is the present. Left and Right move by one, with Ctrl to the next mark, Home and End to the ends;
 * Space plays and pauses, Escape goes back to the present.
 */
export function PastSlider(): React.ReactElement {
  const { store } = useServices();
  const at = usePlace();
  const last = useCanvas((state) => state.now.superstep);
  const outline = useCanvas((state) => state.outline);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (!moved(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const moved = ({ key, ctrlKey, metaKey }: React.KeyboardEvent): boolean => {
    const state = store.getState();
    const way = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : undefined;
    if (key === " ") togglePlaying(state);
    else if (key === "Escape" && state.seeking !== undefined) state.leavePast();
    else if (way !== undefined && (ctrlKey || metaKey)) state.seek(nextMark(outline, at, way) ?? (way === 1 ? last : 0));
    else return false;
    return true;
  };
  const marks = marksAt(outline, at).map((kind) => markLooks[kind].word);
  const words = [at >= last ? `Now, superstep ${String(last)}` : `Superstep ${String(at)} of ${String(last)}`, ...marks].join(", ");
  return (
    <div className="timeline-slider" title={words}>
      <MarkLine outline={outline} last={last} />
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={at}
        aria-label="Superstep"
        aria-valuetext={words}
        onChange={(event) => {
          store.getState().play(false);
          store.getState().seek(Number(event.currentTarget.value));
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
