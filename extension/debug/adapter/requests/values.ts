import type { Answers } from "../protocol.js";
import type { SessionParts } from "./session-parts.js";

/** What the run has, and giving it other values. */
export function values({ debugged, stage, inspection }: SessionParts): Answers<"scopes" | "variables" | "setVariable" | "evaluate"> {
  return {
    scopes: ({ frameId }) => ({ scopes: inspection.scopes(stage.level(frameId)) }),
    variables: (args) => ({ variables: inspection.variables(args) }),
    setVariable: (args) => debugged.edit(() => inspection.set(args, stage.level(undefined))),
    evaluate: ({ expression, frameId }) => inspection.evaluate(expression, stage.level(frameId)),
  };
}
