import type { Refusal } from "../channels/reducer.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import type { OwnReducer } from "../model/graph.js";
import type { ChannelName, NodeId } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";

/** A fold that came to nothing. */
export interface FailedFold {
  readonly channel: ChannelName;
  readonly fold: OwnReducer;
  /** Who wrote, one for one. */
  readonly nodes: readonly NodeId[];
}

/**
 * The error of a superstep in which a reducer failed: it names the channel, the reducer, and the node whose write it failed on, or
 * all that wrote where that is not known. `details.cause` is the code of what happened.
 */
export function reducerFailed(failed: FailedFold, { code, message, details = {}, stack }: ErrorInfo): ErrorInfo {
  const { write, node: _caller, ...more } = details;
  const culprit = typeof write === "number" ? failed.nodes[write] : undefined;
  const why = code === "TIMED_OUT" ? `it did not end within ${failed.fold.timeoutMs} ms.` : message;
  return named(failed, culprit === undefined ? failed.nodes : [culprit], why, { ...more, cause: code }, stack);
}

/** The error of a superstep in which a reducer gave what its channel does not take. */
export function foldedMisfit(failed: FailedFold, { path, reason }: Refusal): ErrorInfo {
  const place = path === "" ? "" : ` at ${path}`;
  return named(failed, failed.nodes, `what it gave does not fit the channel${place}: ${reason}.`, { cause: "CHANNEL_SCHEMA", path });
}

function named(
  { channel, fold }: FailedFold,
  nodes: readonly NodeId[],
  why: string,
  more: Readonly<Record<string, JsonValue>>,
  stack?: string,
): ErrorInfo {
  const [first = "", ...others] = new Set(nodes);
  const who = others.length === 0 ? `node "${first}"` : `nodes ${[first, ...others].map((node) => `"${node}"`).join(", ")}`;
  const message = `The reducer ${fold.handler} of channel "${channel}" failed on what ${who} wrote: ${why}`;
  const writers = others.length === 0 ? { node: first } : { nodes: [first, ...others] };
  return errorInfo("REDUCER_FAILED", message, { ...more, channel, reducer: fold.handler, ...writers }, stack);
}
