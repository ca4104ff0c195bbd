// A run taken to where one of its nodes is about to run: again, or for once.
//
// 1. What came before the node is not run: it is in the state, or its recorded results count. The node itself runs.
// 2. Where the node cannot be made due, the run stands where it stood.
import type { CheckpointSummary, ReplayTerms, StoredResult } from "../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { PatchbayError, thrownOf } from "../errors.js";
import type { NodeId } from "../model/ids.js";
import { RECORDED } from "./replay/look-back.js";
import { unknownTarget } from "./routes.js";
import type { RunSession } from "./session.js";

/** Which node a run is to go on from, and who says so. */
export interface FromNode {
  readonly node: NodeId;
  /** The checkpoint of the run to go on from, whether the node is due there or not; absent: where it was due last. */
  readonly checkpoint?: string;
  /** Which recorded results count from there on; those of the node do not. Default: `recorded`. */
  readonly replay?: ReplayTerms;
  readonly actor: string;
}

type Runs = Pick<CheckpointStore, "load" | "lineage" | "results" | "atOnce">;

/**
 * Stands a run before a node, paused: on the way that led to where it stands, at the newest checkpoint at which the node was to run; where the
 * policy left that out, at the one before, and what is recorded leads from there to the node. At a checkpoint that is named and does not have
 * the node due, it is made due in place of what is. Nothing is lost: what came after stays in the store. Throws `UNKNOWN_TARGET`,
 * `NOT_FOUND` where the node was never due, and as `restore` and `editAs` do.
 */
export function standBefore(session: RunSession, store: Runs, { node, checkpoint, replay = RECORDED, actor }: FromNode): void {
  if (!session.plan.nodes.has(node)) throw thrownOf(unknownTarget(`The run is to go on from "${node}"`, node));
  const terms = { ...replay, live: [...new Set([...(replay.live ?? []), node])] }; // invariant 1
  const found = checkpoint ?? lastBefore(store, session.head, node);
  if (found === undefined) throw neverDue(session.id, node);
  const named = store.load(found);
  if (named.run !== session.id) throw new PatchbayError("NOT_FOUND", `Checkpoint ${found} is of another run.`, { checkpoint: found });
  const before = session.head;
  session.restore(found, terms);
  if (checkpoint === undefined || isToRun(store, found, node)) return;
  try {
    if (session.frontier.forced?.[node] !== undefined) session.unforce(node, actor); // that would go before
    session.editAs(node, { writes: {}, goto: [node] }, actor);
  } catch (thrown) {
    session.restore(before); // invariant 2
    throw thrown;
  }
}

/** The newest checkpoint on the way to one from which the node runs next, having asked nothing yet; or after what the policy left out. */
function lastBefore(store: Runs, head: string, node: NodeId): string | undefined {
  return store.atOnce(() => {
    const line = store.lineage(head);
    for (const [place, summary] of line.entries()) {
      if (summary.due.includes(node) && isToRun(store, summary.id, node) && isUnbegun(store, summary.id, node)) return summary.id;
      const parent = line[place + 1];
      if (parent !== undefined && ranBetween(store, summary, parent, node)) return parent.id;
    }
    return undefined;
  });
}

/** Whether the node is due at a checkpoint and has no result there. */
function isToRun(store: Runs, checkpoint: string, node: NodeId): boolean {
  const { run, frontier } = store.load(checkpoint);
  const kept = store.results(run, checkpoint).filter((each): each is StoredResult => !("kept" in each));
  const finished = new Set([...frontier.results, ...kept].map(({ task }) => task));
  return frontier.due.some((task) => task.node === node && !finished.has(task.id));
}

/** Whether the node has asked nothing there: what people decided on it then is asked anew. */
function isUnbegun(store: Runs, checkpoint: string, node: NodeId): boolean {
  const { questions, nested = [], due } = store.load(checkpoint).frontier;
  const begun = new Set([...questions, ...nested].map(({ task }) => task));
  return !due.some((task) => task.node === node && begun.has(task.id));
}

/** Whether the node ran in a superstep that has no checkpoint. */
function ranBetween(store: Runs, summary: CheckpointSummary, parent: CheckpointSummary, node: NodeId): boolean {
  if (summary.superstep - parent.superstep < 2) return false;
  const { channels, frontier } = store.load(summary.id);
  const passed = [...(channels.earlier ?? []), frontier];
  return passed.some(({ routed = [] }) => routed.some((task) => task.node === node));
}

function neverDue(run: string, node: NodeId): PatchbayError {
  const message = `Node "${node}" was never due on the way that run ${run} has come: name a checkpoint to go on from.`;
  return new PatchbayError("NOT_FOUND", message, { run, node });
}
