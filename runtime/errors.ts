import type { JsonObject, JsonValue } from "./model/json.js";

/**
 * Every error code of the runtime, with what the reader can do next. A code is stable: tests, scripts and the editor match on
 * it, never on message text.
 */
export const nextSteps = {
  // document
  JSON_SYNTAX: "Fix the JSON at this place.",
  DOCUMENT_SHAPE: "Compare with the schema; completion in the editor lists what fits here.",
  DOCUMENT_NEWER: "Update Patchbay; until then the graph opens read-only.",
  UNKNOWN_FIELD: "Remove the field, or check its spelling; it has no effect.",
  INVALID_ID: "Use a letter or underscore, then letters, digits, underscores or hyphens.",
  TAKEN_ID: "Give one of the two another id.",
  UNKNOWN_MEMBER: "Take the id out of the group, or correct it.",
  DUPLICATE_KEY: "Rename or remove one of the two.",
  UNKNOWN_KIND: "Use one of the node kinds that this version knows.",
  DANGLING_EDGE: "Point the edge at a node that exists.",
  UNREACHABLE_NODE: "Draw an edge to the node, let a handler go there, or remove it.",
  EDGE_NEVER_FIRES: "Remove the edge, or change the condition.",
  JOIN_NEVER_MET: "Use join `any`, or make every incoming edge able to fire.",
  UNDECLARED_CHANNEL: "Declare the channel under `channels`, or correct the name.",
  EXPRESSION: "Correct the expression.",
  HANDLER_MISSING: "Create the file, or correct the path.",
  HANDLER_OUTSIDE: "Move the handler into the folder of the workspace.",
  GRAPH_MISSING: "Create the graph, or correct the path.",
  GRAPH_UNREADABLE: "Make sure that the file can be read.",
  GRAPH_OUTSIDE: "Move the graph into the folder of the workspace.",
  GRAPH_INVALID: "Open the graph that the node names, and fix its problems.",
  MERGE_CONFLICT: "Take one of the two: by `Patchbay: Resolve Conflict…`, or by a quick fix in the text.",
  NO_START: "Draw an edge from `@start`.",
  EDIT_REFUSED: "Reload the canvas and repeat the edit.",
  LAYOUT_FAILED: "Lay out a part of the graph; what is selected, say.",
  // compile
  COMPILE_TIMED_OUT: "It is tried again; if that does not help, see what the graph names: files that cannot be read, or very many of them.",
  HARD_REFUSED: "Set `compile.strategy` to `auto`, or undo the change.",
  // run
  CONCURRENT_WRITE: "Give the channel a reducer, or let only one of the nodes write it.",
  CHANNEL_SCHEMA: "Write a value that fits the channel's schema, or change the schema.",
  UNKNOWN_CHANNEL: "Declare the channel, or write another one.",
  UNKNOWN_ACTION: "Draw an `on` edge for the action, or return another one.",
  UNKNOWN_TARGET: "Name a node that exists.",
  UNKNOWN_EDGE: "Name an edge of the graph.",
  NESTING_LIMIT: "Give the graph that contains itself a route that ends without going deeper.",
  STATE_BUDGET: "Write less (keep large values in files and their paths in the state), or raise `limits.stateBytes`.",
  SUPERSTEP_LIMIT: "Raise `limits.supersteps`, or make the loop end.",
  TIMED_OUT: "Raise the node's time-out, or make its handler report progress; a fallback can take its place.",
  HANDLER_FAILED: "See the handler's stack; fix it and run again from the last checkpoint.",
  HANDLER_EXPORT: "Export the function, or correct the name after `#`.",
  HANDLER_LOAD: "Fix the module; its error names the place.",
  HANDLER_RESULT: "Return an object of channels, `ctx.command({…})`, or nothing.",
  NOT_A_LIST: "Make `over` give a list; a channel that nothing has written yet is null.",
  ERROR_LIMIT: "See the errors of the items; fix the handler or raise `errorLimit`, and resume: finished items are kept.",
  HANDLER_PROCESS: "See the output of the handler process; the run can be resumed.",
  HTTP_URL: "Give an address that starts with http:// or https://, without a user name; credentials belong in a header.",
  HTTP_HEADER: "Correct what the header is made of; a value is one line of Latin letters, digits and signs.",
  HTTP_STATUS:
    "See what the server said; a status that is no failure belongs in the node's `expect`, others can be caught by an `@error` edge.",
  HTTP_BODY: "See what the server sent; read it `as` text, or ask for JSON with an `accept` header.",
  HTTP_TOO_LARGE: "Ask for less, or raise the node's `maxSize`.",
  HTTP_REDIRECT: "Use the address that the server leads to, or raise the node's `redirects`.",
  HTTP_DNS: "Check the name of the server, and that this machine is on the network.",
  HTTP_REFUSED: "Start the server, or correct the port.",
  HTTP_TLS: "Check the server's certificate and the address; a private authority is made known with NODE_EXTRA_CA_CERTS.",
  HTTP_FAILED: "Try again, or let the node do so with `retry`.",
  SECRET: "Set it in the environment, or with the command Patchbay: Set Secret; it needs at least four characters.",
  REDUCER_FAILED: "Correct the reducer and go on: it folds the same writes again, and no finished task runs again.",
  SHARED_REDUCER: "Name the channel in the subgraph's `out`, with what its reducer is to be given.",
  FOLD_PENDING: "Step or continue the run first.",
  UNDECLARED_WRITE: "Add the channel to the node's `writes`, or do not write it.",
  TASK_FINISHED: "Step back to before it ran.",
  DECISION_INVALID: "Answer with one of the actions, and a value that fits the schema.",
  NO_QUESTION: "Run the graph until it asks.",
  RUN_FINISHED: "Start a new run, or restore an earlier checkpoint.",
  RUN_BUSY: "Pause the run first.",
  NOT_RESUMABLE: "Restore an earlier checkpoint, or undo the edit.",
  NEEDS_MIGRATION:
    "Write a migration (`Patchbay: Write Migration…`, or `patchbay certify --write-migration`), or undo the change of the channels.",
  MIGRATION_FAILED: "Correct the migration; `patchbay certify` tries it on every stored checkpoint.",
  PLAN_INVALID: "Fix the problems of the graph first.",
  CANCELLED: "Start the run again.",
  // store
  STORE: "Check that the folder can be written and the disk is not full.",
  RUN_ELSEWHERE:
    "Take the run up again (`patchbay resume RUN`, or a click in the Checkpoints view): it stands where the other one left it.",
  NOT_FOUND: "List what there is with `patchbay checkpoints` and `patchbay runs`.",
  CORRUPTED: "Restore an earlier checkpoint; `verify` names what is damaged.",
  STORE_NEWER: "Update Patchbay, or use another store.",
  RUN_EXISTS: "Import it under another id: `patchbay store import FILE --as ID`.",
  ARCHIVE_DAMAGED: "Export the run again; nothing of the file was imported.",
  ARCHIVE_NEWER: "Update Patchbay; nothing of the file was imported.",
  // trace
  COLLECTOR: "Check the address of the collector and its headers, and send the trace again: the spans are the same.",
  // command line
  USAGE: "See `patchbay --help`.",
  INPUT_INVALID: "Give channels of the graph, each with a value that fits it.",
  UNTRUSTED: "Trust the workspace to run graphs.",
} as const;

