import { type ErrorInfo, errorInfo } from "../../errors.js";
import type { Awaitable } from "../../model/awaitable.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { HandlerCall, HandlerOutcome } from "../../ports.js";
import { outcomeOf, valueOutcomeOf } from "../handler-result.js";
import type { CallContext } from "./context.js";
import type { AnyHandler } from "./life-cycle.js";
import { type Origin, userPlace, userStack } from "./user-stack.js";

/**
 * Calls a handler and turns whatever happens into an outcome; a result of more than `maxBytes` is refused. One that waits for an
 * answer is left where it is: it is called again. At once where the handler is.
 */
export function runHandler(
  handler: AnyHandler,
  state: JsonObject,
  ctx: CallContext,
  origin: Origin,
  returns?: HandlerCall["returns"],
  maxBytes = Infinity,
): Awaitable<HandlerOutcome> {
  const outcome: OutcomeOf = returns === "value" ? (result) => valueOutcomeOf(result, maxBytes) : (result) => outcomeOf(result, maxBytes);
  try {
    const returned = handler(state, ctx);
    return isThenable(returned) ? whenDone(returned, ctx, origin, outcome) : outcome(returned);
  } catch (thrown) {
    return { ok: false, error: failure(thrown, origin) };
  }
}

type OutcomeOf = (returned: unknown) => HandlerOutcome;

function whenDone(returned: PromiseLike<unknown>, ctx: CallContext, origin: Origin, outcome: OutcomeOf): Promise<HandlerOutcome> {
  return new Promise((resolve) => {
    ctx.onPark((asks) => resolve({ ok: true, result: { update: {}, asks } }));
    returned.then(
      (result) => resolve(outcome(result)),
      (thrown: unknown) => resolve({ ok: false, error: failure(thrown, origin) }),
    );
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** What user code threw, as an error with the user's own stack and place. */
export function failure(thrown: unknown, origin: Origin): ErrorInfo {
  const stack = userStack(thrown, origin);
  const { name, message } = thrown instanceof Error ? thrown : { name: "", message: String(thrown) };
  const details: Record<string, JsonValue> = { ...(name === "" ? {} : { name }), ...userPlace(stack, origin) };
  const hint = isFrozenWrite(thrown) ? " (The state cannot be changed in place: return an update.)" : "";
  return errorInfo("HANDLER_FAILED", `${message === "" ? name || "The handler failed" : message}${hint}`, details, stack);
}

/** A write to something frozen is a bare TypeError in the engine, told from others by nothing but its words; only the hint depends on it. */
function isFrozenWrite(thrown: unknown): boolean {
  return thrown instanceof TypeError && /^Cannot (assign to read only|add|delete|define) property /.test(thrown.message);
}
