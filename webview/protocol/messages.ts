// Every message between host and webview, in one table, validated on arrival.
//
// 1. A command goes from the webview to the host and is not answered; its effect shows in a notification.
// 2. A request goes from the webview to the host and is always answered, also when the host is disposed.
// 3. A notification goes from the host to the webview and is a whole value: a lost one is repaired by the next, and
//    `view/load` asks for all of them (a hidden webview loses posts). `graph/patched` and `run/patched` are what changed of one:
//    they name the revision, or sequence, that they apply to, and where that is another one than the webview has, the webview loads anew.
// 4. What the host posts in one turn of its event loop travels together, as a list of messages.
import * as v from "valibot";
import { intent } from "./intents.js";
import { blameView } from "./blame.js";
import { canvasAction } from "./canvas-actions.js";
import { breakpointPlace, debugView } from "./debug.js";
import { looks } from "./looks.js";
import { valuePlace } from "./tasks.js";
import { paletteView, placedFiles } from "./palette.js";
import { toldView } from "./told.js";
import { place, viewport, viewportView, wayView } from "./places.js";
import { compileView, graphPatch, graphView, runPatch, runView } from "./views.js";
import { conflictChoice } from "./conflicts.js";
import { diffChange, diffView } from "./diff.js";

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
  /** Show the whole of a value. */
  "task/value": valuePlace,
  /** Show the line of the user's own that a task failed in; without an attempt, that of its end. */
  "task/stack": v.object({ node: v.string(), task: v.string(), attempt: v.optional(v.number()) }),
  /** Show the declarations of the graph's handlers. */
  "types/open": v.object({}),
  /** Put a text in the clipboard. */
  "text/copy": v.object({ text: v.string() }),
  /** Write a handler that does nothing yet, where there is no file, and open it. */
  "handler/create": v.object({ node: v.string() }),
  /** Show the graph that a node runs. */
  "graph/open": v.object({ node: v.string(), beside: v.exactOptional(v.boolean()) }),
  /** The view stands elsewhere now. */
  "place/changed": v.object({ viewport }),
  /** The view jumps away from here. */
  "place/left": place,
  "place/back": v.object({}),
  "place/forward": v.object({}),
  /** Show the node of the way to the graph, counted from the outermost; without one, ask which of those that run the graph. */
  "callers/show": v.object({ crumb: v.exactOptional(v.number()) }),
  /** Ask which of the runs inside the node by which somebody came is to be shown. */
  "inside/choose": v.object({}),
  /** Make a graph of its own of what is selected; the host asks for its name. */
  "graph/fold": v.object({}),
  /** Take a breakpoint away. */
  "breakpoint/remove": v.object({ node: v.optional(v.string()), edge: v.optional(v.string()), at: breakpointPlace }),
  /** Give every node another place, or those one that have none, in layers along the way the graph runs. */
  "graph/layOut": v.object({ scope: v.picklist(["all", "new"]) }),
  "checkpoints/show": v.object({}),
  /** Show who gave a channel its value: the node, and the checkpoint that has it. */
  "blame/show": v.object({ channel: v.string() }),
  /** Stand at a checkpoint of the run shown; the host asks how. */
  "past/restore": v.object({ checkpoint: v.string() }),
  /** Take a run that cannot go on back to the nearest checkpoint that can. */
  "blocked/restore": v.object({}),
  /** Write the migration that a run waits for, or open it. */
  "blocked/migrate": v.object({}),
  /** Go on whatever is lost; the host asks first. */
  "blocked/overrule": v.object({}),
  /** An entry of the palette was chosen; it is offered first from now on. */
  "palette/chosen": v.object({ key: v.string() }),
  /** Keep nodes in the form of the clipboard under a name; the host asks for it. */
  "snippet/save": v.object({ text: v.string() }),
  /** The answer to `picture/wanted`: a PNG, or why there is none. */
  "picture/drawn": v.variant("ok", [
    v.object({ ok: v.literal(true), picture: v.number(), png: v.instance(Uint8Array) }),
    v.object({ ok: v.literal(false), picture: v.number(), message: v.string() }),
  ]),
  "selection/changed": v.object({ nodes: v.array(v.string()), edges: v.array(v.string()) }),
  /** Compile what waits, whatever the triggers say. */
  "compile/now": v.object({}),
  /** Compile the graph from nothing, whatever its strategy is. */
  "compile/anew": v.object({}),
  /** Undo and redo are VS Code's own, on the text document. */
  "history/undo": v.object({}),
  "history/redo": v.object({}),
  /** Decide what a merge left open. */
  "conflict/resolve": conflictChoice,
  /** The same, as the person chooses among all. */
  "conflict/choose": v.object({}),
  /** Look at another difference, or in another way: both sides of a comparison do. */
  "diff/set": diffChange,
  /** Compare the texts. */
  "diff/text": v.object({}),
  /** Somebody moved the view; the other side of a comparison may follow. */
  "view/moved": viewportView,
  /** Something went wrong in the webview; the host logs it. */
  "webview/failed": v.object({ message: v.string(), stack: v.optional(v.string()) }),
};

/** Requests by name, with what each carries and what answers it. */
export const requests = {
  "view/load": {
    params: v.object({}),
    result: v.object({
      graph: graphView,
      run: runView,
      compile: compileView,
      debug: debugView,
      way: v.exactOptional(wayView),
      diff: v.exactOptional(diffView),
    }),
  },
  "graph/edit": {
    /** Of a `chain` nothing more is made once one of its edits was refused: what follows was made on a graph that never was. */
    params: v.object({ revision: v.number(), chain: v.exactOptional(v.number()), intents: v.array(intent) }),
    result: v.variant("ok", [
      /** `revision` is the document's version that has the edit: the echo. */
      v.object({ ok: v.literal(true), revision: v.number() }),
      v.object({ ok: v.literal(false), code: v.string(), message: v.string() }),
    ]),
  },
  /** Who gave the channels of the run shown the values that they have; nobody while it runs. */
  "blame/load": { params: v.object({}), result: blameView },
  ...looks,
  /** What the palette offers of the workspace. */
  "palette/load": { params: v.object({}), result: paletteView },
  /** Files that were dropped on the canvas, by their URIs. */
  "files/place": { params: v.object({ uris: v.array(v.string()) }), result: placedFiles },
};

/** Notifications by name, with the value that each carries. */
export const notifications = {
  "graph/changed": graphView,
  "graph/patched": graphPatch,
  "run/changed": runView,
  "run/patched": runPatch,
  "compile/changed": compileView,
  "debug/changed": debugView,
  /** Draw a picture, of so many pixels, and send it back by its number: only a browser has fonts and a canvas. */
  "picture/wanted": v.object({ picture: v.number(), svg: v.string(), width: v.number(), height: v.number() }),
  /** What tasks have said since the last one; not whole: what is missed is asked for by who listens. */
  "told/changed": toldView,
  "way/changed": wayView,
  /** Null: the canvas stands beside no other. */
  "diff/changed": v.nullable(diffView),
  /** Show this part. */
  "view/follow": viewportView,
  /** Select and centre, from a tree view or a problem. */
  "selection/reveal": v.object({
    nodes: v.array(v.string()),
    edges: v.array(v.string()),
    /** The view as it was when it was left, for those who come back. */
    viewport: v.exactOptional(viewport),
  }),
  /** Do what a key or a button of the canvas does; `text` is what a paste pastes. */
  "canvas/perform": v.object({ action: canvasAction, text: v.exactOptional(v.string()) }),
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
