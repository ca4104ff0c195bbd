import { errorInfo, type ErrorInfo } from "../../errors.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { HandlerCall, HandlerOutcome } from "../../ports.js";
import { outcomeOf } from "../handler-result.js";
import type { HandlerContext, ReducerContext } from "./handler-types.js";
import { failure } from "./run-handler.js";
import type { Origin } from "./user-stack.js";

/** A function that is said to fold, and of which nothing is known yet. */
export type AnyReducer = (value: JsonValue | undefined, write: JsonValue, ctx: ReducerContext) => unknown;

/**
 * Folds writes into a value with a function of the user's, one at a time. What it gave is made JSON and frozen before the next
 * write, as it is between two supersteps: so one write and several behave alike.
 */
export async function runFold(
  reducer: unknown,
  state: JsonObject,
  { value: channel, writes }: NonNullable<HandlerCall["fold"]>,
  { signal, log }: HandlerContext,
  origin: Origin,
  maxBytes = Infinity,
): Promise<HandlerOutcome> {
  if (typeof reducer !== "function") return failed(errorInfo("HANDLER_EXPORT", "It is no function, but a handler in parts."));
  let value = state[channel];
  for (const [place, write] of listed(state[writes]).entries()) {
    const outcome = await once(reducer as AnyReducer, value, write, { signal, log }, origin);
    if (!outcome.ok) return failed(outcome.error, place);
    const copied = copyOf(outcome.returned, maxBytes);
    if (!copied.ok) return failed(copied.error, place);
    value = copied.value;
  }
  return { ok: true, result: { update: value === undefined ? {} : { [channel]: value } } };
}

type Folded = { readonly ok: true; readonly returned: unknown } | { readonly ok: false; readonly error: ErrorInfo };

async function once(
  reducer: AnyReducer,
  value: JsonValue | undefined,
  write: JsonValue,
  ctx: ReducerContext,
  origin: Origin,
): Promise<Folded> {
  try {
    return { ok: true, returned: await reducer(value, write, ctx) };
  } catch (thrown) {
    return { ok: false, error: failure(thrown, origin) };
  }
}

type Copied = { readonly ok: true; readonly value: JsonValue | undefined } | { readonly ok: false; readonly error: ErrorInfo };

function copyOf(returned: unknown, maxBytes: number): Copied {
  if (returned === undefined) {
    return { ok: false, error: errorInfo("HANDLER_RESULT", "It returned undefined; the channel's value is expected, changed or not.") };
  }
  const outcome = outcomeOf({ value: returned }, maxBytes);
  return outcome.ok ? { ok: true, value: outcome.result.update["value"] } : outcome;
}

function listed(writes: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(writes) ? (writes as readonly JsonValue[]) : [];
}

/** `place`: of the write that it failed on. */
function failed({ code, message, details, stack }: ErrorInfo, place?: number): HandlerOutcome {
  return { ok: false, error: errorInfo(code, message, { ...details, ...(place === undefined ? {} : { write: place }) }, stack) };
}
