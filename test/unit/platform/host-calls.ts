import type { JsonValue } from "../../../runtime/model/json.js";
import { ModuleSnapshots } from "../../../runtime/platform/modules/module-snapshots.js";
import type { HandlerCall, HandlerEvents, HandlerHost, HandlerOutcome } from "../../../runtime/ports.js";

let version = 0;

/** A handler call with everything but what the test is about filled in; its values are new ones, of a version of their own. */
export function handlerCall(
  module: string,
  exportName = "default",
  values: Readonly<Record<string, JsonValue>> = {},
  more: Partial<HandlerCall> = {},
): HandlerCall {
  version += 1;
  const channels = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { version, value }]));
  return { taskId: "t1", run: "run", node: "node", module, exportName, channels, attempt: 1, idempotencyKey: "key", answers: {}, ...more };
}

/** Events that write down what they are told. */
export function recorder(onEvent: () => void = () => {}) {
  const lines: string[] = [];
  const note = (line: string): void => {
    lines.push(line);
    onEvent();
  };
  const events: HandlerEvents = {
    log: (level, message) => note(`${level} ${message}`),
    progress: (fraction, message) => note(`progress ${fraction} ${message ?? ""}`.trim()),
    emit: (value) => note(`emit ${JSON.stringify(value)}`),
  };
  return { lines, events };
}

/** Calls an export of a module in the workspace. */
export async function callExport(
  host: HandlerHost,
  module: string,
  exportName = "default",
  values: Readonly<Record<string, JsonValue>> = {},
  signal = new AbortController().signal,
): Promise<HandlerOutcome> {
  return host.call(handlerCall(module, exportName, values), recorder().events, signal);
}

/** As `callExport`, in the version that the module has now, as a plan would name it. */
export async function callVersion(host: HandlerHost, module: string, workspace: string): Promise<HandlerOutcome> {
  const snapshot = new ModuleSnapshots(workspace).version(module);
  return host.call(handlerCall(module, "default", {}, snapshot === undefined ? {} : { version: snapshot }), recorder().events, never);
}

const never = new AbortController().signal;

/** The update of an outcome that must be good. */
export function updateOf(outcome: HandlerOutcome): Readonly<Record<string, JsonValue>> {
  if (outcome.ok) return outcome.result.update;
  throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
}
