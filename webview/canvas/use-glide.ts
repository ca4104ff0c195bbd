// Nodes that the document moves (a layout, an undo, an edit of the text) glide to their new places.
//
// Invariants:
// 1. What a hand does on the canvas is shown at once: only moves that come from the document glide.
// 2. A glide is drawn over the places of the document and changes none; whatever a hand does next ends it.
import { useEffect } from "react";
import { useReactFlow, type Viewport } from "reactflow";
import type { Position } from "../../runtime/model/graph.js";
import type { GraphView } from "../protocol/views.js";
import { useServices } from "../store/context.js";
import type { CanvasState } from "../store/state.js";
import { seen } from "./detail.js";
import { places } from "./geometry.js";
import type { Box } from "./ports.js";
import { movedNodes, viewShift } from "./rearranged.js";
import { glide, stageSize } from "./stage.js";
import { useFit } from "./use-fit.js";

/** More nodes than this are shown in their new places at once: each frame draws every one of them. */
const MOST = 300;
const HANDS = ["pointerdown", "keydown", "wheel"] as const;

/** Lets what the document moves glide, and the view go along. */
export function useGlide(): void {
  const { store, session } = useServices();
  const { getViewport, setViewport } = useReactFlow();
  const bringIntoView = useFit();
  useEffect(() => {
    let end = (): void => undefined;
    const settle = (): void => end();
    const unsubscribe = store.subscribe((state, before) => {
      const graphs = movedByDocument(state, before);
      if (graphs === undefined) return;
      end();
      const [old, now] = [places(graphs.before), places(graphs.after)];
      const moved = movedNodes(old, now);
      if (moved.size === 0) return;
      const shift = session.viewport === undefined ? undefined : viewShift(old, now, inView(getViewport()));
      if (shift !== undefined) {
        const { x, y, zoom } = getViewport();
        const shifted = { x: x - shift[0] * zoom, y: y - shift[1] * zoom, zoom };
        session.keepViewport(shifted);
        void setViewport(shifted, { duration: glide() });
      }
      const fit = (): void => {
        if (session.viewport === undefined) void bringIntoView();
      };
      const isShort = glide() === 0 || moved.size > MOST;
      const stop = isShort ? onNextFrame(fit) : run(moved, (at) => store.getState().dragTo(at), finish);
      function finish(): void {
        end = () => undefined;
        stop();
        store.getState().endDrag();
        fit();
      }
      end = isShort ? stop : finish;
    });
    for (const hand of HANDS) document.addEventListener(hand, settle, { capture: true, passive: true });
    return () => {
      unsubscribe();
      end();
      for (const hand of HANDS) document.removeEventListener(hand, settle, { capture: true });
    };
  }, [store, session, bringIntoView, getViewport, setViewport]);
}

/** Invariant 1: an edit of the canvas is shown before the document has it. */
function movedByDocument(state: CanvasState, { graph, shown }: CanvasState): { before: GraphView; after: GraphView } | undefined {
  if (state.graph === graph || state.shown === shown || state.shown === undefined || shown === undefined) return undefined;
  return { before: shown, after: state.shown };
}

function inView({ x, y, zoom }: Viewport): Box {
  return seen({ transform: [x, y, zoom], ...stageSize() });
}

function onNextFrame(then: () => void): () => void {
  const frame = requestAnimationFrame(then);
  return () => cancelAnimationFrame(frame);
}

/** Shows a move frame by frame, its first one at once; the returned function ends that. */
function run(moved: ReturnType<typeof movedNodes>, show: (at: Record<string, Position>) => void, finish: () => void): () => void {
  const began = performance.now();
  const at = (share: number): Record<string, Position> =>
    Object.fromEntries([...moved].map(([id, { from, to }]) => [id, between(from, to, share)]));
  let frame = requestAnimationFrame(function next(now: number) {
    const share = (now - began) / glide();
    if (share >= 1) return finish();
    show(at(eased(Math.max(0, share))));
    frame = requestAnimationFrame(next);
  });
  show(at(0));
  return () => cancelAnimationFrame(frame);
}

function between([x, y]: Position, [a, b]: Position, share: number): Position {
  return [x + (a - x) * share, y + (b - y) * share];
}

/** Fast first, then slower. */
function eased(share: number): number {
  return 1 - (1 - share) ** 3;
}
