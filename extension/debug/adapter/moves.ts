// What the debugger's buttons do to a run.
import type { RunSession } from "../../../runtime/run/session.js";
import { pathOf, type Branch } from "./branches.js";

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

/** Back to the end of an earlier superstep that `stops`; else to the first. */
export async function backTo(run: RunSession, stops: (run: RunSession) => boolean): Promise<void> {
  while (run.back()) if (stops(run)) return;
}

function into(run: RunSession, [outermost, ...deeper]: readonly string[]): Promise<void> {
  return outermost === undefined ? run.step() : run.stepInto(outermost, ...deeper);
}
