import type { ChannelProgram } from "../channels/channel-program.js";
import type { StoredResult } from "../checkpoint/checkpoint.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import type { JsonValue } from "../model/json.js";

/** A write that cannot be applied, and the tasks whose results must be made anew once it is mended. */
export interface WriteFault {
  readonly error: ErrorInfo;
  readonly tasks: readonly string[];
}

/** Checks the writes of a superstep, in task order, against the channels. Costs what was written. */
export function checkWrites(channels: ReadonlyMap<string, ChannelProgram>, results: readonly StoredResult[]): WriteFault | undefined {
  const writers = results.length > 1 ? new Map<string, StoredResult>() : undefined;
  for (const result of results) {
    const { writes, cleared = none } = result;
    for (const name in writes) {
      const fault = checkWrite(channels, result, name, writes[name], writers);
      if (fault !== undefined) return fault;
    }
    for (const name of cleared) {
      const fault = checkWrite(channels, result, name, undefined, writers);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

/** `writers`: who has written so far, where there may be several. */
function checkWrite(
  channels: ReadonlyMap<string, ChannelProgram>,
  result: StoredResult,
  name: string,
  write: JsonValue | undefined,
  writers: Map<string, StoredResult> | undefined,
): WriteFault | undefined {
  const channel = channels.get(name);
  if (channel === undefined) return { error: unknownChannel(result.node, name), tasks: [result.task] };
  const misfit = channel.check(write, result.node);
  if (misfit !== undefined) return { error: misfit, tasks: [result.task] };
  const other = writers?.get(name);
  if (other !== undefined && !channel.reducer.concurrent) {
    return { error: concurrentWrite(channel, other.node, result.node), tasks: [other.task, result.task] };
  }
  writers?.set(name, result);
  return undefined;
}

const none: readonly string[] = [];

function unknownChannel(node: string, channel: string): ErrorInfo {
  return errorInfo("UNKNOWN_CHANNEL", `Node "${node}" wrote channel "${channel}", which the graph does not declare.`, { node, channel });
}

function concurrentWrite({ def: { name, reducer } }: ChannelProgram, first: string, second: string): ErrorInfo {
  const message = `Nodes "${first}" and "${second}" both wrote channel "${name}" in one superstep; its reducer \`${reducer}\` takes one write.`;
  return errorInfo("CONCURRENT_WRITE", message, { channel: name, nodes: [first, second] });
}
