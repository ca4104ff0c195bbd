import { useEffect, useRef, useState } from "react";
import { useStore } from "reactflow";
import { useCanvas, useServices } from "../store/context.js";
import { dock } from "./fit.js";
import { useFit } from "./use-fit.js";

/** Keeps the graph fitted while the canvas changes its size and questions come and go, until somebody moves the view. */
export function useKeepFitted(isLarge: boolean): void {
  const { session } = useServices();
  const fit = useFit();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const asked = useAskedHeight();
  const drawn = useRef(false);
  useEffect(() => {
    if (width * height === 0) return;
    const isFirst = !drawn.current;
    drawn.current = true;
    if (session.viewport !== undefined || (isFirst && asked === 0 && !isLarge)) return; // React Flow has just fitted it
    void fit({ at: isFirst ? "once" : "gliding" });
  }, [session, fit, width, height, asked, isLarge]);
}

/** Height of the dock while it asks; 0 otherwise, as notes and problems are not worth moving the graph for. */
function useAskedHeight(): number {
  const asks = useCanvas((state) => state.now.questions.length > 0);
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
