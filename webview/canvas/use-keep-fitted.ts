import { useEffect, useRef, useState } from "react";
import { useReactFlow, useStore } from "reactflow";
import { useCanvas, useServices } from "../store/context.js";
import { dock, fitOptions } from "./fit.js";
import { glide } from "./stage.js";

/** Keeps the graph fitted while the canvas changes its size and questions come and go, until somebody moves the view. */
export function useKeepFitted(): void {
  const { session } = useServices();
  const { fitView } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const asked = useAskedHeight();
  const drawn = useRef(false);
  useEffect(() => {
    if (width * height === 0) return;
    const isFresh = !drawn.current && asked === 0; // React Flow has just fitted it
    drawn.current = true;
    if (!isFresh && session.viewport === undefined) void fitView({ ...fitOptions(), duration: glide() });
  }, [session, fitView, width, height, asked]);
}

/** Height of the dock while it asks; 0 otherwise, as notes and problems are not worth moving the graph for. */
function useAskedHeight(): number {
  const asks = useCanvas((state) => state.run.questions.length > 0);
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const element = dock();
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setHeight(Math.round(entry?.contentRect.height ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return asks ? height : 0;
}
