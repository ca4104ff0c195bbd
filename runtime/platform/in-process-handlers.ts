import { errorInfo } from "../errors.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { HandlerCall, HandlerHost, HandlerOutcome } from "../ports.js";
import { CallContext } from "./handler-process/context.js";
import type { HandlerContext } from "./handler-process/handler-types.js";
import { asFunction } from "./handler-process/life-cycle.js";
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

/**
 * Handlers that are functions of this program, for programs that use the library. A function is found by the module's name
 * (`name#export` for another than the default export). Results and errors are those of a handler process, but nothing is
 * isolated: a stopped call is given up at once, what it still does is dropped.
 */
export function inProcessHandlers(handlers: Readonly<Record<string, InProcessHandler>>): HandlerHost {
  const stopped = new AbortController();
  const origin = { workspace: process.cwd() };
  const states = new States();
  return {
    call: (call, events, signal) => {
      if (stopped.signal.aborted) return hostStopped;
      if (signal.aborted) return cancelled;
      const name = call.exportName === "default" ? call.module : `${call.module}#${call.exportName}`;
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (handler === undefined) return missing(name, Object.keys(handlers));
      const ctx = new CallContext(call, signal, events);
      const { lastAttempt = true, returns } = call;
      const working = runHandler(asFunction(handler, lastAttempt, returns), states.of(call), ctx, origin, returns);
      if (!(working instanceof Promise)) return working;
      return firstOf(working, [
        [signal, cancelled],
        [stopped.signal, hostStopped],
      ]);
    },
    dispose: async () => stopped.abort(),
  };
}

const cancelled: HandlerOutcome = { ok: false, error: errorInfo("CANCELLED", "The run was stopped.") };
const hostStopped: HandlerOutcome = { ok: false, error: errorInfo("HANDLER_PROCESS", "The handlers were stopped.") };

function missing(name: string, known: readonly string[]): HandlerOutcome {
  const offers = known.length === 0 ? "none are given" : `given are ${known.map((other) => `"${other}"`).join(", ")}`;
  return { ok: false, error: errorInfo("HANDLER_MISSING", `There is no handler "${name}": ${offers}.`, { module: name }) };
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
