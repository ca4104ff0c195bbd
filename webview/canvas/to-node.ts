// A card or a terminal as React Flow is given it. Pure.
import { Position as Side } from "reactflow";
import type { Position } from "../../runtime/model/graph.js";
import { END, START } from "../../runtime/model/ids.js";
import type { Orientation } from "../../runtime/model/orientation.js";
import type { NodeView } from "../protocol/views.js";
import { attributes } from "./attributes.js";
import { breakpointsOf } from "./breakpoints.js";
import type { CardData, CardNode, FlowNode, TerminalData, TerminalNode } from "./flow-types.js";
import { CARD, TERMINAL } from "./geometry.js";
import { menuOf } from "./menus.js";
import { portAt } from "./port-at.js";
import { sameItems } from "./same.js";
import { spokenElsewhere, spokenNode } from "./spoken.js";

/** A terminal's pill is lower than its box, which is as high as a card; nodes.css says the same. */
const ABOVE_PILL = 15;

/** Ports of cards and terminals, and the sides that they are at, by the way the graph runs. */
const sides = {
  "left-to-right": sidesAt(Side.Left, Side.Right),
  "top-to-bottom": sidesAt(Side.Top, Side.Bottom),
} as const;

function sidesAt(into: Side, out: Side) {
  const both = { targetPosition: into, sourcePosition: out };
  const start = [portAt(out, "source", TERMINAL, ABOVE_PILL)];
  const end = [portAt(into, "target", TERMINAL, ABOVE_PILL)];
  return { both, card: [portAt(into, "target", CARD), portAt(out, "source", CARD)], start, end };
}

/** A card; `old` itself where it looks the same, and with the same `data` where it only moved. */
export function card(seen: CardData, [x, y]: Position, selected: boolean, way: Orientation, old: FlowNode | undefined): CardNode {
  const { both, card: handles } = sides[way];
  if (old?.type === "card" && old.handles === handles && sameCard(old.data, seen)) {
    if (old.position.x === x && old.position.y === y && old.selected === selected) return old;
    return { ...old, position: { x, y }, selected };
  }
  return {
    id: seen.view.id,
    type: "card",
    position: { x, y },
    selected,
    ...CARD,
    measured: CARD,
    ...both,
    handles,
    data: seen,
    ariaLabel: spokenNode(seen),
    domAttributes: attributes({
      status: seen.run?.status ?? "idle",
      stale: String(seen.stale !== undefined),
      kind: seen.view.kind,
      ...menuOf({
        webviewSection: "node",
        node: seen.view.id,
        kind: seen.view.kind,
        opens: opensOf(seen.view),
        overridden: seen.elsewhere !== undefined,
        replay: seen.live ? "live" : "recorded",
        breakpoint: breakpointsOf(seen.breakpoints),
      }),
    }),
  };
}

/** What can be opened of a node. */
function opensOf({ fields }: CardData["view"]): "graph" | "handler" | "nothing" {
  if (typeof fields["graph"] === "string") return "graph";
  return typeof fields["handler"] === "string" ? "handler" : "nothing";
}

function sameCard(a: CardData, b: CardData): boolean {
  return (
    sameView(a.view, b.view) &&
    a.run === b.run &&
    a.question === b.question &&
    a.join === b.join &&
    a.stale === b.stale &&
    a.live === b.live &&
    a.breakpoints === b.breakpoints &&
    a.paused === b.paused &&
    sameItems(a.elsewhere ?? [], b.elsewhere ?? []) &&
    sameItems(a.problems, b.problems)
  );
}

/** Whether two views of a node show the same, wherever it stands. */
function sameView(a: NodeView, b: NodeView): boolean {
  return a === b || (a.kind === b.kind && a.label === b.label && a.summary === b.summary && a.fields === b.fields);
}

/** A terminal, in the same way. */
export function terminal(
  seen: TerminalData,
  [x, y]: Position,
  selected: boolean,
  way: Orientation,
  old: FlowNode | undefined,
): TerminalNode {
  const { both, start, end } = sides[way];
  const handles = seen.end === "start" ? start : end;
  if (old?.type === "terminal" && old.handles === handles && sameItems(old.data.elsewhere ?? [], seen.elsewhere ?? [])) {
    if (old.position.x === x && old.position.y === y && old.selected === selected) return old;
    return { ...old, position: { x, y }, selected };
  }
  const common = { type: "terminal", position: { x, y }, selected, ...TERMINAL, measured: TERMINAL, ...both, handles, data: seen } as const;
  if (seen.end === "end") return { ...common, id: END, ariaLabel: "End of the graph" };
  const menu = menuOf({ webviewSection: "node", node: START, overridden: seen.elsewhere !== undefined });
  const ariaLabel = ["Start of the graph", ...spokenElsewhere(seen.elsewhere)].join(", ");
  return { ...common, id: START, ariaLabel, domAttributes: attributes(menu) };
}
