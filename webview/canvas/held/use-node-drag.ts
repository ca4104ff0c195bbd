// Nodes that are dragged: they snap to guides and to the grid, and a node that stands alone can be put onto an edge.
import { useMemo } from "react";
import { useReactFlow, useStoreApi, type ReactFlowInstance, type ReactFlowProps } from "reactflow";
import type { Intent } from "../../../runtime/document/intent.js";
import type { Position } from "../../../runtime/model/graph.js";
import type { GraphView } from "../../protocol/views.js";
import { useServices } from "../../store/context.js";
import { applyIntents } from "../../store/optimistic.js";
import type { CanvasState } from "../../store/state.js";
import type { CanvasStore } from "../../store/store.js";
import { drawn, movesOf, withoutGroups } from "../annotations/boxes.js";
import { regroupIntents, regrouped } from "../annotations/membership.js";
import { spokenRegrouping } from "../annotations/spoken-annotations.js";
import { seen, type Sight } from "../detail.js";
import type { FlowEdge, ShownNode } from "../flow-types.js";
import { CARD, middle, sizeOf, snapped } from "../geometry.js";
import { BoxIndex } from "../guides/box-index.js";
import { guided } from "../guides/find-guides.js";
import { insertIntents, isAlone, roomOn } from "../insert.js";
import type { Box } from "../ports.js";
import { moveIntents } from "../to-intents.js";
import { withRest } from "../unmounted.js";
import { edgeAt } from "./edge-at.js";
import { Paced } from "./paced.js";

type Drags = Pick<
  ReactFlowProps<ShownNode, FlowEdge>,
  "onNodeDragStart" | "onNodeDrag" | "onNodeDragStop" | "onSelectionDragStart" | "onSelectionDrag" | "onSelectionDragStop"
>;
type DragEvent = Pick<MouseEvent, "altKey" | "ctrlKey" | "metaKey">;

/** How far a guide draws, in pixels of the page: a little more than the grid. */
const REACH = 11;
/** Below this zoom nobody sees what lines up: a guide would draw from far away, and from one that was not meant. */
const GUIDED_FROM = 0.5;
/** How far away nodes still count, in canvas pixels, beyond what is in view. */
const NEAR = 1200;

/** What stands around what is dragged, found out once: it stays where it is. */
interface Around {
  readonly index: BoxIndex;
  readonly boxes: ReturnType<typeof drawn>;
}

/** Handlers for React Flow, the same objects for the life of the canvas. */
export function useNodeDrag(): Drags {
  const { store } = useServices();
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  return useMemo(() => drags(store, flow, flowStore), [store, flow, flowStore]);
}

function drags(
  store: CanvasStore,
  flow: Pick<ReactFlowInstance, "getZoom" | "flowToScreenPosition">,
  flowStore: { getState(): Sight },
): Drags {
  let around: Around | undefined;
  const start = (nodes: readonly ShownNode[]): void => {
    const { shown, selection, hold } = store.getState();
    if (shown !== undefined) around = { index: BoxIndex.of(shown, new Set(withoutGroups(shown, idsOf(nodes)))), boxes: drawn(shown) };
    hold({ what: "nodes", before: selection, adding: false });
  };
  const drag = (event: DragEvent, node: ShownNode | undefined, nodes: readonly ShownNode[]): void => {
    const { shown, held, selection, dragTo, guideBy, receiveOn } = store.getState();
    if (node === undefined || shown === undefined || held === undefined || around === undefined) return;
    const { index, boxes } = around;
    const [, , width, height] = boxes.get(node.id) ?? [0, 0, CARD.width, CARD.height];
    const raw = { ...node.position, width, height };
    const zoom = flow.getZoom();
    const near = event.altKey || zoom < GUIDED_FROM ? [] : index.near(areaOf(raw, flowStore.getState()));
    const { x, y, ...guides } = guided(raw, near, REACH / zoom);
    const [dx, dy] = [x - raw.x, y - raw.y];
    const positions = Object.fromEntries(nodes.map(({ id, position }) => [id, [position.x + dx, position.y + dy] as const]));
    dragTo(withRest(movesOf(shown, positions), selection, shown));
    guideBy(guides.lines.length + guides.gaps.length === 0 ? undefined : guides);
    receiveOn(receiver(shown, event, nodes, [x, y], flow.flowToScreenPosition));
  };
  const paced = new Paced(drag);
  const drop = (): void => {
    paced.flush();
    const state = store.getState();
    const { shown, drag: positions, edit, say, letGo } = state;
    if (shown !== undefined && positions !== undefined) {
      edit(dropIntents(shown, state, positions));
      const changes = regrouped(shown, positions);
      if (changes.size > 0) say(spokenRegrouping(shown, changes));
    }
    letGo();
    around = undefined;
  };
  return {
    onNodeDragStart: (_event, _node, nodes) => start(nodes),
    onSelectionDragStart: (_event, nodes) => start(nodes),
    onNodeDrag: (event, node, nodes) => paced.call(event, node, nodes),
    onSelectionDrag: (event, nodes) => paced.call(event, nodes[0], nodes),
    onNodeDragStop: drop,
    onSelectionDragStop: drop,
  };
}

function idsOf(nodes: readonly ShownNode[]): readonly string[] {
  return nodes.map(({ id }) => id);
}

/** The moves, with the groups that they lead to, and what the edge under a single node becomes; one edit. */
export function dropIntents(
  graph: GraphView,
  { receiving }: Pick<CanvasState, "receiving">,
  positions: Readonly<Record<string, Position>>,
): Intent[] {
  const [id] = Object.keys(positions);
  const place = id === undefined ? undefined : positions[id];
  const edge = graph.edges.find((each) => each.id === receiving);
  if (edge === undefined || id === undefined || place === undefined)
    return [...moveIntents(graph, positions), ...regroupIntents(graph, regrouped(graph, positions))];
  const room = roomOn(graph, edge, snapped(place), sizeOf(id));
  const { [id]: _own, ...others } = room.moves;
  const moves = moveIntents(graph, { ...others, [id]: room.position });
  const inserted = insertIntents(applyIntents(graph, moves), edge, { entries: [id], exits: [id] });
  return [...moves, ...regroupIntents(graph, regrouped(graph, { [id]: room.position })), ...inserted];
}

/** The edge that a node would be put onto: one alone, that nothing is connected with, or any with Ctrl. */
function receiver(
  graph: GraphView,
  event: DragEvent,
  nodes: readonly ShownNode[],
  position: Position,
  toScreen: (flow: { x: number; y: number }) => { x: number; y: number },
): string | undefined {
  const [node, ...more] = nodes;
  if (node?.type !== "card" || more.length > 0) return undefined;
  if (!event.ctrlKey && !event.metaKey && !isAlone(graph, node.id)) return undefined;
  const [x, y] = middle(node.id, position);
  const id = edgeAt(toScreen({ x, y }));
  const edge = graph.edges.find((each) => each.id === id);
  return edge === undefined || edge.from === node.id || edge.to === node.id ? undefined : edge.id;
}

/** What is in view, and not too far away. Asks the page nothing: it would have to be laid out anew with each move. */
function areaOf({ x, y }: { readonly x: number; readonly y: number }, sight: Sight): Box {
  const view = seen(sight);
  const [left, top] = [Math.max(view.x, x - NEAR), Math.max(view.y, y - NEAR)];
  const right = Math.min(view.x + view.width, x + NEAR + CARD.width);
  const bottom = Math.min(view.y + view.height, y + NEAR + CARD.height);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}
