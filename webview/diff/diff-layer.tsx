import { ViewportPortal } from "reactflow";
import { useCanvas } from "../store/context.js";
import { EdgeMarks } from "./edge-marks.js";
import { Ghosts } from "./ghosts.js";
import { NodeMarks } from "./node-marks.js";
import { useLinkedView } from "./use-linked-view.js";
import { useLookAtSelected } from "./use-look-at-selected.js";

/** What a canvas that is compared with another draws of how they differ, around its nodes and edges. */
export function DiffLayer(): React.ReactElement | null {
  const compared = useCanvas((state) => state.diff !== undefined);
  return compared ? <OpenDiffLayer /> : null;
}

function OpenDiffLayer(): React.ReactElement {
  useLinkedView();
  useLookAtSelected();
  return (
    <ViewportPortal>
      <Ghosts />
      <EdgeMarks />
      <NodeMarks />
    </ViewportPortal>
  );
}
