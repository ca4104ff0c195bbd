// What the debugger's buttons do to a run.
import type { Moment } from "../../../runtime/run/moment.js";
import type { RunSession } from "../../../runtime/run/session.js";
import { pathOf, type Branch } from "./branches.js";

/** So many moments are looked at before others have their turn. */
const TURN = 256;

/** One superstep of the run that the branch is in; alone: of that branch, and its siblings stand. */
export function stepOver(run: RunSession, branch: Branch | undefined, alone: boolean): Promise<void> {
  const path = branch === undefined ? [] : pathOf(branch);
  return into(run, alone ? path : path.slice(0, -1));
}

/** Into the graph of the branch's task, before its first superstep; of a task that runs no graph, that task alone. */
export function stepIn(run: RunSession, branch: Branch | undefined): Promise<void> {
  return into(run, branch === undefined ? [] : pathOf(branch));
}

/** To the end of the run that the branch is in, and of the superstep around it. */
export function stepOut(run: RunSession, branch: Branch | undefined): Promise<void> {
  return into(run, branch === undefined ? [] : pathOf(branch).slice(0, -2));
}

/** To the end of the superstep before. */
export async function stepBack(run: RunSession): Promise<void> {
  run.back();
}

/** Back to the end of an earlier superstep that `stops`, by what it was and by the moment before it; else to the first. Whether one did. */
export async function backTo(run: RunSession, stops: (moment: Moment, before: Moment) => boolean): Promise<boolean> {
  const { head } = run;
  let supersteps = 0;
  let last: Moment | undefined;
  let stopped = false;
  for (const moment of run.past) {
    stopped = last !== undefined && stops(last, moment);
    if (stopped) break;
    [last, supersteps] = [moment, supersteps + 1];
    if (supersteps % TURN > 0) continue;
    await new Promise(setImmediate);
    if (run.head !== head || run.status === "running") return false; // somebody else has moved it
  }
  if (supersteps > 0) run.back(supersteps);
  return stopped;
}

function into(run: RunSession, [outermost, ...deeper]: readonly string[]): Promise<void> {
  return outermost === undefined ? run.step() : run.stepInto(outermost, ...deeper);
}
