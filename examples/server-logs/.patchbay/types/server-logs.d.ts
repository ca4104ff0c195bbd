// Made by Patchbay from server-logs.patchbay.json. Do not edit: it is written anew when the graph changes.
/* eslint-disable */
//
// A handler in TypeScript, such as ./nodes/count.ts; `import type` leaves nothing to run:
//
//   import type { Context, Result, State } from "../.patchbay/types/server-logs.d.ts";
//
//   export default async function (state: State<"count">, ctx: Context<"count">): Promise<Result<"count">> {
//     return {};
//   }
//
// Shorter: `const handler: Handler<"count"> = async (state, ctx) => ({})`. The parts of a handler: `Steps<"count">["exec"]`.
// In JavaScript: `/** @type {import("../.patchbay/types/server-logs.d.ts").Handler<"count">} */`.

export {};

/** What each channel holds, once it has a value. */
export interface Channels {
  readonly days: number;
  /** No value before the first write. */
  readonly figures: readonly { readonly [key: string]: unknown }[];
  /** No value before the first write. */
  readonly logs: readonly {
    readonly day: number;
    readonly lines: readonly string[];
  }[];
  /** No value before the first write. */
  readonly summary: { readonly [key: string]: unknown };
}

/** What may be written to each channel. */
export interface Writes {
  readonly days?: Channels["days"] | undefined;
  readonly figures?: Written<Channels["figures"]> | undefined;
  readonly logs?: Channels["logs"] | undefined;
  readonly summary?: Written<Channels["summary"]> | undefined;
}

/** The nodes that have a handler: what it is given, what it may write, which actions it may take. */
export interface Nodes {
  /**
   * Count each day
   * Handler: ./nodes/count.ts
   */
  readonly count: {
    readonly state: Readonly<Record<string, never>>;
    readonly input: { readonly item: Channels["logs"][number]; readonly index: number };
    readonly update: Readonly<Record<string, never>>;
    readonly action: never;
    readonly result: Written<Channels["figures"]>[number];
  };
  /**
   * Record
   * Handler: ./nodes/record.ts
   */
  readonly record: {
    readonly state: Pick<Channels, "days">;
    readonly input: unknown;
    readonly update: Pick<Writes, "logs">;
    readonly action: never;
  };
}

/** Every node of the graph. */
export type NodeId = "count" | "record" | "sum";

/** The nodes that have a handler. */
export type HandlerNode = keyof Nodes;

/**
 * The channels that a node's handler is given, frozen. A channel that may have no value yet is optional; name it in `Given` where
 * the drawing sees to it that it has been written by then.
 */
export type State<N extends HandlerNode, Given extends keyof Nodes[N]["state"] & keyof Channels = never> = Nodes[N]["state"] &
  Pick<Channels, Given>;

/** The channels that a node may write. To write nothing, leave a channel out; `undefined` takes a value away where that is allowed. */
export type Update<N extends HandlerNode> = Nodes[N]["update"];

/** The actions that a node's `on` edges name. */
export type Action<N extends HandlerNode> = Nodes[N]["action"];

/** What a node's handler finds in `ctx.input`: of a map, an item of its list; else whatever `send` gives it. */
export type Input<N extends HandlerNode> = Nodes[N]["input"];

/** What a handler may return: channels to write, a command, or nothing; of a map, an item's result. */
export type Result<N extends HandlerNode> = Nodes[N] extends { readonly result: infer Item }
  ? Item
  : Update<N> | Command<N> | undefined | void;

/** A node's handler. `Given` is that of `State`; `Sent` what `send` gives the node. */
export type Handler<N extends HandlerNode, Given extends keyof Nodes[N]["state"] & keyof Channels = never, Sent = Input<N>> = (
  state: State<N, Given>,
  ctx: Context<N, Sent>,
) => MaybePromise<Returned<N>>;

/**
 * A handler in parts, each an export of its module: `prep` reads the state; `exec` does the work and is tried again as `retry`
 * says; `fallback` gives a result when it has failed for good; `post` makes an action, an update or a command of it. Without
 * `prep`, `exec` is given the state; without `post`, its result is the update.
 */
export interface Steps<
  N extends HandlerNode,
  Prepared = State<N>,
  Outcome = Result<N>,
  Given extends keyof Nodes[N]["state"] & keyof Channels = never,
  Sent = Input<N>,
> {
  readonly prep: (state: State<N, Given>, ctx: Context<N, Sent>) => MaybePromise<Prepared>;
  readonly exec: (prepared: Prepared, ctx: Context<N, Sent>) => MaybePromise<Outcome>;
  readonly post: (
    state: State<N, Given>,
    prepared: Prepared,
    result: Outcome,
    ctx: Context<N, Sent>,
  ) => MaybePromise<Action<N> | Returned<N>>;
  readonly fallback: (prepared: Prepared, error: unknown, ctx: Context<N, Sent>) => MaybePromise<Outcome>;
}

