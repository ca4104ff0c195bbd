import type { Frontier, ReplayTerms } from "../../checkpoint/checkpoint.js";
import type { RecordStore } from "./recorded.js";

/** What counts where nobody says anything else: going back and forward again repeats nothing. */
export const RECORDED: ReplayTerms = { mode: "recorded" };

/**
 * The terms on which a stored run is taken up; undefined where it stands at its newest checkpoint, and was not on its way through
 * what is recorded. `usual`: the terms where none were given.
 */
export function termsOfStored(
  { replay }: Frontier,
  run: string,
  head: string,
  store: Pick<RecordStore, "list" | "trace">,
  usual: () => ReplayTerms,
): ReplayTerms | undefined {
  // What took the run back comes after all else that led there.
  const last = store.trace(run, head, 1).findLast(({ type }) => type === "restored" || type === "checkpoint");
  // The terms that its checkpoint has are those of an earlier way.
  if (last?.type === "restored" && last.checkpoint === head) return last.replay ?? usual();
  return replay ?? (store.list(run, { limit: 1 })[0]?.id === head ? undefined : usual());
}
