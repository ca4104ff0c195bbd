import { useEffect, useRef, type RefObject } from "react";
import { overCanvas, type Point } from "./stage.js";

/**
 * Where the pointer is while it is over the canvas, in pixels of the page. A menu keeps it where that was opened: VS Code draws it over the
 * page, so that the pointer leaves.
 */
export function usePointer(): RefObject<Point | undefined> {
  const pointer = useRef<Point>(undefined);
  useEffect(() => {
    let inMenu = false;
    const onMove = ({ target, clientX, clientY }: PointerEvent): void => {
      inMenu = false;
      pointer.current = overCanvas(target) ? { x: clientX, y: clientY } : undefined;
    };
    const onMenu = (): void => {
      inMenu = true;
    };
    const onLeave = (): void => {
      if (!inMenu) pointer.current = undefined;
    };
    const page = document.documentElement;
    page.addEventListener("pointermove", onMove, { passive: true });
    page.addEventListener("pointerleave", onLeave);
    page.addEventListener("contextmenu", onMenu);
    return () => {
      page.removeEventListener("pointermove", onMove);
      page.removeEventListener("pointerleave", onLeave);
      page.removeEventListener("contextmenu", onMenu);
    };
  }, []);
  return pointer;
}
