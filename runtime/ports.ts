import type { ErrorInfo } from "./errors.js";
import type { Awaitable } from "./model/awaitable.js";
import type { FileVersion, FileVersions } from "./model/file-version.js";
import type { JsonObject, JsonValue } from "./model/json.js";
import type { ChannelName, NodeId } from "./model/ids.js";

export type { CheckpointStore } from "./checkpoint/store.js";

/** Time. `runtime/` outside `platform/` has no other. */
export interface Clock {
  /** Milliseconds since the epoch, for people to read. */
  now(): number;
  /** Milliseconds that only go forward, with fractions, for durations and timers. */
  monotonic(): number;
  /** Calls back once after `ms` milliseconds; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
  /** Lets the rest of the process go on; resolves as soon as it has. */
  rest(): Promise<void>;
}

/** New identifiers: ULIDs, ordered by time. */
export interface Ids {
  next(): string;
}

/** Chance. `runtime/` outside `platform/` has no other. */
export interface Random {
  /** A number from 0 up to, and without, 1. */
  next(): number;
}

/** Where a piece of text stands in a scratch. */
export interface ScratchPlace {
  readonly start: number;
  /** In bytes. */
  readonly length: number;
}

/** Room beside memory, for as long as a superstep lasts. Throws `STORE` where there is none. */
export interface Scratch {
  write(text: string): ScratchPlace;
  read(place: ScratchPlace): string;
  /** Lets go of all that was written; it can be written to again. */
  clear(): void;
}

/** What a handler is called with. */
export interface HandlerCall {
  /** Names the call in traces and for cancelling; unique in a run. */
  readonly taskId: string;
  readonly run: string;
  readonly node: NodeId;
  /** Absolute path or file URL of the module, or the name of an in-process handler. */
  readonly module: string;
  /** Name of the export; `default` for the default one. */
  readonly exportName: string;
  /** The version of the module that is to run, whatever the file says by now; absent: as the file is. */
  readonly version?: FileVersion;
  /** The channels it reads. Values are frozen history: the receiver must not change them. */
  readonly channels: Readonly<Record<string, ChannelView>>;
  /**
   * Present: the function is a reducer. It folds writes into a value, both of them among `channels` under these names, and the
   * update of the outcome is what came out, under the name of the value. On failure `details.write` is the place of the write, if known.
   */
  readonly fold?: { readonly value: ChannelName; readonly writes: string };
  /** The task's own input: of a sent task, and of one that an `@error` edge triggered. */
  readonly input?: JsonValue;
  /** Counts from 1. */
  readonly attempt: number;
  /** False while the call will be tried again if it fails: a handler's own `fallback` waits for the last attempt. */
  readonly lastAttempt?: boolean;
  /** The same for every attempt of one task, also after a restart. */
  readonly idempotencyKey: string;
  /** What people decided on the questions that it has asked so far, by key. */
  readonly answers: Readonly<Record<string, HandlerAnswer>>;
  /** What the node failed with, where this is its fallback. */
  readonly error?: ErrorInfo;
  /** What the handler returns is one value, not an update of channels. */
  readonly returns?: "value";
  /** It keeps a processor busy: it should share a process with no other call of which that is so. */
  readonly exclusive?: boolean;
}

/** What somebody decided on a question of a handler. */
export interface HandlerAnswer {
  readonly action: string;
  readonly value?: JsonValue;
  /** Who decided; free text. */
  readonly actor: string;
}

/** A question that a handler asks and has no answer to. */
export interface AskedQuestion {
  readonly key: string;
  readonly prompt: string;
  readonly actions: readonly string[];
  readonly schema?: JsonObject;
}

/** A channel's value with the version that identifies it within its run: same run, name and version, same value. */
export interface ChannelView {
  readonly version: number;
  readonly value: JsonValue | undefined;
}

/** A task of its own for a node, beside those that edges trigger. A type and no interface, so that it counts as JSON. */
export type Send = {
  readonly to: NodeId;
  readonly input?: JsonValue;
};

/** What a handler asked for: an update of channels and, where it chose some, an action, targets or tasks. */
export interface HandlerResult {
  readonly update: Readonly<Record<string, JsonValue>>;
  /** Channels that it wrote `undefined` to; absent: none. */
  readonly cleared?: readonly string[];
  readonly action?: string;
  /** Where the run goes on instead of along the node's edges; at least one, `@end` allowed. */
  readonly goto?: readonly NodeId[];
  readonly send?: readonly Send[];
  /** Of a call that returns one. */
  readonly value?: JsonValue;
  /** What it waits for, where it did not end but asked: it is called again, from its top, once all of them are answered. */
  readonly asks?: readonly AskedQuestion[];
}

