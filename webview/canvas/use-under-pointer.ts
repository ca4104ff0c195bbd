import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useReactFlow, useStoreApi } from "reactflow";
import type { Outlines } from "../picture/outlines.js";
import type { Flow } from "./flow-types.js";
import { hitAt, type Hit } from "./hit.js";
import { exact } from "./stage.js";

/** How near a pointer is to be to an edge, in pixels of the screen. */
const REACH = 6;
const nothing: Hit = {};

/**
 * The node or edge at the pointer, where the graph is drawn: it gets elements there before a button can be pressed, so that whatever a
 * hand does to it is done as if all of the graph had them.
 */
export function useUnderPointer(isDrawn: boolean, flow: Flow, outlines: Outlines): Hit {
  const [hit, setHit] = useState(nothing);
  const flowStore = useStoreApi();
  const { screenToFlowPosition } = useReactFlow();
  const latest = useRef({ flow, hit });
  useEffect(() => {
    latest.current = { flow, hit };
  });
  useEffect(() => {
    const { domNode } = flowStore.getState();
    if (!isDrawn || domNode === null) return;
    const look = (event: PointerEvent): void => {
      const { transform, connection } = flowStore.getState();
      if (event.buttons !== 0 && !connection.inProgress) return; // whatever is held stays as it is
      const { flow: now, hit: before } = latest.current;
      const place = screenToFlowPosition({ x: event.clientX, y: event.clientY }, exact);
      const next = hitAt(now, outlines.of(now), place, REACH / transform[2]);
      if (next.node !== before.node || next.edge !== before.edge) flushSync(() => setHit(next));
    };
    domNode.addEventListener("pointermove", look);
    return () => domNode.removeEventListener("pointermove", look);
  }, [isDrawn, outlines, flowStore, screenToFlowPosition]);
  return isDrawn ? hit : nothing;
}
