import { PatchbayError } from "../../../../runtime/errors.js";
import type { Level } from "../branches.js";
import type { Answers } from "../protocol.js";
import { TextPlaces } from "../text-places.js";
import type { SessionParts } from "./session-parts.js";

/** A node that a branch can be moved to. */
interface Target {
  readonly graph: string;
  readonly node: string;
}

/** Putting a branch elsewhere, or at its beginning: nothing is run by that. */
export function replacement({ target, debugged, stage, counting, actor }: SessionParts): Answers<"restartFrame" | "gotoTargets" | "goto"> {
  const targets: Target[] = [];
  return {
    restartFrame: ({ frameId }) => {
      const { run, task } = stage.level(frameId);
      debugged.put(() => run.restart(task.id, actor), "restart");
    },
    gotoTargets: ({ source: { path = "" }, line }) => {
      const file = target.graphAt(path);
      const entry = file === undefined ? undefined : TextPlaces.of(file.parsed).placeAt(counting.toDebugger(line));
      if (file === undefined || entry === undefined || !("node" in entry)) return { targets: [] };
      const { node } = entry;
      const known = targets.findIndex((each) => each.graph === file.path && each.node === node);
      const id = known === -1 ? targets.push({ graph: file.path, node }) : known + 1;
      return { targets: [{ id, label: file.parsed.graph.nodes.get(node)?.label ?? node, line: stage.placeOf(file, node).line }] };
    },
    goto: ({ threadId, targetId }) => {
      const to = targets[targetId - 1];
      if (to === undefined) throw new PatchbayError("NOT_FOUND", "There is no such target.");
      const { run, task } = levelIn(to.graph);
      debugged.put(() => run.move(task.id, to.node, actor), "goto");

      function levelIn(graph: string): Level {
        const level = stage.branch(threadId)?.levels.find((each) => stage.nameOf(each.run) === graph);
        if (level === undefined) throw new PatchbayError("UNKNOWN_TARGET", "The branch does not go through that graph.");
        return level;
      }
    },
  };
}
