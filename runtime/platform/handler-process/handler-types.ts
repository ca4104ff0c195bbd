import type { ErrorInfo } from "../../errors.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { HandlerAnswer } from "../../ports.js";

/** What a handler may return: channels to write, a command, or nothing. */
type HandlerReturn = HandlerUpdate | HandlerCommand | undefined | void;

/** Channels to write. `undefined` takes the value away: the channel is as before its first write. To write nothing, leave it out. */
export interface HandlerUpdate {
  readonly [channel: string]: JsonValue | undefined;
}

/** An update together with the action that picks the `on` edges; made by `ctx.command`. */
export interface HandlerCommand {
  readonly update: HandlerUpdate;
  readonly action?: string;
}

/** Writes a line to the trace; values are formatted as `console.log` does. */
export type LogFunction = (...parts: readonly unknown[]) => void;

/** `ctx.log("…")` is `ctx.log.info("…")`. */
export interface HandlerLog extends LogFunction {
  readonly debug: LogFunction;
  readonly info: LogFunction;
  readonly warn: LogFunction;
  readonly error: LogFunction;
}

/** What a handler asks a person. */
export interface HandlerQuestion {
  readonly prompt: string;
  /** What can be answered. Default: only `answer`. `modify` is not answered without a value. */
  readonly actions?: readonly string[];
  /** JSON Schema of the value that comes with the answer. */
  readonly schema?: JsonObject;
}

/** What a handler is given beside the state. */
export interface HandlerContext {
  /** Aborted when the run is stopped; a handler that ignores it is ended by force. */
  readonly signal: AbortSignal;
  readonly log: HandlerLog;
  /** Tells how far the work is; `fraction` is 0 to 1. */
  readonly progress: (fraction: number, message?: string) => void;
  /** Counts from 1. */
  readonly attempt: number;
  /** The same for every attempt of one task, also after a restart: give it to services that tell repeats apart. */
  readonly idempotencyKey: string;
  /**
   * Asks a person. Where there is no answer yet the call ends here (its signal is aborted), the run waits, and the handler is
   * called again, from its top, once all that it asked is answered: then the same key gives the answer. Do what must not be done
   * twice after the last question.
   */
  readonly ask: (key: string, question: HandlerQuestion) => Promise<HandlerAnswer>;
  /** What the node failed with, where this handler is its fallback. */
  readonly error?: ErrorInfo;
  /** An update with an action. */
  command(this: void, parts: { readonly update?: HandlerUpdate; readonly action?: string }): HandlerCommand;
}

/** A code node's function. `state` holds the channels that the node reads; it is frozen: return an update instead. */
export type Handler<State = JsonObject> = (state: Readonly<State>, ctx: HandlerContext) => HandlerReturn | Promise<HandlerReturn>;

/**
 * A code node's handler in parts, each an export of its module. `prep` reads the state; `exec` does the work, and is tried again
 * as the node's `retry` says; `fallback` gives a result when `exec` has failed for good; `post` makes of it the action to take, an
 * update, or a command. Without `prep`, `exec` is given the state; without `post`, the result is the update.
 */
export interface HandlerSteps<State = JsonObject, Prepared = unknown, Result = unknown> {
  readonly prep?: (state: Readonly<State>, ctx: HandlerContext) => Prepared | Promise<Prepared>;
  readonly exec: (prepared: Prepared, ctx: HandlerContext) => Result | Promise<Result>;
  readonly post?: (
    state: Readonly<State>,
    prepared: Prepared,
    result: Result,
    ctx: HandlerContext,
  ) => string | HandlerReturn | Promise<string | HandlerReturn>;
  readonly fallback?: (prepared: Prepared, error: unknown, ctx: HandlerContext) => Result | Promise<Result>;
}
