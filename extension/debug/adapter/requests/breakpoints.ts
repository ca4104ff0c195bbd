import { dataIdOf } from "../breakpoint-list.js";
import type { Answers } from "../protocol.js";
import { TextPlaces } from "../text-places.js";
import type { SessionParts } from "./session-parts.js";

/** Where the run is to stop. */
export function breakpoints({
  target,
  debugged,
  stage,
  inspection,
  list,
  counting,
}: SessionParts): Answers<
  "setBreakpoints" | "breakpointLocations" | "dataBreakpointInfo" | "setDataBreakpoints" | "setExceptionBreakpoints"
> {
  return {
    setBreakpoints: ({ source: { path = "" }, breakpoints: asked = [] }) => ({
      breakpoints: list.setLines(path, target.graphAt(path), asked, stage.planOf(path), (position) => target.placeAt?.(path, position)),
    }),
    breakpointLocations: ({ source, line, endLine = line }) => {
      const file = target.graphAt(source.path ?? "");
      const [first, last] = [counting.toDebugger(line), counting.toDebugger(endLine)];
      const stops = file === undefined ? [] : new TextPlaces(file.parsed).stops(first.line, last.line);
      return { breakpoints: stops.map((position) => list.placed(position)) };
    },
    dataBreakpointInfo: ({ name, variablesReference, frameId }) => {
      const { run } = stage.level(frameId);
      const isWhole = variablesReference === undefined || inspection.isChannels(variablesReference);
      return isWhole && run.moment.plan.channels.has(name)
        ? { dataId: dataIdOf(stage.nameOf(run), name), description: name, accessTypes: ["write"], canPersist: true }
        : { dataId: null, description: "Only a channel can be watched." };
    },
    setDataBreakpoints: ({ breakpoints: asked }) => ({ breakpoints: list.setData(asked, (graph) => stage.planOf(graph)) }),
    setExceptionBreakpoints: ({ filters }) => {
      debugged.stopsAtFailures = filters.includes("failed");
    },
  };
}
