// A handler process: runs the user's handlers for its parent, the handler host. It has no other task and no other input.
//
// Invariants:
// 1. The state of a call is fixed when its values are complete, before anything is awaited: later messages cannot change it.
// 2. Every call that begins here is answered by exactly one "done" or "assembled", unless the process ends.
// 3. What is ready to be told is told before user code runs, which may let nothing through for long. Each handler begins in a turn
//    of the event loop of its own; until then its call can be handed back.

import { toErrorInfo } from "../../errors.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { HandlerOutcome } from "../../ports.js";
import { Outbox } from "../transfer/outbox.js";
import { SLICE, slicesOf } from "../transfer/slices.js";
import { weigh } from "../../model/weigh.js";
import { ChannelCache } from "./channel-cache.js";
import { checkModule } from "./check-modules.js";
import { Claims } from "./claims.js";
import { CallContext, type Reports } from "./context.js";
import { inspected } from "./inspect-call.js";
import { asFunction, firstPart } from "./life-cycle.js";
import { forgetCommonJs, HandlerLoader } from "./load-handler.js";
import { limited } from "./log-limit.js";
import { type CallMessage, type FromProcess, type ProcessLimits, type ToProcess, WATCH_PIPE } from "./messages.js";
import { ModuleGraph } from "./module-graph.js";
import { installModuleHooks } from "./module-hooks.js";
import { PinnedModules } from "./pinned-modules.js";
import { CallScope } from "./route-console.js";
import { runFold } from "./run-fold.js";
import { failure, runHandler } from "./run-handler.js";
import { endGroup, startWatchThread } from "./watch-thread.js";
import { Wear } from "./wear.js";

const limits = takeLimits();
const origin = { workspace: process.cwd(), omit: import.meta.url };
const graph = new ModuleGraph();
const pinned = new PinnedModules((url) => graph.fresh(url), forgetCommonJs);
const loader = new HandlerLoader(graph, pinned, origin);
const cache = new ChannelCache();
const scope = new CallScope();
const claims = new Claims();
const wear = new Wear(limits.reloads, limits.heapBytes);
const running = new Map<number, AbortController>();
const waiting = new Map<number, CallMessage>();
/** What is to begin, one in each turn of the event loop. */
const line: (() => void)[] = [];
/** Set while no other handler may begin. */
let turn: NodeJS.Immediate | undefined;
const callOf = new WeakMap<Reports, number>();
const outbox = takeChannel();
/** Milliseconds that an emitted value may wait for others to go with it. */
const EMIT_MS = 10;
/** When the first value was emitted that has not been told; undefined where there is none. */
let emittedSince: number | undefined;
/** Begun in this turn of the event loop, and not told yet. */
let begun: number[] = [];

installModuleHooks(graph, pinned);
scope.routeConsole();
startWatchThread({ pipe: WATCH_PIPE, residentBytes: limits.residentBytes, claims: claims.shared });
process.on("uncaughtException", uncaught);
process.on("disconnect", endGroup);
process.on("exit", leave);
process.on("message", (batch: readonly ToProcess[]) => {
  loader.look();
  batch.forEach(receive);
});
send({ type: "ready" });

function receive(message: ToProcess): void {
  switch (message.type) {
    case "call":
      running.set(message.id, new AbortController());
      cache.keep(message.run, message.values);
      return start(message);
    case "modules":
      return pinned.take(message.modules);
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
    case "slice":
      return cache.slice(message.transfer, message.slice);
    case "keep":
      return cache.keep(message.run, message.values);
    case "check":
      return send({ type: "checked", id: message.id, found: message.modules.map(({ url, text }) => checkModule(url, text)) });
    case "ping":
      return send({ type: "pong" });
  }
}

function start(call: CallMessage): void {
  const missing = cache.missing(call);
  if (missing.length > 0) {
    waiting.set(call.id, call);
    return send({ type: "missing", id: call.id, channels: missing });
  }
  const state = cache.stateOf(call); // invariant 1
  line.push(() => begin(call, state));
  if (turn === undefined) next();
}

/** Begins the first in the line, the others in turns to come. */
function next(): void {
  turn = setImmediate(() => {
    turn = undefined;
    if (line.length > 0) next();
  });
  tellAll(); // invariant 3
  line.shift()?.();
}

function begin(call: CallMessage, state: JsonObject): void {
  const { id } = call;
  if (!claims.begin(id)) return void running.delete(id); // it was handed back
  if (begun.length === 0) setImmediate(tellBegun);
  begun.push(id);
  void answer(call, state);
}

