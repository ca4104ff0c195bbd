// Pointer gestures: what React Flow reports becomes selection, drag positions, or intents.
import { useMemo, useRef } from "react";
import { useReactFlow, type EdgeChange, type FinalConnectionState, type NodeChange, type ReactFlowProps } from "reactflow";
import type { Position } from "../../runtime/model/graph.js";
import { useServices } from "../store/context.js";
import { showDetails } from "../inspector/show-details.js";
import type { FlowEdge, FlowNode } from "./flow-types.js";
import { CARD } from "./geometry.js";
import { exact, pointIn, stageOf } from "./stage.js";
import { connectIntents, moveIntents, reconnectIntents } from "./to-intents.js";

type Gestures = Pick<
  ReactFlowProps<FlowNode, FlowEdge>,
  | "onNodesChange"
  | "onEdgesChange"
  | "onNodeDragStop"
  | "onSelectionDragStop"
  | "onConnect"
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
  const { screenToFlowPosition } = useReactFlow();
  const reconnecting = useRef(false);
  return useMemo(() => {
    const drop = (): void => {
      const { shown, drag, edit, endDrag } = store.getState();
      if (shown !== undefined && drag !== undefined) edit(moveIntents(shown, drag));
      endDrag();
    };
    const offer = (event: MouseEvent | TouchEvent, { fromNode, fromHandle, toNode }: FinalConnectionState): void => {
      if (fromNode === null || fromHandle === null || toNode !== null || reconnecting.current) return;
      const screen = pointIn(event);
      const { x, y } = screenToFlowPosition(screen, exact);
      const port = fromHandle.type === "source" ? "out" : "in";
      const position: Position = [port === "out" ? x : x - CARD.width, y - CARD.height / 2];
      store.getState().openPalette({ ...stageOf(screen), position, looseEnd: { node: fromNode.id, port } });
    };
    return {
      onNodesChange: (changes) => {
        const { dragTo, changeSelection } = store.getState();
        const moved = changes.flatMap((change) =>
          change.type === "position" && change.dragging === true && change.position
            ? [[change.id, [change.position.x, change.position.y]] as const]
            : [],
        );
        if (moved.length > 0) dragTo(Object.fromEntries(moved));
        changeSelection(changes.filter(isSelect), []);
      },
      onEdgesChange: (changes) => store.getState().changeSelection([], changes.filter(isSelect)),
      onNodeDragStop: drop,
      onSelectionDragStop: drop,
      onConnect: ({ source, target }) => {
        const { shown, edit } = store.getState();
        if (shown !== undefined) edit(connectIntents(shown, { from: source, to: target }));
      },
      onConnectEnd: offer,
      onReconnectStart: () => {
        reconnecting.current = true;
      },
      onReconnectEnd: () => {
        reconnecting.current = false;
      },
      onReconnect: (edge, { source, target }) => store.getState().edit(reconnectIntents(edge.data.view, { from: source, to: target })),
      onNodeDoubleClick: (_event, node) => {
        const card = node.type === "card" ? node.data.view : undefined;
        if (card?.kind === "code") host.command("handler/open", { node: node.id });
        else if (typeof card?.fields["graph"] === "string") host.command("graph/open", { node: node.id });
        else showDetails(store);
      },
      onEdgeDoubleClick: () => showDetails(store),
      onDoubleClick: (event) => {
        if (!(event.target instanceof Element) || !event.target.classList.contains("react-flow__pane")) return;
        const screen = { x: event.clientX, y: event.clientY };
        const { x, y } = screenToFlowPosition(screen, exact);
        store.getState().openPalette({ ...stageOf(screen), position: [x - CARD.width / 2, y - CARD.height / 2] });
      },
      onPaneClick: () => store.getState().closePalette(),
      // Without an event nobody moved the view: whoever asked for that knows whether it is to stay.
      onMoveEnd: (event, viewport) => event instanceof Event && session.keepViewport(viewport),
    };
  }, [store, host, session, screenToFlowPosition]);
}

function isSelect<Change extends NodeChange<FlowNode> | EdgeChange<FlowEdge>>(
  change: Change,
): change is Extract<Change, { type: "select" }> {
  return change.type === "select";
}