/** What a handler is given beside the state. */
export interface Context<N extends HandlerNode = HandlerNode, Sent = Input<N>> {
  /** Aborted when the run is stopped; a handler that ignores it is ended by force. */
  readonly signal: Signal;
  readonly log: Log;
  /** Tells how far the work is; `fraction` is 0 to 1. */
  readonly progress: (fraction: number, message?: string) => void;
  /**
   * Streams a value to whoever watches the run, at once: a token of text, or any JSON. It is no write: the state does not change.
   * Texts that follow one another are one event in the stored trace.
   */
  readonly emit: (value: unknown) => void;
  /** The task's own input: what `send` gave it, or `{ errors }` (`Failed`) where an `@error` edge led here. Frozen. */
  readonly input: Sent;
  /** Counts from 1. */
  readonly attempt: number;
  /** The same for every attempt of one task, also after a restart: give it to services that tell repeats apart. */
  readonly idempotencyKey: string;
  /**
   * Asks a person. Where there is no answer yet the call ends here (its signal is aborted), the run waits, and the handler is
   * called again, from its top, once all that it asked is answered: then the same key gives the answer. Do what must not be done
   * twice after the last question.
   */
  readonly ask: <const Offered extends string = "answer">(key: string, question: Question<Offered>) => Promise<Answer<Offered>>;
  /** What the node failed with, where this handler is its fallback. */
  readonly error?: Failure;
  /** An update with where to go on. */
  command(this: void, parts: CommandParts<N>): Command<N>;
}

/** What `ctx.command` takes; each part may be left out. */
export interface CommandParts<N extends HandlerNode> {
  readonly update?: Update<N> | undefined;
  /** Picks the `on` edges. */
  readonly action?: Action<N> | undefined;
  /** Nodes to go to instead of along the edges; `@end` ends the branch. */
  readonly goto?: NodeId | "@end" | readonly (NodeId | "@end")[] | undefined;
  /** Tasks to add beside the edges, in this order. */
  readonly send?: Send | readonly Send[] | undefined;
}

/** A task to add: the node runs once for it and finds the input, which is JSON, in `ctx.input`. */
export interface Send {
  readonly to: NodeId;
  readonly input?: unknown;
}

declare const made: unique symbol;

/** What `ctx.command` makes. */
export interface Command<N extends HandlerNode = HandlerNode> {
  readonly [made]: N;
}

/** What a handler asks a person. */
export interface Question<Offered extends string = string> {
  readonly prompt: string;
  /** What can be answered. Default: only `answer`. `modify` is not answered without a value. */
  readonly actions?: readonly Offered[];
  /** JSON Schema of the value that comes with the answer. */
  readonly schema?: JsonSchema;
}

/** What somebody decided. */
export interface Answer<Offered extends string = string> {
  readonly action: Offered;
  /** Fits the question's schema. */
  readonly value?: unknown;
  /** Who decided. */
  readonly actor: string;
}

/** An error as a value. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details?: { readonly [key: string]: unknown };
  readonly stack?: string;
}

/** The input of a task that `@error` edges led to. */
export interface Failed {
  readonly errors: readonly (Pick<Failure, "code" | "message" | "details"> & { readonly node: NodeId })[];
}

/** Writes a line to the trace; values are formatted as `console.log` does. */
export type LogFunction = (...parts: readonly unknown[]) => void;

/** `ctx.log("…")` is `ctx.log.info("…")`. */
export interface Log extends LogFunction {
  readonly debug: LogFunction;
  readonly info: LogFunction;
  readonly warn: LogFunction;
  readonly error: LogFunction;
}

interface JsonSchema {
  readonly [keyword: string]: any;
}

/** AbortSignal, where the project's settings know it. */
type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } }
  ? Known
  : { readonly aborted: boolean; readonly reason: any; throwIfAborted(): void };

type MaybePromise<T> = T | Promise<T>;

/** `Result` for a function whose type is not written out: there TypeScript says nothing of what it does not know. */
type Returned<N extends HandlerNode> = Nodes[N] extends { readonly result: infer Item } ? Item : Only<N> | Command<N> | undefined | void;

/** An update that names no channel beside those that the node may write. */
type Only<N extends HandlerNode> = Update<N> & { readonly [C in Exclude<keyof Channels, keyof Update<N>>]?: never };

/** A value to write: where any property may be, an interface without an index signature will do. */
type Written<T> = T extends readonly (infer Item)[]
  ? number extends T["length"]
    ? readonly Written<Item>[]
    : { readonly [K in keyof T]: Written<T[K]> }
  : T extends object
    ? { readonly [K in keyof T]: unknown extends T[K] ? any : Written<T[K]> }
    : T;

/** What is added to a list: an item, or a list of them. */
type Added<List extends readonly unknown[]> = Exclude<List[number], readonly unknown[]> | List;

/** What is said in a conversation: a message, which is added or takes the place of the one with its id, or a removal. */
type Said<List extends readonly unknown[]> = List[number] | Removal | readonly (List[number] | Removal)[];

/** Takes the message with this id away; `true` takes all. */
interface Removal {
  readonly remove: string | number | true;
}

/** What is merged into an object: null removes a property. */
type Merged<T> = { readonly [K in keyof T]?: T[K] | null };
