import "./minimap.css";
import { useEffect, useMemo, useRef } from "react";
import { useReactFlow, useStoreApi } from "reactflow";
import { seen } from "../canvas/detail.js";
import { boundsOf } from "../canvas/fit.js";
import type { Flow } from "../canvas/flow-types.js";
import { drawCards } from "../picture/draw-cards.js";
import { inksAt, watchTheme } from "../picture/inks.js";
import { useCanvas, useServices } from "../store/context.js";
import { drawChanges } from "./draw-changes.js";
import { boundsWith, mapChanges, spokenMap, type MapChange } from "./map-changes.js";
import { inGraph, onMap, scaleOf, type MapScale } from "./scale.js";
import { useMinimap } from "./use-minimap.js";

/** The map is drawn anew at most so often, in milliseconds: it is looked at in passing. */
const EVERY_MS = 100;
/** Drawing it takes at most one part of so many of the time. */
const SHARE = 40;
/** Share of what is seen that an arrow key moves the view by. */
const STEP = 0.25;

/** All of the graph in a corner, with what is in view framed; a click or a drag there moves the view, and so do the arrow keys. */
export function Minimap({ flow }: { readonly flow: Flow }): React.ReactElement | null {
  const { on } = useMinimap();
  return on ? <Map flow={flow} /> : null;
}

function Map({ flow }: { readonly flow: Flow }): React.ReactElement | null {
  const graph = useCanvas((state) => state.shown);
  const diff = useCanvas((state) => state.diff);
  const scale = useMemo(() => graph && scaleOf(boundsWith(boundsOf(graph), diff)), [graph, diff]);
  const changes = useMemo(() => mapChanges(diff, flow.nodes), [diff, flow.nodes]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  useDrawn(canvas, flow, changes, scale);
  useFramed(frame, scale);
  const moveTo = useMoveTo(scale);
  if (scale === undefined) return null;
  const point = ({ currentTarget, clientX, clientY }: React.PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return inGraph(scale, { x: clientX - left, y: clientY - top });
  };
  return (
    <div
      className="minimap nokey"
      data-compared={diff !== undefined}
      role="application"
      aria-label={`Minimap${changes.length === 0 ? "" : `, nodes: ${spokenMap(changes)}`}. Arrow keys move the view.`}
      tabIndex={0}
      style={{ width: scale.width, height: scale.height }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(point(event));
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && moveTo(point(event))}
      onKeyDown={(event) => {
        const way = ways[event.key];
        if (way === undefined || event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation(); // arrow keys walk from node to node elsewhere
        moveTo(way);
      }}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <div ref={frame} className="minimap-view" />
    </div>
  );
}

type Way = readonly [across: -1 | 0 | 1, down: -1 | 0 | 1];
const ways: Readonly<Record<string, Way>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Brings a place of the graph to the middle of the view, or moves the view some way. */
function useMoveTo(scale: MapScale | undefined): (to: { readonly x: number; readonly y: number } | Way) => void {
  const { session } = useServices();
  const { setCenter, getViewport } = useReactFlow();
  const flowStore = useStoreApi();
  return (to) => {
    if (scale === undefined) return;
    const state = flowStore.getState();
    const view = seen(state);
    const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    const { x, y } = "x" in to ? to : { x: middle.x + to[0] * view.width * STEP, y: middle.y + to[1] * view.height * STEP };
    void setCenter(x, y, { zoom: state.transform[2], duration: 0 }).then(() => session.keepViewport(getViewport()));
  };
}

/** Draws the map when the graph, a state or the theme has changed. */
function useDrawn(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  flow: Flow,
  changes: readonly MapChange[],
  scale: MapScale | undefined,
): void {
  const next = useRef(0);
  useEffect(() => {
    const draw = (): void => {
      const begun = performance.now();
      if (canvas.current !== null && scale !== undefined) drawMap(canvas.current, flow, changes, scale);
      const took = performance.now() - begun;
      next.current = begun + Math.max(EVERY_MS, SHARE * took);
    };
    const wait = next.current - performance.now();
    if (wait <= 0) draw();
    const timer = wait <= 0 ? undefined : setTimeout(draw, wait);
    const unwatch = watchTheme(draw);
    return () => {
      clearTimeout(timer);
      unwatch();
    };
  }, [canvas, flow, changes, scale]);
}

function drawMap(element: HTMLCanvasElement, flow: Flow, changes: readonly MapChange[], scale: MapScale): void {
  const { width, height } = scale;
  const [x, y, zoom] = scale.transform;
  const brush = element.getContext("2d");
  if (brush === null) return;
  const density = window.devicePixelRatio;
  element.width = Math.round(width * density);
  element.height = Math.round(height * density);
  brush.setTransform(density * zoom, 0, 0, density * zoom, density * x, density * y);
  const inks = inksAt(element);
  drawCards(brush, flow.nodes, { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }, zoom, inks);
  drawChanges(brush, changes, zoom, inks);
}

/** Keeps the frame around what is in view; React has no part in that, as it moves with each frame. */
function useFramed(frameRef: React.RefObject<HTMLDivElement | null>, scale: MapScale | undefined): void {
  const flowStore = useStoreApi();
  useEffect(() => {
    const place = (): void => {
      if (frameRef.current === null || scale === undefined) return;
      const box = onMap(scale, seen(flowStore.getState()));
      const { style } = frameRef.current;
      style.transform = `translate(${String(box.x)}px, ${String(box.y)}px)`;
      style.width = `${String(box.width)}px`;
      style.height = `${String(box.height)}px`;
    };
    place();
    return flowStore.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) place();
    });
  }, [frameRef, flowStore, scale]);
}
