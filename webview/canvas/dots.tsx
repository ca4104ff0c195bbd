import "./dots.css";
import { useEffect, useRef } from "react";
import { useStoreApi } from "reactflow";
import { GRID } from "./geometry.js";
import { watchMotion } from "./watch-motion.js";

/** What is painted is shown up to so many times larger or smaller before it is painted anew; `dots.css` has room for that. */
const SCALED_AT_MOST = 2;
/** The radius of a dot at 100 %, and at least, in pixels. */
const RADIUS = 0.5;
/** Below this zoom dots would stand so close that they were a grey. */
const SEEN_FROM = 0.25;

/**
 * The grid, as dots. They are a layer of their own that moves and scales with the view, and are painted anew once it rests: painting the
 * whole window takes longer than a frame.
 */
export function Dots(): React.ReactElement {
  const layer = useRef<HTMLDivElement>(null);
  const flowStore = useStoreApi();
  useEffect(() => {
    let painted = 0;
    const place = (isAtRest: boolean): void => {
      const [x, y, zoom] = flowStore.getState().transform;
      const style = layer.current?.style;
      if (style === undefined) return;
      if (isAtRest || zoom > painted * SCALED_AT_MOST || painted > zoom * SCALED_AT_MOST) {
        painted = zoom;
        style.visibility = zoom < SEEN_FROM ? "hidden" : "visible";
        style.setProperty("--dots-apart", `${String(GRID * zoom)}px`);
        style.setProperty("--dots-radius", `${String(RADIUS * Math.max(1, zoom))}px`);
      }
      style.transform = `translate(${String(startOf(x, zoom))}px, ${String(startOf(y, zoom))}px) scale(${String(zoom / painted)})`;
    };
    place(true);
    return watchMotion(
      flowStore,
      () => place(false),
      () => place(true),
    );
  }, [flowStore]);
  return <div ref={layer} className="dots" aria-hidden="true" />;
}

/** Where the layer begins, outside of the window: its dots are in the middle of its tiles, and stand on the grid. */
function startOf(origin: number, zoom: number): number {
  const apart = GRID * zoom;
  return (origin % apart) - 1.5 * apart;
}
