import { errorInfo } from "../errors.js";
import type { Awaitable } from "../model/awaitable.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { HandlerCall, HandlerHost, HandlerOutcome } from "../ports.js";
import { CallContext } from "./handler-process/context.js";
import type { HandlerContext, ReducerContext } from "./handler-process/handler-types.js";
import { asFunction } from "./handler-process/life-cycle.js";
import { runFold } from "./handler-process/run-fold.js";
import { runHandler } from "./handler-process/run-handler.js";
import { readOnly } from "./read-only.js";

/** A function that serves as a handler, or one in parts; parameters may be typed with what they are given. */
export type InProcessHandler =
  | { call(state: JsonObject, ctx: HandlerContext): unknown }["call"]
  | {
      prep?(state: JsonObject, ctx: HandlerContext): unknown;
      exec(prepared: unknown, ctx: HandlerContext): unknown;
      post?(state: JsonObject, prepared: unknown, result: unknown, ctx: HandlerContext): unknown;
      fallback?(prepared: unknown, error: unknown, ctx: HandlerContext): unknown;
    };

/** A function that serves as a reducer; its parameters may be typed with what they are given. */
export type InProcessReducer = { call(value: JsonValue | undefined, write: JsonValue, ctx: ReducerContext): unknown }["call"];

/**
 * Handlers that are functions of this program, for programs that use the library. A function is found by the module's name
 * (`name#export` for another than the default export). Results and errors are those of a handler process, but nothing is
 * isolated: a stopped call is given up at once, what it still does is dropped. Reducers are found by their names among their own.
 */
export function inProcessHandlers(
  handlers: Readonly<Record<string, InProcessHandler>>,
  reducers: Readonly<Record<string, InProcessReducer>> = {},
): HandlerHost {
  const stopped = new AbortController();
  const origin = { workspace: process.cwd() };
  const states = new States();
  return {
    call: (call, events, signal) => {
      if (stopped.signal.aborted) return hostStopped;
      if (signal.aborted) return cancelled;
      const name = call.exportName === "default" ? call.module : `${call.module}#${call.exportName}`;
      const ctx = new CallContext(call, signal, events);
      if (call.fold !== undefined) {
        const reducer = Object.hasOwn(reducers, name) ? reducers[name] : undefined;
        if (reducer === undefined) return missing("reducer", name, Object.keys(reducers));
        return until(runFold(reducer, stateOf(call), call.fold, ctx, origin), signal, stopped.signal);
      }
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (handler === undefined) return missing("handler", name, Object.keys(handlers));
      const { lastAttempt = true, returns } = call;
      return until(runHandler(asFunction(handler, lastAttempt, returns), states.of(call), ctx, origin, returns), signal, stopped.signal);
    },
    dispose: async () => stopped.abort(),
  };
}

const cancelled: HandlerOutcome = { ok: false, error: errorInfo("CANCELLED", "The run was stopped.") };
const hostStopped: HandlerOutcome = { ok: false, error: errorInfo("HANDLER_PROCESS", "The handlers were stopped.") };

function missing(what: string, name: string, known: readonly string[]): HandlerOutcome {
  const offers = known.length === 0 ? "none are given" : `given are ${known.map((other) => `"${other}"`).join(", ")}`;
  return { ok: false, error: errorInfo("HANDLER_MISSING", `There is no ${what} "${name}": ${offers}.`, { module: name }) };
}

/** The items of a list share their channels, and so the state that the handler sees. */
class States {
  #last: { readonly channels: HandlerCall["channels"]; readonly state: JsonObject } | undefined;

  of(call: HandlerCall): JsonObject {
    if (call.returns !== "value") return stateOf(call);
    if (this.#last?.channels !== call.channels) this.#last = { channels: call.channels, state: stateOf(call) };
    return this.#last.state;
  }
}

function stateOf({ channels }: HandlerCall): JsonObject {
  const state: Record<string, JsonValue> = {};
  for (const name of Object.keys(channels)) {
    const value = channels[name]?.value;
    if (value !== undefined) state[name] = readOnly(value);
  }
  return Object.freeze(state);
}

/** The work's outcome, unless the call or all of them are stopped before it is done. */
function until(work: Awaitable<HandlerOutcome>, signal: AbortSignal, stopped: AbortSignal): Awaitable<HandlerOutcome> {
  if (!(work instanceof Promise)) return work;
  return firstOf(work, [
    [signal, cancelled],
    [stopped, hostStopped],
  ]);
}

/** The work's outcome, or that of the first signal to abort before it is done. */
function firstOf(work: Promise<HandlerOutcome>, stops: readonly (readonly [AbortSignal, HandlerOutcome])[]): Promise<HandlerOutcome> {
  return new Promise((resolve) => {
    const listeners = stops.map(([signal, outcome]) => [signal, () => finish(outcome)] as const);
    const finish = (outcome: HandlerOutcome) => {
      for (const [signal, listener] of listeners) signal.removeEventListener("abort", listener);
      resolve(outcome);
    };
    for (const [signal, listener] of listeners) signal.addEventListener("abort", listener);
    void work.then(finish);
  });
}
