import "./plus.css";
import { useLayoutEffect, useRef } from "react";
import { useStore, ViewportPortal } from "reactflow";
import type { Position } from "../../../runtime/model/graph.js";
import type { Orientation } from "../../../runtime/model/orientation.js";
import { useCanvas, useServices } from "../../store/context.js";
import { sole } from "../../store/selection.js";
import type { PalettePlace } from "../../store/state.js";
import { placeBeside, placeOn } from "../add-place.js";
import { edgePath } from "../elements.js";
import { places, sizeOf, wayOf } from "../geometry.js";
import { Icon } from "../icon.js";
import type { Point } from "../stage.js";
import { useScale } from "../use-scale.js";
import { useHovered, type Hovered } from "./use-hovered.js";

/** Below this zoom a plus would cover what it belongs to. */
const FAR = 0.5;

/** The plus on the edge or port that the pointer is on, or on the edge that is selected. */
export function PlusButtons(): React.ReactElement | null {
  const hovered = useHovered();
  const selected = useCanvas((state) => soleEdge(sole(state.selection)));
  const quiet = useCanvas((state) => state.held !== undefined || state.palette !== undefined || state.shown?.readOnly !== false);
  const near = useStore(({ transform: [, , zoom] }) => zoom >= FAR);
  const on: Hovered | undefined = hovered ?? (selected === undefined ? undefined : { edge: selected });
  if (on === undefined || quiet || !near) return null;
  return "edge" in on ? <EdgePlus key={on.edge} edge={on.edge} /> : <PortPlus node={on.node} port={on.port} />;
}

function soleEdge(one: ReturnType<typeof sole>): string | undefined {
  return one !== undefined && "edge" in one ? one.edge : undefined;
}

function EdgePlus({ edge }: { readonly edge: string }): React.ReactElement {
  const { store } = useServices();
  const scale = useScale();
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // Where the edge is drawn is known once it is.
    const place = (): void => putAt(button.current, besidePill(edge));
    place();
    return store.subscribe((state, before) => {
      if (state.shown !== before.shown) requestAnimationFrame(place);
    });
  }, [edge, store]);
  const open = (): void => openAt(placeOn(edge, scale), store.getState().openPalette);
  return <Plus ref={button} label="Add a node on this edge (Tab)" of={edge} open={open} />;
}

function PortPlus({ node, port }: { readonly node: string; readonly port: "out" | "in" }): React.ReactElement | null {
  const { store } = useServices();
  const scale = useScale();
  const shown = useCanvas((state) => state.shown);
  const place = shown === undefined ? undefined : places(shown).get(node);
  if (shown === undefined || place === undefined) return null;
  const at = besidePort(wayOf(shown), port, place, sizeOf(node));
  const label = port === "out" ? "Add a node behind this one (Ctrl+Enter)" : "Add a node before this one";
  return (
    <Plus
      at={at}
      label={label}
      of={`${node} ${port}`}
      open={() => openAt(placeBeside(shown, node, port, scale), store.getState().openPalette)}
    />
  );
}

/** How far the plus of a port stands from it: out of the way of the edge, and near enough for the pointer. */
const [OUTWARD, ASIDE] = [14, 15];

function besidePort(way: Orientation, port: "out" | "in", [x, y]: Position, { width, height }: { width: number; height: number }): Point {
  const [far, outward] = port === "out" ? [1, OUTWARD] : [0, -OUTWARD];
  if (way === "left-to-right") return { x: x + far * width + outward, y: y + height / 2 + ASIDE };
  return { x: x + width / 2 + ASIDE, y: y + far * height + outward };
}

function openAt(place: PalettePlace | undefined, open: (place: PalettePlace) => void): void {
  if (place !== undefined) open(place);
}

interface PlusProps {
  readonly ref?: React.Ref<HTMLButtonElement>;
  /** In canvas pixels; absent where whoever has its element puts it somewhere. */
  readonly at?: Point;
  readonly label: string;
  readonly of: string;
  readonly open: () => void;
}

function Plus({ ref, at, label, of, open }: PlusProps): React.ReactElement {
  return (
    <ViewportPortal>
      <button
        ref={ref}
        type="button"
        className="plus nodrag nopan"
        aria-label={label}
        title={label}
        tabIndex={-1}
        data-plus={of}
        style={at === undefined ? undefined : { transform: moved(at) }}
        onClick={open}
      >
        <Icon name="add" />
      </button>
    </ViewportPortal>
  );
}

function putAt(element: HTMLElement | null, at: Point | undefined): void {
  if (element === null) return;
  element.hidden = at === undefined;
  if (at !== undefined) element.style.transform = moved(at);
}

function moved({ x, y }: Point): string {
  return `translate(-50%, -50%) translate(${String(x)}px, ${String(y)}px)`;
}

/** How far from the middle of an edge its plus stands, and from its pill. */
const BESIDE_MIDDLE = 19;
const BESIDE_PILL = 13;

/** Beside the middle of an edge, in canvas pixels: the edge itself, its pill and its ends are there for other gestures. */
function besidePill(edge: string): Point | undefined {
  const path = edgePath(edge);
  if (path === undefined) return undefined;
  const half = path.getTotalLength() / 2;
  const [{ x, y }, ahead] = [path.getPointAtLength(half), path.getPointAtLength(half + 1)];
  const [dx, dy] = [ahead.x - x, ahead.y - y];
  const pill = document.querySelector(`[data-pill="${CSS.escape(edge)}"]`);
  const [width, height] = pill instanceof HTMLElement ? [pill.offsetWidth, pill.offsetHeight] : [0, 0];
  const aside = pill === null ? BESIDE_MIDDLE : (Math.abs(dy) * width + Math.abs(dx) * height) / 2 + BESIDE_PILL;
  // At a right angle to the edge, above it or to its right.
  const up = dx < 0 || (dx === 0 && dy < 0) ? -1 : 1;
  return { x: x + up * dy * aside, y: y - up * dx * aside };
}
