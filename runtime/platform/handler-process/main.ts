// A handler process: runs the user's handlers for its parent, the handler host. It has no other task and no other input.
//
// Invariants:
// 1. The state of a call is fixed when its values are complete, before anything is awaited: later messages cannot change it.
// 2. Every call is answered by exactly one "done", unless the process ends.

import { toErrorInfo } from "../../errors.js";
import type { JsonObject } from "../../model/json.js";
import type { HandlerOutcome } from "../../ports.js";
import { ChannelCache } from "./channel-cache.js";
import { CallContext, type Reports } from "./context.js";
import { endWithParent } from "./end-with-parent.js";
import { HandlerLoader } from "./load-handler.js";
import type { CallMessage, FromProcess, ToProcess } from "./messages.js";
import { ModuleGraph } from "./module-graph.js";
import { installModuleHooks } from "./module-hooks.js";
import { CallScope } from "./route-console.js";
import { failure, runHandler } from "./run-handler.js";

const origin = { workspace: process.cwd(), omit: import.meta.url };
const graph = new ModuleGraph();
const loader = new HandlerLoader(graph, origin);
const cache = new ChannelCache();
const scope = new CallScope();
const running = new Map<number, AbortController>();
const waiting = new Map<number, CallMessage>();
const send = takeChannel();

installModuleHooks(graph);
scope.routeConsole();
endWithParent();
process.on("uncaughtException", end);
process.on("message", (message: ToProcess) => receive(message));
send({ type: "ready" });

function receive(message: ToProcess): void {
  switch (message.type) {
    case "call":
      running.set(message.id, new AbortController());
      cache.keep(message.run, message.values);
      return start(message);
    case "resend": {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (call === undefined) return;
      cache.keep(call.run, message.values);
      return start(call);
    }
    case "abort":
      return running.get(message.id)?.abort();
    case "forget":
      return cache.forget(message.entries);
  }
}

function start(call: CallMessage): void {
  const missing = cache.missing(call);
  if (missing.length > 0) {
    waiting.set(call.id, call);
    return send({ type: "missing", id: call.id, channels: missing });
  }
  void answer(call, cache.stateOf(call)); // invariant 1
}

async function answer(call: CallMessage, state: JsonObject): Promise<void> {
  const outcome = await perform(call, state).catch((thrown: unknown): HandlerOutcome => ({
    ok: false,
    error: toErrorInfo(thrown, "HANDLER_FAILED"),
  }));
  running.delete(call.id);
  send({ type: "done", id: call.id, outcome }); // invariant 2
}

async function perform(call: CallMessage, state: JsonObject): Promise<HandlerOutcome> {
  const { id } = call;
  const reports: Reports = {
    log: (level, message) => running.has(id) && send({ type: "log", id, level, message }),
    progress: (fraction, message) =>
      running.has(id) && send({ type: "progress", id, fraction, ...(message === undefined ? {} : { message }) }),
  };
  const signal = running.get(id)?.signal ?? AbortSignal.abort();
  return scope.run(reports, async () => {
    const loaded = await loader.load(call.module, call.exportName);
    return loaded.ok ? runHandler(loaded.handler, state, new CallContext(call, signal, reports), origin) : loaded;
  });
}

/** The channel to the parent, out of the reach of user code, which could otherwise speak in this process's name. */
function takeChannel(): (message: FromProcess) => void {
  const channel = process.send?.bind(process);
  if (channel === undefined) throw new Error("This program is started by Patchbay and does nothing on its own.");
  Object.defineProperty(process, "send", { value: undefined });
  return (message) => void (process.connected && channel(message));
}

/** Nobody caught it, so nothing can be trusted any more: the reason is told and the process ends. */
function end(thrown: unknown): void {
  const { message, details, stack } = failure(thrown, origin);
  const error = {
    code: "HANDLER_PROCESS" as const,
    message,
    ...(details === undefined ? {} : { details }),
    ...(stack === undefined ? {} : { stack }),
  };
  send({ type: "fatal", error });
  process.disconnect(); // flushes, then ends the process
}
