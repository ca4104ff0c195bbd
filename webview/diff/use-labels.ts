import { useMemo } from "react";
import { useCanvas } from "../store/context.js";

/** What nodes are called, those that only the other side has included. */
export function useLabels(): ReadonlyMap<string, string> {
  const ghosts = useCanvas((state) => state.diff?.ghosts.nodes);
  const nodes = useCanvas((state) => state.shown?.nodes);
  return useMemo(
    () =>
      new Map([
        ["@start", "Start"],
        ["@end", "End"],
        ...[...(ghosts ?? []), ...(nodes ?? [])].map(({ id, label }) => [id, label] as const),
      ]),
    [ghosts, nodes],
  );
}
