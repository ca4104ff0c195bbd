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
  const writers = new Map<string, StoredResult>();
  for (const result of results) {
    for (const [name, write] of written(result)) {
      const channel = channels.get(name);
      if (channel === undefined) return { error: unknownChannel(result.node, name), tasks: [result.task] };
      const misfit = channel.check(write, result.node);
      if (misfit !== undefined) return { error: misfit, tasks: [result.task] };
      const other = writers.get(name);
      if (other !== undefined && !channel.reducer.concurrent) {
        return { error: concurrentWrite(channel, other.node, result.node), tasks: [other.task, result.task] };
      }
      writers.set(name, result);
    }
  }
  return undefined;
}

function* written({ writes, cleared = [] }: StoredResult): Iterable<readonly [name: string, write: JsonValue | undefined]> {
  yield* Object.entries(writes);
  for (const name of cleared) yield [name, undefined];
}

function unknownChannel(node: string, channel: string): ErrorInfo {
  return errorInfo("UNKNOWN_CHANNEL", `Node "${node}" wrote channel "${channel}", which the graph does not declare.`, { node, channel });
}

function concurrentWrite({ def: { name, reducer } }: ChannelProgram, first: string, second: string): ErrorInfo {
  const message = `Nodes "${first}" and "${second}" both wrote channel "${name}" in one superstep; its reducer \`${reducer}\` takes one write.`;
  return errorInfo("CONCURRENT_WRITE", message, { channel: name, nodes: [first, second] });
}
