import { PatchbayError } from "../errors.js";
import type { Graph } from "../model/graph.js";
import type { NodeId } from "../model/ids.js";
import type { RunSession } from "../run/session.js";
import type { Option } from "./command.js";

/** `--until NODE` of commands that run. */
export const untilOption: Option = { value: "NODE", help: "Pause before NODE is run." };

/** The node that an option names. Throws `USAGE` for one that the graph does not have. */
export function readNode(option: "until" | "node" | "from", given: string | undefined, graph: Graph): NodeId | undefined {
  if (given === undefined || graph.nodes.has(given)) return given;
  const known = [...graph.nodes.keys()].sort().join(", ");
  throw new PatchbayError("USAGE", `--${option} ${given}: the graph has no node "${given}"; its nodes are ${known}.`);
}

/** Where a run is to pause. */
export interface Goal {
  /** Whether the run stands before the node now. */
  readonly reached: boolean;
  release(): void;
}

/** Drains a run as soon as the node is due. */
export function pauseBefore(node: NodeId | undefined, session: Pick<RunSession, "frontier" | "onTrace" | "drain">): Goal {
  const isDue = (): boolean => !session.frontier.open && session.frontier.due.some((task) => task.node === node);
  if (node === undefined) return { reached: false, release: () => undefined };
  const release = session.onTrace((event) => {
    if (event.type === "superstep-finished" && isDue()) void session.drain();
  });
  return {
    get reached() {
      return isDue();
    },
    release,
  };
}
