// The expressions that take values into another graph and out of it.
import type { ChannelProgram } from "../channels/channel-program.js";
import { errorInfo, PatchbayError, type ErrorInfo } from "../errors.js";
import { ExpressionError, type ExpressionProgram, type ExpressionScope, type Variables } from "../expression/cel.js";
import type { JsonValue } from "../model/json.js";
import type { FirstValues } from "../plan/behaviour.js";
import { compiled } from "./expression.js";

/** Expressions by what each is for. */
export type Programs = ReadonlyMap<string, ExpressionProgram>;

/** Expressions, compiled. Throws `PatchbayError` for one that does not fit the scope. */
export function programsOf(sources: Readonly<Record<string, string>>, scope: ExpressionScope): Programs {
  return new Map(Object.entries(sources).map(([name, source]) => [name, compiled(source, scope)]));
}

/** The other graph is known when it is run; its scope is the same for as long as its channels are. */
export function oncePerScope<Made>(make: (scope: ExpressionScope) => Made): (scope: ExpressionScope) => Made {
  const known = new WeakMap<ExpressionScope, { readonly made: Made }>();
  return (scope) => {
    const entry = known.get(scope) ?? { made: make(scope) };
    known.set(scope, entry);
    return entry.made;
  };
}

/**
 * The values of a mapping's expressions. A channel without a value is null in expressions: where its target takes no null, that stays
 * without one too.
 */
export function evaluated(
  programs: Programs,
  variables: Variables,
  target: (channel: string) => ChannelProgram | undefined,
  node: string,
  field: "in" | "out",
): FirstValues {
  const values: Record<string, JsonValue> = {};
  for (const [channel, program] of programs) {
    try {
      const value = program(variables);
      if (value !== null || target(channel)?.misfit(null) === undefined) values[channel] = value;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const message = `\`${field}\` of "${node}" for channel "${channel}": ${error.message}`;
      return { ok: false, error: errorInfo("EXPRESSION", message, { node, channel }) };
    }
  }
  return { ok: true, values };
}

/** What is wrong with an expression over the other graph's channels, which its document cannot tell of. Throws what else is thrown. */
export function faultInside(thrown: unknown, node: string, field: "out" | "result"): ErrorInfo {
  if (!(thrown instanceof PatchbayError || thrown instanceof ExpressionError)) throw thrown;
  const code = thrown instanceof PatchbayError ? thrown.code : "EXPRESSION";
  return errorInfo(code, `\`${field}\` of "${node}": ${thrown.message}`, { node });
}
