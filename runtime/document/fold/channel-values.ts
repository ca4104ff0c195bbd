// What is known of a channel's values before a run.
import { ChannelProgram } from "../../channels/channel-program.js";
import type { ChannelDef, ReducerName } from "../../model/graph.js";

/** Reducers by which writing a whole value back leaves what writing its parts did. */
export const wholeIsParts: ReadonlySet<ReducerName> = new Set(["last", "latest", "union", "min", "max"]);

/** Whether null may be written to a channel. What is null in `in` and `out` is not passed where it may not. */
export function takesNull(def: ChannelDef): boolean {
  return new ChannelProgram(def).misfit(null) === undefined;
}

/** Whether a channel has a value at any time: one that is cleared goes back to its default. */
export function hasAlwaysValue({ reducer, initial }: ChannelDef): boolean {
  return initial !== undefined || nothingAdded(reducer) !== undefined;
}

/** The expression of a write that changes nothing, which is also what a channel without a default begins with; undefined: there is none. */
export function nothingAdded(reducer: ChannelDef["reducer"]): string | undefined {
  switch (reducer) {
    case "append":
    case "union":
    case "messages":
      return "[]";
    case "merge":
      return "{}";
    case "sum":
      return "0.0";
    default:
      return undefined;
  }
}
