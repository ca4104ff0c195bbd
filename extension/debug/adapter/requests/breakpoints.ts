import type { DebugProtocol } from "@vscode/debugprotocol";
import { dataIdOf } from "../breakpoint-list.js";
import type { PlaceInFrame } from "../inspection.js";
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
  const placeOf = ({ name, variablesReference, frameId }: DebugProtocol.DataBreakpointInfoArguments): PlaceInFrame | undefined =>
    variablesReference === undefined || variablesReference === 0
      ? inspection.placeNamed(stage.level(frameId), name)
      : inspection.placeOf(variablesReference, name);
  return {
    setBreakpoints: ({ source: { path = "" }, breakpoints: asked = [] }) => ({ breakpoints: list.setLines(path, asked) }),
    breakpointLocations: ({ source, line, endLine = line }) => {
      const file = target.graphAt(source.path ?? "");
      const [first, last] = [counting.toDebugger(line), counting.toDebugger(endLine)];
      const stops = file === undefined ? [] : TextPlaces.of(file.parsed).stops(first.line, last.line);
      return { breakpoints: stops.map((position) => list.placed(position)) };
    },
    dataBreakpointInfo: (asked) => {
      const found = placeOf(asked);
      if (found === undefined) return { dataId: null, description: "Only channels, and what is in them, can be watched." };
      const { level, expression } = found;
      return { dataId: dataIdOf(stage.nameOf(level.run), expression), description: expression, accessTypes: ["write"], canPersist: true };
    },
    setDataBreakpoints: ({ breakpoints: asked }) => ({ breakpoints: list.setData(asked) }),
    setExceptionBreakpoints: ({ filters }) => {
      debugged.exceptions.choose(filters);
    },
  };
}
