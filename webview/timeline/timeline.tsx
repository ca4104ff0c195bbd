import "./timeline.css";
import { useEffect } from "react";
import { useCanvas, useServices } from "../store/context.js";
import { LookingAt } from "./looking-at.js";
import { PlayButtons } from "./play-buttons.js";
import { PastSlider } from "./past-slider.js";
import { paces } from "./marks.js";
import { usePlaying } from "./use-playing.js";

/** The history of the run shown, with a slider to look at any superstep as it was; nothing before a run has one. */
export function Timeline(): React.ReactElement | null {
  const has = useCanvas(({ now }) => now.run !== null && now.superstep > 0);
  return has ? <Strip /> : null;
}

function Strip(): React.ReactElement {
  const looking = useCanvas((state) => state.past !== undefined);
  useOutline();
  usePlaying();
  return (
    <section className="timeline" aria-label="History of the run" data-surface="timeline" data-looking={looking}>
      {looking && <LookingAt />}
      <PlayButtons />
      <PastSlider />
      <Pace />
    </section>
  );
}

/** Asks for the marks when the run stands somewhere else; while it is at work, no more often than that is answered. */
function useOutline(): void {
  const { store } = useServices();
  const place = useCanvas(({ now }) => `${now.run ?? ""} ${now.status} ${String(now.superstep)}`);
  useEffect(() => store.getState().loadOutline(place), [place, store]);
}

function Pace(): React.ReactElement {
  const { store } = useServices();
  const pace = useCanvas((state) => state.pace);
  return (
    <select
      className="timeline-pace"
      aria-label="Supersteps a second"
      title="Supersteps a second"
      value={pace}
      onChange={(event) => store.getState().setPace(Number(event.currentTarget.value))}
    >
      {paces.map((each) => (
        <option key={each} value={each}>
          {each}/s
        </option>
      ))}
    </select>
  );
}
