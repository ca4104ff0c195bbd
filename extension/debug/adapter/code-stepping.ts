// Stepping into the code of a node: a debugger of JavaScript beside this one, for as long as its handler takes.
//
// 1. The handler never waits in vain: where that debugger does not start, it goes on without one.
import type { RunSession } from "../../../runtime/run/session.js";
import type { Branch, Level } from "./branches.js";
import { stepIn } from "./moves.js";
import type { DebugTarget } from "./target.js";

/** Into the graph of the branch's task, or, where the target can, into its handler; of any other task, that task alone. */
export async function stepInto(target: DebugTarget, run: RunSession, branch: Branch | undefined): Promise<void> {
  const level = branch?.levels[0];
  const forget = level === undefined ? undefined : watchFor(target, level);
  try {
    await stepIn(run, branch);
  } finally {
    forget?.();
  }
}

function watchFor(target: DebugTarget, { run, task }: Level): (() => void) | undefined {
  const { code } = target;
  if (code === undefined || run.plan.nodes.get(task.node)?.kind !== "code") return undefined;
  const label = target.graph(run.within)?.parsed.graph.nodes.get(task.node)?.label ?? task.node;
  return code.inspect(run, task.node, {
    opened: (address, release) => void code.attach(label, address).then((attached) => attached || release()), // invariant 1
    closed: () => {}, // the session ends with what it is attached to
  });
}
