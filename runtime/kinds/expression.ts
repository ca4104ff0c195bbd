import { errorInfo, PatchbayError } from "../errors.js";
import { ExpressionError, type ExpectedType, type ExpressionProgram, type ExpressionScope } from "../expression/cel.js";
import type { ExpressionNode } from "../model/graph.js";
import type { JsonValue } from "../model/json.js";
import type { KindDefinition } from "./kind.js";

/** `expression`: CEL into channels. All expressions see the state before the superstep. */
export const expression: KindDefinition<ExpressionNode> = {
  kind: "expression",
  compile(def, scope) {
    const programs = Object.entries(def.set).map(([channel, source]) => [channel, compiled(source, scope)] as const);
    return (task) => {
      const variables = task.variables();
      const writes: Record<string, JsonValue> = {};
      for (const [channel, program] of programs) {
        try {
          writes[channel] = program(variables);
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error;
          return { type: "failed", error: errorInfo("EXPRESSION", error.message, { node: task.node, channel }) };
        }
      }
      return { type: "done", writes };
    };
  },
};

/** Compiles an expression that validation has accepted. */
export function compiled(source: string, scope: ExpressionScope, expected?: ExpectedType): ExpressionProgram {
  const result = scope.compile(source, expected);
  if (result.ok) return result.program;
  throw new PatchbayError("EXPRESSION", `\`${source}\`: ${result.problem.message}`, { source });
}
