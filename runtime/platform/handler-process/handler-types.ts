import type { ErrorInfo } from "../../errors.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { HandlerAnswer } from "../../ports.js";

/** What a handler may return: channels to write, a command, or nothing. */
type HandlerReturn = HandlerUpdate | HandlerCommand | undefined | void;

/** Channels to write. `undefined` takes the value away: the channel is as before its first write. To write nothing, leave it out. */
export interface HandlerUpdate {
  readonly [channel: string]: JsonValue | undefined;
}

/** A task to add: the node runs once for it, beside what edges trigger, and finds the input in `ctx.input`. */
export interface HandlerSend {
  readonly to: string;
  readonly input?: JsonValue | undefined;
}

/** What `ctx.command` takes; each part may be left out. */
export interface CommandParts {
  readonly update?: HandlerUpdate | undefined;
  /** Picks the `on` edges. */
  readonly action?: string | undefined;
  /** Nodes to go to instead of along the edges; `@end` ends the branch. */
  readonly goto?: string | readonly string[] | undefined;
  /** Tasks to add beside the edges, in this order. */
  readonly send?: HandlerSend | readonly HandlerSend[] | undefined;
}

/** An update together with where the run goes on; made by `ctx.command`. */
export interface HandlerCommand extends CommandParts {
  readonly update: HandlerUpdate;
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
export interface HandlerContext<Input = JsonValue | undefined> {
  /** Aborted when the run is stopped; a handler that ignores it is ended by force. */
  readonly signal: AbortSignal;
  readonly log: HandlerLog;
  /** Tells how far the work is; `fraction` is 0 to 1. */
  readonly progress: (fraction: number, message?: string) => void;
  /**
   * Streams a value to whoever watches the run, at once: a token of text, or any JSON. It is no write: the state does not change.
   * Texts that follow one another are one event in the stored trace.
   */
  readonly emit: (value: JsonValue) => void;
  /** The task's own input: what `send` gave it, or `{ errors }` where an `@error` edge led here. Frozen. */
  readonly input: Input;
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
  /** An update with where to go on. */
  command(this: void, parts: CommandParts): HandlerCommand;
}

/** A code node's function. `state` holds the channels that the node reads; it is frozen: return an update instead. */
export type Handler<State = JsonObject, Input = JsonValue | undefined> = (
  state: Readonly<State>,
  ctx: HandlerContext<Input>,
) => HandlerReturn | Promise<HandlerReturn>;

/** What a map's handler finds in `ctx.input`: one item of the list and its number, from 0. */
export interface ItemInput<Item = JsonValue> {
  readonly item: Item;
  readonly index: number;
}

/** What it finds there where the node has a `chunk` size: items and their numbers, side by side. It returns a list of their results. */
export interface ChunkInput<Item = JsonValue> {
  readonly items: readonly Item[];
  readonly indexes: readonly number[];
}

/** A map's function: what it returns is the item's result (nothing: null), no update of channels. */
export type ItemHandler<State = JsonObject, Input = ItemInput> = (
  state: Readonly<State>,
  ctx: HandlerContext<Input>,
) => JsonValue | undefined | void | Promise<JsonValue | undefined | void>;

/**
 * A code node's handler in parts, each an export of its module. `prep` reads the state; `exec` does the work, and is tried again
 * as the node's `retry` says; `fallback` gives a result when `exec` has failed for good; `post` makes of it the action to take, an
 * update, or a command. Without `prep`, `exec` is given the state; without `post`, the result is the update.
 */
export interface HandlerSteps<State = JsonObject, Prepared = unknown, Result = unknown, Input = JsonValue | undefined> {
  readonly prep?: (state: Readonly<State>, ctx: HandlerContext<Input>) => Prepared | Promise<Prepared>;
  readonly exec: (prepared: Prepared, ctx: HandlerContext<Input>) => Result | Promise<Result>;
  readonly post?: (
    state: Readonly<State>,
    prepared: Prepared,
    result: Result,
    ctx: HandlerContext<Input>,
  ) => string | HandlerReturn | Promise<string | HandlerReturn>;
  readonly fallback?: (prepared: Prepared, error: unknown, ctx: HandlerContext<Input>) => Result | Promise<Result>;
}

/** What a reducer is given beside the value and the write. */
export type ReducerContext = Pick<HandlerContext, "signal" | "log">;

/**
 * Folds a write into a channel: given the value so far (undefined before the first write; frozen) and what a node wrote, it
 * returns the new value. It is called for one write at a time, in task order. What it returned is kept: it is not called again
 * to rebuild the value, but it is where a run goes on in which it failed, so that it should do nothing else.
 */
export type ReducerFunction<Value = JsonValue, Write = JsonValue> = (
  value: Value | undefined,
  write: Write,
  ctx: ReducerContext,
) => Value | Promise<Value>;
