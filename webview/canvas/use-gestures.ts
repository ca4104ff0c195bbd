// Pointer gestures: what React Flow reports becomes selection, drag positions, or intents.
import { useMemo, useRef } from "react";
import { useStoreApi, type EdgeChange, type FinalConnectionState, type NodeChange, type ReactFlowProps } from "reactflow";
import { useServices } from "../store/context.js";
import { nothing, type SelectionChange } from "../store/selection.js";
import type { Held } from "../store/state.js";
import { showDetails } from "../inspector/show-details.js";
import { placeAt } from "./add-place.js";
import { startNaming } from "./annotations/start-naming.js";
import type { FlowEdge, ShownNode } from "./flow-types.js";
import { cardBeside } from "./geometry.js";
import { useNodeDrag } from "./held/use-node-drag.js";
import { pointIn, stageOf } from "./stage.js";
import { connectIntents, reconnectIntents } from "./to-intents.js";
import { letGo } from "./unmounted.js";
import { useScale } from "./use-scale.js";

type Gestures = Pick<
  ReactFlowProps<ShownNode, FlowEdge>,
  | "onNodesChange"
  | "onEdgesChange"
  | "onNodeDragStart"
  | "onNodeDrag"
  | "onNodeDragStop"
  | "onSelectionDragStart"
  | "onSelectionDrag"
  | "onSelectionDragStop"
  | "onSelectionStart"
  | "onSelectionEnd"
  | "onPointerDownCapture"
  | "onConnect"
  | "onConnectStart"
  | "onConnectEnd"
  | "onReconnect"
  | "onReconnectStart"
  | "onReconnectEnd"
  | "onNodeDoubleClick"
  | "onEdgeDoubleClick"
  | "onDoubleClick"
  | "onMoveEnd"
  | "onPaneClick"
>;

/** Handlers for React Flow, the same objects for the life of the canvas. */
export function useGestures(): Gestures {
  const { store, host, session } = useServices();
  const scale = useScale();
  const flowStore = useStoreApi();
  const reconnecting = useRef(false);
  /** What was selected when the pointer went down: React Flow forgets it before it says that somebody draws a frame. */
  const before = useRef(nothing);
  const drags = useNodeDrag();
  return useMemo(() => {
    const draw = (): void => store.getState().hold({ what: "edge", before: store.getState().selection, adding: false });
    const offer = (event: MouseEvent | TouchEvent, { fromNode, fromHandle, toNode }: FinalConnectionState): void => {
      const { cancelling, letGo: release } = store.getState();
      release();
      if (cancelling || fromNode === null || fromHandle === null || toNode !== null || reconnecting.current) return;
      const screen = pointIn(event);
      const { x, y } = scale.toFlow(screen);
      const port = fromHandle.type === "source" ? "out" : "in";
      const { shown } = store.getState();
      if (shown === undefined) return;
      const position = cardBeside(shown, [x, y], port);
      store.getState().openPalette({ ...stageOf(screen), position, looseEnd: { node: fromNode.id, port } });
    };
    /** What is let go where something is selected alone, and React Flow does not know of it. */
    const unknownTo = (changes: readonly (NodeChange | EdgeChange)[]): Record<"nodes" | "edges", readonly SelectionChange[]> => {
      const { multiSelectionActive, userSelectionActive, nodeLookup, edgeLookup } = flowStore.getState();
      const isAlone = !multiSelectionActive && !userSelectionActive && changes.some((change) => isSelect(change) && change.selected);
      const { nodes, edges } = store.getState().selection;
      return isAlone ? { nodes: letGo(nodes, nodeLookup), edges: letGo(edges, edgeLookup) } : { nodes: [], edges: [] };
    };
    return {
      ...drags,
      onPointerDownCapture: () => {
        before.current = store.getState().selection;
      },
      onNodesChange: (changes) => {
        const { held, changeSelection } = store.getState();
        const { nodes, edges } = unknownTo(changes);
        changeSelection(staying([...nodes, ...changes.filter(isSelect)], held, "nodes"), edges);
      },
      onEdgesChange: (changes) => {
        const { held, changeSelection } = store.getState();
        const { nodes, edges } = unknownTo(changes);
        changeSelection(nodes, staying([...edges, ...changes.filter(isSelect)], held, "edges"));
      },
      onSelectionStart: (event) => {
        const adding = event.shiftKey || event.ctrlKey || event.metaKey;
        const { hold, select } = store.getState();
        hold({ what: "frame", before: before.current, adding });
        if (adding) select(before.current);
      },
      onSelectionEnd: () => store.getState().letGo(),
      onConnectStart: draw,
      onConnect: ({ source, target }) => {
        const { shown, cancelling, edit } = store.getState();
        if (shown !== undefined && !cancelling) edit(connectIntents(shown, { from: source, to: target }));
      },
      onConnectEnd: offer,
      onReconnectStart: () => {
        reconnecting.current = true;
        draw();
      },
      onReconnectEnd: () => {
        reconnecting.current = false;
        store.getState().letGo();
      },
      onReconnect: (edge, { source, target }) => {
        const { cancelling, edit } = store.getState();
        if (!cancelling) edit(reconnectIntents(edge.data.view, { from: source, to: target }));
      },
      onNodeDoubleClick: (event, node) => {
        if (node.type === "note" || node.type === "frame") return startNaming(store, node.id);
        const card = node.type === "card" ? node.data.view : undefined;
        if (card?.kind === "code") host.command("handler/open", { node: node.id });
        else if (typeof card?.fields["graph"] === "string") {
          const beside = event.ctrlKey || event.metaKey || event.altKey;
          host.command("graph/open", { node: node.id, ...(beside ? { beside } : {}) });
        } else showDetails(store);
      },
      onEdgeDoubleClick: () => showDetails(store),
      onDoubleClick: (event) => {
        if (!(event.target instanceof Element) || !event.target.classList.contains("react-flow__pane")) return;
        store.getState().openPalette(placeAt({ x: event.clientX, y: event.clientY }, scale));
      },
      onPaneClick: () => {
        const { closePalette, select } = store.getState();
        closePalette();
        select(nothing); // of a large graph React Flow would let go only of what has elements
      },
      // Without an event nobody moved the view: whoever asked for that knows whether it is to stay.
      onMoveEnd: (event, viewport) => event instanceof Event && session.keepViewport(viewport),
    };
  }, [store, host, session, drags, scale, flowStore]);
}

function isSelect<Change extends NodeChange<ShownNode> | EdgeChange<FlowEdge> | NodeChange | EdgeChange>(
  change: Change,
): change is Extract<Change, { type: "select" }> {
  return change.type === "select";
}

/** The changes that count: what a frame adds to stays selected outside of it. */
function staying(changes: readonly SelectionChange[], held: Held | undefined, of: "nodes" | "edges"): readonly SelectionChange[] {
  if (held?.what !== "frame" || !held.adding) return changes;
  return changes.filter(({ id, selected }) => selected || !held.before[of].includes(id));
}
