import "./picture.css";
import { useEffect, useRef } from "react";
import { useStoreApi } from "reactflow";
import type { Flow } from "../canvas/flow-types.js";
import type { Box } from "../canvas/ports.js";
import { drawView, type Drawn } from "./draw-view.js";
import { inksAt, watchTheme } from "./inks.js";
import type { Outlines } from "./outlines.js";

interface PictureProps {
  readonly flow: Flow;
  readonly outlines: Outlines;
  /** What a screen reader says of it; without it, it is a stopgap, of which nothing is said. */
  readonly spoken?: string;
  /** The part of the graph that has elements, in canvas pixels: there nothing is drawn. */
  readonly beyond?: Box;
}

/** The whole graph drawn on one element, in place of one for each node and edge; drawn again with each frame that shows something new. */
export function Picture({ flow, outlines, spoken, beyond }: PictureProps): React.ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef({ flow, beyond, request: (): void => undefined });
  const flowStore = useStoreApi();
  useEffect(() => {
    const element = canvas.current;
    const brush = element?.getContext("2d");
    if (element === null || brush == null) return;
    let inks = inksAt(element);
    let last: Drawn | undefined;
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      const { transform, width, height } = flowStore.getState();
      const { flow: shown, beyond: left } = drawn.current;
      const view = { transform, width, height, density: window.devicePixelRatio, inks };
      const now: Drawn = { ...view, flow: shown, outlines: outlines.of(shown), beyond: left };
      drawView(brush, now, last);
      last = now;
    };
    const request = (): void => {
      frame ||= requestAnimationFrame(draw);
    };
    drawn.current.request = request;
    draw();
    const unwatch = watchTheme(() => {
      inks = inksAt(element);
      request();
    });
    const unsubscribe = flowStore.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) request();
    });
    return () => {
      cancelAnimationFrame(frame);
      unsubscribe();
      unwatch();
    };
  }, [flowStore, outlines]);
  useEffect(() => {
    Object.assign(drawn.current, { flow, beyond });
    drawn.current.request();
  }, [flow, beyond]);
  if (spoken === undefined) return <canvas ref={canvas} className="picture" aria-hidden="true" />;
  return <canvas ref={canvas} className="picture" role="img" aria-label={spoken} />;
}
