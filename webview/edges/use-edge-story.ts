import type { EdgeStory } from "../protocol/past.js";
import { useCanvas, useServices } from "../store/context.js";
import type { CanvasState } from "../store/state.js";
import { keyOf, useAnswer } from "../store/use-answer.js";

/** What came of an edge in the run shown, now or in the past that is looked at; asked for while somebody `wants` it, once for each time it was tested. */
export function useEdgeStory(edge: string, from: string, wants: boolean): EdgeStory | undefined {
  const { store, host } = useServices();
  const tested = useCanvas((state) => (wants ? testedKey(state, from) : ""));
  const key = tested === "" ? undefined : keyOf(edge, tested);
  const told = useAnswer(key, () => {
    const superstep = store.getState().past?.superstep;
    return host.request("edge/explain", { edge, ...(superstep === undefined ? {} : { superstep }) });
  });
  return told !== undefined && told.key === key ? (told.answer ?? undefined) : undefined;
}

/** Names the moment at which the edges of a node were looked at last; empty where they were not. */
function testedKey({ run, past }: CanvasState, from: string): string {
  const node = run.nodes[from];
  const tested = run.tested?.[from];
  if (run.run === null || (node === undefined && tested === undefined)) return "";
  return [run.run, tested ?? "", node?.count ?? 0, run.superstep, past?.superstep ?? "now"].join(" ");
}
