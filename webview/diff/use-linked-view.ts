// The two canvases of a comparison show the same part, as long as they are linked.
import { useEffect, useRef } from "react";
import { getViewportForBounds, useReactFlow, useStore, useStoreApi, type Viewport } from "reactflow";
import { CARD, places } from "../canvas/geometry.js";
import { useCanvas, useServices } from "../store/context.js";
import type { CanvasState } from "../store/state.js";

const [NEAREST, FARTHEST] = [0.1, 1];
/** Free space around what is fitted, in pixels. */
const MARGIN = 48;

/** Follows the other side, and tells it where this one was moved to. */
export function useLinkedView(): void {
  const { store, host, session } = useServices();
  const { setViewport, getViewport } = useReactFlow();
  const flow = useStoreApi();
  const followed = useCanvas((state) => state.followed);
  const linked = useCanvas((state) => state.diff?.linked === true);
  const ready = useStore(({ width, height, fitViewQueued }) => width * height > 0 && !fitViewQueued);
  const last = useRef<Viewport>(undefined);

  useEffect(() => {
    if (followed === undefined) return;
    last.current = followed;
    session.keepViewport(followed);
    void setViewport(followed);
  }, [followed, session, setViewport]);

  useEffect(() => {
    if (!linked || !ready) return;
    let frame: number | undefined;
    const tell = (): void => {
      frame = undefined;
      if (last.current !== undefined) host.command("view/moved", { ...last.current });
    };
    const unsubscribe = flow.subscribe(({ transform: [x, y, zoom] }) => {
      const viewport = { x, y, zoom };
      if (last.current === undefined || isSame(viewport, last.current)) return;
      last.current = viewport;
      frame ??= requestAnimationFrame(tell);
    });
    return () => {
      unsubscribe();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [linked, ready, flow, host]);

  // Both begin with what was in view last; the newer side leads where nothing was, and shows all that either of them has. Until it has
  // begun a side tells nothing: the two would follow each other crosswise.
  useEffect(() => {
    if (!linked || !ready) return;
    const state = store.getState();
    const { width, height } = flow.getState();
    const leads = state.diff?.side === "after";
    const known = last.current === undefined ? state.diff?.viewport : undefined;
    const viewport = known ?? (leads ? (last.current === undefined ? viewportOfBoth(state, width, height) : getViewport()) : undefined);
    if (viewport === undefined) return;
    last.current = viewport;
    session.keepViewport(viewport);
    void setViewport(viewport);
    if (known === undefined) host.command("view/moved", { ...viewport });
  }, [linked, ready, store, host, flow, session, setViewport, getViewport]);
}

/** Shows all nodes of both sides; undefined while nothing is measured. */
function viewportOfBoth({ diff, shown }: CanvasState, width: number, height: number): Viewport | undefined {
  if (diff === undefined || shown === undefined || width * height === 0) return undefined;
  const all = [...places(shown).values(), ...Object.values(diff.ghosts.places)];
  const [left, top] = [Math.min(...all.map(([x]) => x)), Math.min(...all.map(([, y]) => y))];
  const [right, bottom] = [Math.max(...all.map(([x]) => x)) + CARD.width, Math.max(...all.map(([, y]) => y)) + CARD.height];
  const bounds = { x: left, y: top, width: right - left, height: bottom - top };
  return getViewportForBounds(bounds, width, height, NEAREST, FARTHEST, `${MARGIN}px`);
}

function isSame(a: Viewport, b: Viewport | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y && a.zoom === b.zoom;
}