/** How a handler call ended. Never a rejection: a dead process is an outcome too. */
export type HandlerOutcome = { readonly ok: true; readonly result: HandlerResult } | { readonly ok: false; readonly error: ErrorInfo };

/** What a running handler reports. */
export interface HandlerEvents {
  log(level: "debug" | "info" | "warn" | "error", message: string): void;
  /** `fraction` is 0 to 1. */
  progress(fraction: number, message?: string): void;
  /** A value for whoever watches: a token of text, or any JSON; frozen. */
  emit(value: JsonValue): void;
}

/** Keeps secrets, out of documents. */
export interface Secrets {
  get(name: string): Promise<string | undefined>;
}

/** How text is written where it stands: as it is, within a JSON string, within an address, within a form. */
export type TextEncoding = "text" | "json" | "url" | "form";

/** Text with secrets in it by name: nobody but who sends it ever knows their values. */
export type RequestText = readonly (string | { readonly secret: string; readonly as: TextEncoding })[];

/** A request, up to its secrets. */
export interface HttpRequest {
  readonly method: string;
  readonly url: RequestText;
  /** `name=value` each, encoded; they follow those of the address. */
  readonly query: readonly RequestText[];
  readonly headers: readonly (readonly [name: string, value: RequestText])[];
  readonly body?: RequestText;
  /** How many redirects are followed; with 0 one is an answer like any other. */
  readonly redirects: number;
  /** More of a body is not read. */
  readonly maxBytes: number;
}

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where it came from, after redirects; secrets are hidden. */
  readonly url: string;
  readonly body: Uint8Array;
  /** Whether the body was longer. */
  readonly truncated: boolean;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Hides the request's secrets in a text; absent where there are none. */
  readonly redact?: (text: string) => string;
}

/** How a request ended. Never a rejection; no error tells a secret. */
export type HttpOutcome = { readonly ok: true; readonly answer: HttpAnswer } | { readonly ok: false; readonly error: ErrorInfo };

/** Sends requests over HTTP. */
export interface HttpClient {
  /** Aborting the signal ends the connection at once. `alive` is called for each sign of life of the server. */
  send(request: HttpRequest, signal: AbortSignal, alive: () => void): Promise<HttpOutcome>;
}

/** The files that a document's nodes run, by their path as the document has it. */
export interface FileSource {
  /** The last good version of a file; undefined where none is known. The same object as long as it is the same version. */
  readonly version: FileVersions;
  /** Why the file as it is cannot be loaded, so that an earlier version stays in force; undefined where nothing is wrong. */
  fault(path: string): ErrorInfo | undefined;
}

/** Who looks into one call of a handler with a debugger of JavaScript. */
export interface HandlerInspection {
  /**
   * The call is about to begin and stands: a debugger that attaches at `address`, the WebSocket of an inspector on the loopback interface,
   * lets it go on, and stops on the first line of the handler. `release` lets it go on without one.
   */
  readonly opened: (address: string, release: () => void) => void;
  /** The call has ended, and nothing is open any more. Also where nothing was opened. */
  readonly closed: () => void;
}

/** Runs user code somewhere that cannot hurt the caller. */
export interface HandlerHost {
  /** How many handlers can be at work at the same time, each on a processor; absent: one. */
  readonly parallel?: number;
  /** Calls a handler. Aborting the signal stops it: first by its own signal, then by force. */
  call(call: HandlerCall, events: HandlerEvents, signal: AbortSignal): Awaitable<HandlerOutcome>;
  /**
   * The version of a module as its files are, for plans that name none: another one as soon as its text, or one that it leads to, has
   * changed. Absent where handlers do not change while the program runs.
   */
  version?(module: string): string;
  /**
   * Has the next call of a node in a run stop on the first line of its handler, in a debugger. The returned function takes that back, where
   * no call has come. Absent where handlers run in this process.
   */
  inspect?(run: string, node: NodeId, inspection: HandlerInspection): () => void;
  /** Frees what is kept of a run; calling on is possible and only costs sending anew. */
  release?(run: string): void;
  /** Stops every process. Calls in flight end with `HANDLER_PROCESS`. */
  dispose(): Promise<void>;
}
