import { completionsFor } from "../completions.js";
import type { Answers } from "../protocol.js";
import type { SessionParts } from "./session-parts.js";

/** What the run has, and giving it other values. */
export function values({
  debugged,
  stage,
  inspection,
  counting,
}: SessionParts): Answers<"scopes" | "variables" | "setVariable" | "setExpression" | "evaluate" | "completions"> {
  return {
    scopes: ({ frameId }) => ({ scopes: inspection.scopes(stage.level(frameId)) }),
    variables: (args) => ({ variables: inspection.variables(args) }),
    setVariable: ({ variablesReference, name, value }) => {
      const at = inspection.placeOf(variablesReference, name);
      return debugged.edit(() => inspection.set(at, value));
    },
    setExpression: ({ expression, value, frameId }) => {
      const at = inspection.placeNamed(stage.level(frameId), expression);
      return debugged.edit(() => inspection.set(at, value));
    },
    evaluate: ({ expression, frameId, context }) => {
      const level = stage.level(frameId);
      if (context !== "clipboard") return inspection.evaluate(expression, level);
      return { result: JSON.stringify(inspection.value(expression, level), undefined, 2), variablesReference: 0 };
    },
    completions: ({ text, column, frameId }) => {
      const all = completionsFor(stage.level(frameId), text.slice(0, counting.toDebugger(1, column).column));
      const targets = all.map((item) => ({ ...item, start: counting.toClient({ line: 0, column: item.start }).column }));
      return { targets };
    },
  };
}