async function answer(call: CallMessage, state: JsonObject): Promise<void> {
  const { id } = call;
  const outcome = await perform(call, state).catch((thrown: unknown): HandlerOutcome => ({
    ok: false,
    error: toErrorInfo(thrown, "HANDLER_FAILED"),
  }));
  running.delete(id);
  const bytes = outcome.ok ? weigh(outcome.result.value ?? outcome.result.update, SLICE) : 0;
  if (bytes < SLICE) send({ type: "done", id, outcome }, bytes); // invariant 2
  else await sendLarge(id, outcome);
  if (running.size === 0) outbox.flush(); // nothing else to go with it
  const reason = wear.reason(graph.reloads, performance.now());
  if (reason !== undefined) send({ type: "worn", reason });
}

/** The host takes it in as fast as it can without being held. */
async function sendLarge(id: number, outcome: HandlerOutcome): Promise<void> {
  for (const slice of slicesOf(outcome as unknown as JsonValue)) {
    send({ type: "slice", id, slice }, SLICE);
    await outbox.drained();
  }
  send({ type: "assembled", id });
}

async function perform(call: CallMessage, state: JsonObject): Promise<HandlerOutcome> {
  const { id, module, exportName, version } = call;
  const reports = limited({
    log: (level, message) => report(id, { type: "log", id, level, message }),
    progress: (fraction, message) => report(id, { type: "progress", id, fraction, ...(message === undefined ? {} : { message }) }),
    emit: (value) => emit(id, value),
  });
  callOf.set(reports, id);
  const signal = running.get(id)?.signal ?? AbortSignal.abort();
  return scope.run(reports, async () => {
    const loaded = loader.ready(module, exportName, version) ?? (await loader.load(module, exportName, version));
    if (!loaded.ok) return loaded;
    const ctx = new CallContext(call, signal, reports);
    if (call.fold !== undefined) return runFold(loaded.handler, state, call.fold, ctx, origin, limits.resultBytes);
    const handler = asFunction(loaded.handler, call.lastAttempt ?? true, call.returns);
    const work = () => runHandler(handler, state, ctx, origin, call.returns, limits.resultBytes);
    return call.inspect === true ? inspected(firstPart(loaded.handler), (address) => tellAddress(id, address), reports, work) : work();
  });
}

function send(message: FromProcess, bytes = 0): void {
  outbox.push(message, bytes);
}

/** At once, as user code may go on for long without a pause (invariant 3). */
function report(id: number, message: FromProcess): void {
  if (!running.has(id)) return;
  send(message);
  tellAll();
}

/** Tokens come by the thousand: those of one turn of the event loop go together, unless the turn is long. */
function emit(id: number, value: JsonValue): void {
  if (!running.has(id)) return;
  send({ type: "emit", id, value }, weigh(value, SLICE));
  const now = performance.now();
  if (emittedSince === undefined) {
    emittedSince = now;
    setImmediate(tellEmitted);
  } else if (now - emittedSince > EMIT_MS) tellEmitted();
}

/** At once: the call stands from here on. */
function tellAddress(id: number, address: string): void {
  send({ type: "inspectable", id, address });
  tellAll();
}

function tellEmitted(): void {
  emittedSince = undefined;
  tellAll();
}

function tellBegun(): void {
  const ids = begun.filter((id) => running.has(id));
  begun = [];
  if (ids.length > 0) send({ type: "begun", ids });
}

function tellAll(): void {
  tellBegun();
  outbox.flush();
}

/** The channel to the parent, out of the reach of user code, which could otherwise speak in this process's name. */
function takeChannel(): Outbox<FromProcess> {
  const channel = process.send?.bind(process);
  if (channel === undefined) throw new Error("This program is started by Patchbay and does nothing on its own.");
  Object.defineProperty(process, "send", { value: undefined });
  return new Outbox<FromProcess>((batch, written) => void (process.connected && channel(batch, undefined, undefined, written)));
}

function takeLimits(): ProcessLimits {
  const [, , text = "{}"] = process.argv;
  process.argv.length = 2;
  return {
    resultBytes: Infinity,
    heapBytes: Infinity,
    residentBytes: Infinity,
    reloads: Infinity,
    ...(JSON.parse(text) as Partial<ProcessLimits>),
  };
}

/**
 * Nobody caught it. If it is known which call it belongs to, the host ends that one and lets the others finish; else nothing can
 * be trusted any more: the reason is told and the process ends.
 */
function uncaught(thrown: unknown): void {
  const { message, details, stack } = failure(thrown, origin);
  const error = {
    code: "HANDLER_PROCESS" as const,
    message,
    ...(details === undefined ? {} : { details }),
    ...(stack === undefined ? {} : { stack }),
  };
  const reports = scope.current();
  const id = reports === undefined ? undefined : callOf.get(reports);
  send({ type: "fatal", error, ...(id === undefined ? {} : { id }) });
  if (id !== undefined) return;
  tellAll();
  process.disconnect(); // flushes, then ends the process
}

/** User code has called `process.exit`. */
function leave(): void {
  send({ type: "leaving" });
  tellAll();
}
