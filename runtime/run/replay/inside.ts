// Replay of runs inside tasks. A task that begins anew begins its run anew: what is recorded of it has the one that was there before.
import type { ReplayTerms } from "../../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../../checkpoint/store.js";

type Runs = Pick<CheckpointStore, "run" | "nested">;

/** The runs that were in the place of one inside a task before it, newest first. */
export function forerunnersOf(run: string, store: Runs): readonly string[] {
  const parent = store.run(run)?.parent;
  if (parent === undefined) return [];
  const there = store.nested(parent.run).filter((each) => each.parent?.task === parent.task && each.parent.slot === parent.slot);
  const place = there.findIndex(({ id }) => id === run);
  return there
    .slice(0, Math.max(0, place))
    .map(({ id }) => id)
    .toReversed();
}

/** The terms for a run inside a task: a node that is live is live with all that is inside it. */
export function termsInside({ mode, live = [] }: ReplayTerms, run: string, store: Runs): ReplayTerms {
  const task = store.run(run)?.parent?.task ?? "";
  const node = task.slice(task.indexOf("/") + 1).replace(/#\d+$/, "");
  return { mode: live.includes(node) ? "live" : mode };
}
