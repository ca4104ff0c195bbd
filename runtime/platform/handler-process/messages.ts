import type { ErrorInfo } from "../../errors.js";
import type { JsonValue } from "../../model/json.js";
import type { HandlerAnswer, HandlerCall, HandlerOutcome } from "../../ports.js";
import type { Slice } from "../transfer/slices.js";
import type { SyntaxFault } from "./strip-types.js";

/** A channel's value on its way to the process, which keeps it until told to forget it. */
export interface SentValue {
  readonly channel: string;
  readonly version: number;
  readonly value: JsonValue | undefined;
  /** The value are the items that come after the first so many, which the process has. */
  readonly after?: number;
  /** The value came in slices, under this number. */
  readonly transfer?: number;
}

/** Values the process may drop: one channel of a run, or all of it. */
export interface Forgotten {
  readonly run: string;
  readonly channel?: string;
}

/** A module in a version. The text is left out where the process has it. */
export interface SentModule {
  /** File URL. */
  readonly url: string;
  readonly version: string;
  readonly text?: string;
}

/** Starts a handler. Channels named but not among `values` are those the process has. */
export interface CallMessage {
  readonly type: "call";
  readonly id: number;
  /** File URL of the module. */
  readonly module: string;
  readonly exportName: string;
  /** The version of the module that is to run; absent: as the file is. */
  readonly version?: string;
  readonly run: string;
  /** Channel -> version. */
  readonly channels: Readonly<Record<string, number>>;
  readonly values: readonly SentValue[];
  /** It is a reducer that is called. */
  readonly fold?: NonNullable<HandlerCall["fold"]>;
  /** The task's own input. */
  readonly input?: JsonValue;
  readonly attempt: number;
  readonly idempotencyKey: string;
  /** False while the call will be tried again if it fails. */
  readonly lastAttempt?: boolean;
  readonly answers: Readonly<Record<string, HandlerAnswer>>;
  readonly error?: ErrorInfo;
  /** The handler returns one value, not an update. */
  readonly returns?: "value";
  /** It stops on its first line, in a debugger: `inspectable` says where that attaches. */
  readonly inspect?: true;
}

/** From the host to a handler process. Order matters: what is forgotten before a call is not there for it. */
export type ToProcess =
  | CallMessage
  /** What a handler in a version consists of, itself and all that it leads to; before the first call of it. */
  | { readonly type: "modules"; readonly modules: readonly SentModule[] }
  | { readonly type: "resend"; readonly id: number; readonly values: readonly SentValue[] }
  | { readonly type: "abort"; readonly id: number }
  | { readonly type: "forget"; readonly entries: readonly Forgotten[] }
  /** A piece of a large value, which a later `keep` names. */
  | { readonly type: "slice"; readonly transfer: number; readonly slice: Slice }
  | { readonly type: "keep"; readonly run: string; readonly values: readonly SentValue[] }
  /** Parses modules and runs nothing; the answer is `checked`. */
  | { readonly type: "check"; readonly id: number; readonly modules: readonly { readonly url: string; readonly text: string }[] }
  /** Asks for a sign of life, `pong`. */
  | { readonly type: "ping" };

/** An import of a module as it is written, and where. */
export interface ModuleImport {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What the text of a module tells. */
export interface CheckedModule {
  readonly url: string;
  /** Where it cannot be parsed. */
  readonly fault?: SyntaxFault;
  /** Relative imports that are resolved before it runs. */
  readonly imports: readonly ModuleImport[];
}

/** Name of the symbol under which a process has the function that a call begins with, while it waits for a debugger. */
export const INSPECTED = "patchbay.inspected";

/** How loud a log line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** From a handler process to the host. */
export type FromProcess =
  | { readonly type: "ready" }
  /** The process lacks values of a call; the host answers with `resend`. */
  | { readonly type: "missing"; readonly id: number; readonly channels: readonly string[] }
  | { readonly type: "log"; readonly id: number; readonly level: LogLevel; readonly message: string }
  | { readonly type: "progress"; readonly id: number; readonly fraction: number; readonly message?: string }
  | { readonly type: "emit"; readonly id: number; readonly value: JsonValue }
  | { readonly type: "done"; readonly id: number; readonly outcome: HandlerOutcome }
  /** The call stands until a debugger attaches to the inspector at this WebSocket. */
  | { readonly type: "inspectable"; readonly id: number; readonly address: string }
  /** A piece of a large outcome; `assembled` says that it is whole and takes the place of `done`. */
  | { readonly type: "slice"; readonly id: number; readonly slice: Slice }
  | { readonly type: "assembled"; readonly id: number }
  /** These calls have begun and go on; one that is done already is not named. */
  | { readonly type: "begun"; readonly ids: readonly number[] }
  | { readonly type: "pong" }
  /** One for one. */
  | { readonly type: "checked"; readonly id: number; readonly found: readonly CheckedModule[] }
  /** The process works, but should be replaced: it has loaded many versions of modules, or holds much memory. */
  | { readonly type: "worn"; readonly reason: string }
  /** Nothing caught what was thrown: in the call `id`, or it is not known where. The process should end. */
  | { readonly type: "fatal"; readonly error: ErrorInfo; readonly id?: number }
  /** User code ends the process; what was not told to have begun never has. */
  | { readonly type: "leaving" };

/** Settings of a handler process, its only argument, as JSON. */
export interface ProcessLimits {
  /** Bound on a call's result, in bytes, roughly. */
  readonly resultBytes: number;
  /** Bound on the engine's heap, in bytes. */
  readonly heapBytes: number;
  /** Bound on the memory of the whole process, in bytes. */
  readonly residentBytes: number;
  /** Loaded versions of modules after which it asks to be replaced. */
  readonly reloads: number;
}

/** File descriptor of the pipe to the thread that watches over the process: numbers of calls to hand back, one a line. */
export const WATCH_PIPE = 4;