/** A stable error code. */
export type ErrorCode = keyof typeof nextSteps;

/** An error as a value: what is stored, sent and shown. */
export interface ErrorInfo {
  readonly code: ErrorCode;
  readonly message: string;
  /** Node, channel, path … that the error is about. */
  readonly details?: JsonObject;
  /** The user's own stack, where user code failed. */
  readonly stack?: string;
}

/** The one class that Patchbay throws; thrown for bugs and refused commands, never for broken input. */
export class PatchbayError extends Error {
  readonly code: ErrorCode;
  readonly details: JsonObject;

  constructor(code: ErrorCode, message: string, details: Record<string, JsonValue> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "PatchbayError";
    this.code = code;
    this.details = details;
  }

  /** What the reader can do next. */
  get next(): string {
    return nextSteps[this.code];
  }
}

/** Makes an error value. */
export function errorInfo(code: ErrorCode, message: string, details?: Record<string, JsonValue>, stack?: string): ErrorInfo {
  return {
    code,
    message,
    ...(details === undefined ? {} : { details }),
    ...(stack === undefined ? {} : { stack }),
  };
}

/** An error value as what is thrown. */
export function thrownOf({ code, message, details }: ErrorInfo): PatchbayError {
  return new PatchbayError(code, message, details ?? {});
}

/** Any thrown thing as an error value; keeps the code of a `PatchbayError`, else uses `fallback`. */
export function toErrorInfo(thrown: unknown, fallback: ErrorCode): ErrorInfo {
  if (thrown instanceof PatchbayError) return errorInfo(thrown.code, thrown.message, thrown.details);
  if (thrown instanceof Error) return errorInfo(fallback, thrown.message, undefined, thrown.stack);
  return errorInfo(fallback, String(thrown));
}
