import { useMemo, useState } from "react";
import { useStore, type Viewport } from "reactflow";
import type { Outlines } from "../picture/outlines.js";
import { useCanvas } from "../store/context.js";
import type { Selection } from "../store/selection.js";
import { MANY } from "./detail.js";
import type { Flow } from "./flow-types.js";
import type { Hit } from "./hit.js";
import type { Box } from "./ports.js";
import { Mounting, type Kept, type Mounted } from "./mounted.js";
import { useDetail } from "./use-detail.js";
import { useUnderPointer } from "./use-under-pointer.js";

/** Of a selection no more than so many nodes and edges keep their elements where all others have none. */
const FEW = 20;

/** What React Flow is given of a flow, and whether the rest is drawn. */
export interface Shown extends Mounted {
  readonly drawn: boolean;
  /** The part that has elements, while more than that is in view and is drawn. */
  readonly beyond: Box | undefined;
  readonly outlines: Outlines;
}

/** All of a graph that is not large; of a large one what is in view, `first` to begin with, or where a hand is. */
export function useMounted(flow: Flow, first: Viewport | undefined): Shown {
  const [mounting] = useState(() => new Mounting());
  const { outlines } = mounting;
  const detail = useDetail(flow.nodes.length > MANY, first);
  const drawn = detail?.drawn === true;
  const hit = useUnderPointer(drawn, flow, outlines);
  const kept = useKept(hit);
  const { nodes, edges } = useMemo(() => mounting.of(flow, detail, kept), [mounting, flow, detail, kept]);
  const beyond = detail?.drawn === false && detail.beyond === true ? detail.within : undefined;
  return { nodes, edges, drawn, beyond, outlines };
}

function useKept(hit: Hit): Kept {
  const selection = useCanvas((state) => state.selection);
  const drag = useCanvas((state) => state.drag);
  const renaming = useCanvas((state) => state.renaming);
  const connecting = useStore(({ connection }) => (connection.inProgress ? connection.fromNode.id : undefined));
  const dragged = Object.keys(drag ?? {})
    .slice(0, FEW)
    .join(" ");
  return useMemo(() => {
    const few = ({ nodes, edges }: Selection): Selection =>
      nodes.length + edges.length > FEW ? { nodes: [], edges: [] } : { nodes, edges };
    const { nodes, edges } = few(selection);
    const others = [hit.node, renaming, connecting, ...dragged.split(" ")].filter((id) => id !== undefined && id !== "");
    return {
      nodes: new Set([...nodes, ...(others as string[])]),
      edges: new Set([...edges, ...(hit.edge === undefined ? [] : [hit.edge])]),
    };
  }, [selection, dragged, renaming, connecting, hit]);
}
