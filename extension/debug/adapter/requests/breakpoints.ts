import { dataIdOf } from "../breakpoint-list.js";
import { entryOnLine } from "../places.js";
import type { Answers } from "../protocol.js";
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
      breakpoints: list.setLines(path, target.graphAt(path), asked, stage.planOf(path)),
    }),
    breakpointLocations: ({ source, line, endLine = line }) => {
      const file = target.graphAt(source.path ?? "");
      const lines = Array.from({ length: endLine - line + 1 }, (_, index) => line + index);
      const hasEntry = (each: number): boolean => file !== undefined && entryOnLine(file.parsed, counting.toDebugger(each)) !== undefined;
      return { breakpoints: lines.filter(hasEntry).map((each) => ({ line: each })) };
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
