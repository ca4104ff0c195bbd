// Where the palette opens, and where what is chosen there will stand, for those who add by keys, buttons and menus.
import type { Box } from "../../runtime/model/annotation.js";
import type { Position } from "../../runtime/model/graph.js";
import type { GraphView } from "../protocol/views.js";
import { sole, type Selection } from "../store/selection.js";
import type { PalettePlace } from "../store/state.js";
import { below } from "./fit.js";
import { CARD, cardBeside, GRID, middle, places, sizeOf, wayOf } from "./geometry.js";
import { edgeMiddle, middleOfStage, stage, stageOf, type Point } from "./stage.js";

/** From pixels of the page to those of the canvas, and back. */
export interface Scale {
  readonly toFlow: (screen: Point) => Point;
  readonly toScreen: (flow: Point) => Point;
}

/** What the toolbar takes from the top, and what stays free at the sides, in pixels. */
const [ABOVE, BESIDE] = [64, 24];

/** The part of the canvas that can be seen, between toolbar and dock. */
export function viewOf({ toFlow }: Scale): Box {
  const { left, top, right, bottom } = stage()?.getBoundingClientRect() ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const [from, to] = [toFlow({ x: left + BESIDE, y: top + ABOVE }), toFlow({ x: right - BESIDE, y: bottom - below() })];
  return [from.x, from.y, to.x - from.x, to.y - from.y];
}

/** A place on the canvas, and what of the canvas can be seen there. */
export interface Spot {
  readonly at: Position;
  readonly view: Box;
}

/** Where something is added that names no place: around the pointer while that is over the canvas, or else in the middle of the stage. */
export function spotAt(screen: Point | undefined, scale: Scale): Spot {
  const { x, y } = scale.toFlow(screen ?? middleOfStage());
  return { at: [x, y], view: viewOf(scale) };
}

/** The same for the palette, which opens there; a card is put in the middle around it. */
export function placeAt(screen: Point | undefined, scale: Scale): PalettePlace {
  const { at, view } = spotAt(screen, scale);
  return { ...stageOf(screen ?? middleOfStage()), position: [at[0] - CARD.width / 2, at[1] - CARD.height / 2], view };
}

/** On the one edge that is selected; undefined where none is, or it is not drawn. */
export function placeOnEdge(selection: Selection, scale: Scale): PalettePlace | undefined {
  const one = sole(selection);
  return one === undefined || !("edge" in one) ? undefined : placeOn(one.edge, scale);
}

/** On an edge, in the middle of its way. */
export function placeOn(edge: string, scale: Scale): PalettePlace | undefined {
  const screen = edgeMiddle(edge);
  return screen === undefined ? undefined : { ...placeAt(screen, scale), edge };
}

/** How far a new node stands from the one that it is connected with. */
const BEHIND = 4 * GRID;

/** Behind a node, or before it, and connected. */
export function placeBeside(graph: GraphView, node: string, port: "out" | "in", { toScreen }: Scale): PalettePlace | undefined {
  const at = places(graph).get(node);
  if (at === undefined) return undefined;
  const size = sizeOf(node);
  const away = (from: number, length: number): number => (port === "out" ? from + length + BEHIND : from - BEHIND);
  const [x, y] = middle(node, at);
  const beside: Position = wayOf(graph) === "left-to-right" ? [away(at[0], size.width), y] : [x, away(at[1], size.height)];
  const position = cardBeside(graph, beside, port);
  return { ...stageOf(toScreen({ x: position[0], y: position[1] })), position, looseEnd: { node, port } };
}
