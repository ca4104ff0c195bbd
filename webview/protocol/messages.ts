// Every message between host and webview, in one table, validated on arrival.
//
// 1. A command goes from the webview to the host and is not answered; its effect shows in a notification.
// 2. A request goes from the webview to the host and is always answered, also when the host is disposed.
// 3. A notification goes from the host to the webview and is a whole value: a lost one is repaired by the next, and
//    `view/load` asks for all of them (a hidden webview loses posts). `graph/patched` is what changed of one: it names the revision
//    that it applies to, and where that is another one than the webview has, the webview loads anew.
// 4. What the host posts in one turn of its event loop travels together, as a list of messages.
import * as v from "valibot";
import { intent } from "./intents.js";
import { blameView } from "./blame.js";
import { breakpointPlace, debugView } from "./debug.js";
import { compileView, graphPatch, graphView, runView } from "./views.js";

/** Commands by name, with what each carries. */
export const commands = {
  "run/start": v.object({}),
  /** One superstep, then pause; starts a run where there is none. */
  "run/step": v.object({}),
  "run/continue": v.object({}),
  /** Pause at the next boundary. */
  "run/pause": v.object({}),
  "run/stop": v.object({}),
  "question/decide": v.object({
    key: v.string(),
    action: v.string(),
    value: v.optional(v.unknown()),
    /** Where the run goes on, of a `reroute`. */
    target: v.optional(v.string()),
  }),
  /** Take this edge next, and no other of its node. */
  "route/force": v.object({ edge: v.string() }),
  /** Let a node that is forced go by its own edges. */
  "route/release": v.object({ node: v.string() }),
  /** Send a node elsewhere for the rest of the run; the host asks where. */
  "route/override": v.object({ node: v.string() }),
  /** Let a node that was sent elsewhere go by its own edges. */
  "route/restore": v.object({ node: v.string() }),
  /** Show a node, edge or channel in the text editor beside. */
  "source/reveal": v.object({ node: v.optional(v.string()), edge: v.optional(v.string()), channel: v.optional(v.string()) }),
  "handler/open": v.object({ node: v.string() }),
  /** Show the graph that a node runs. */
  "graph/open": v.object({ node: v.string() }),
  /** Take a breakpoint away. */
  "breakpoint/remove": v.object({ node: v.optional(v.string()), edge: v.optional(v.string()), at: breakpointPlace }),
  "checkpoints/show": v.object({}),
  /** Show who gave a channel its value: the node, and the checkpoint that has it. */
  "blame/show": v.object({ channel: v.string() }),
  /** Take a run that cannot go on back to the nearest checkpoint that can. */
  "blocked/restore": v.object({}),
  /** Write the migration that a run waits for, or open it. */
  "blocked/migrate": v.object({}),
  /** Go on whatever is lost; the host asks first. */
  "blocked/overrule": v.object({}),
  "selection/changed": v.object({ nodes: v.array(v.string()), edges: v.array(v.string()) }),
  /** Compile what waits, whatever the triggers say. */
  "compile/now": v.object({}),
  /** Compile the graph from nothing, whatever its strategy is. */
  "compile/anew": v.object({}),
  /** Undo and redo are VS Code's own, on the text document. */
  "history/undo": v.object({}),
  "history/redo": v.object({}),
  /** Something went wrong in the webview; the host logs it. */
  "webview/failed": v.object({ message: v.string(), stack: v.optional(v.string()) }),
};

/** Requests by name, with what each carries and what answers it. */
export const requests = {
  "view/load": { params: v.object({}), result: v.object({ graph: graphView, run: runView, compile: compileView, debug: debugView }) },
  "graph/edit": {
    params: v.object({ revision: v.number(), intents: v.array(intent) }),
    result: v.variant("ok", [
      /** `revision` is the document's version that has the edit: the echo. */
      v.object({ ok: v.literal(true), revision: v.number() }),
      v.object({ ok: v.literal(false), code: v.string(), message: v.string() }),
    ]),
  },
  /** Who gave the channels of the run shown the values that they have; nobody while it runs. */
  "blame/load": { params: v.object({}), result: blameView },
};

/** Notifications by name, with the value that each carries. */
export const notifications = {
  "graph/changed": graphView,
  "graph/patched": graphPatch,
  "run/changed": runView,
  "compile/changed": compileView,
  "debug/changed": debugView,
  /** Select and centre, from a tree view or a problem. */
  "selection/reveal": v.object({ nodes: v.array(v.string()), edges: v.array(v.string()) }),
};

export type CommandName = keyof typeof commands;
export type RequestName = keyof typeof requests;
export type NotificationName = keyof typeof notifications;
export type CommandParams<Name extends CommandName> = v.InferOutput<(typeof commands)[Name]>;
export type RequestParams<Name extends RequestName> = v.InferOutput<(typeof requests)[Name]["params"]>;
export type RequestResult<Name extends RequestName> = v.InferOutput<(typeof requests)[Name]["result"]>;
export type NotificationParams<Name extends NotificationName> = v.InferOutput<(typeof notifications)[Name]>;

/** Envelope from the webview to the host. */
export const toHost = v.variant("kind", [
  v.object({ kind: v.literal("command"), name: v.picklist(Object.keys(commands) as CommandName[]), params: v.unknown() }),
  v.object({ kind: v.literal("request"), id: v.number(), name: v.picklist(Object.keys(requests) as RequestName[]), params: v.unknown() }),
]);
export type ToHost = v.InferOutput<typeof toHost>;

/** Envelope from the host to the webview. */
export const toWebview = v.variant("kind", [
  v.object({
    kind: v.literal("response"),
    id: v.number(),
    result: v.optional(v.unknown()),
    error: v.optional(v.object({ code: v.string(), message: v.string() })),
  }),
  v.object({ kind: v.literal("notification"), name: v.picklist(Object.keys(notifications) as NotificationName[]), params: v.unknown() }),
]);
export type ToWebview = v.InferOutput<typeof toWebview>;
