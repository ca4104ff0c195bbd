import { edgePath, nodeElement } from "./elements.js";

/** A point in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a pointer event happened, in pixels of the page. */
export function pointIn(event: MouseEvent | TouchEvent): Point {
  const place = "clientX" in event ? event : event.changedTouches[0];
  return { x: place?.clientX ?? 0, y: place?.clientY ?? 0 };
}

/** The element that canvas, toolbar and palette stand on. */
export function stage(): Element | null {
  return document.querySelector(".stage");
}

/** Whether an event happened on the canvas itself, not on what floats over it. */
export function overCanvas(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-surface="canvas"]') !== null;
}

/** How large the stage is, in pixels. */
export function stageSize(): { readonly width: number; readonly height: number } {
  const { width = 0, height = 0 } = stage()?.getBoundingClientRect() ?? {};
  return { width, height };
}

/** A point of the page in pixels of the stage. */
export function stageOf({ x, y }: Point): Point {
  const box = stage()?.getBoundingClientRect();
  return { x: x - (box?.left ?? 0), y: y - (box?.top ?? 0) };
}

/** The middle of the stage, in pixels of the page. */
export function middleOfStage(): Point {
  const box = stage()?.getBoundingClientRect();
  return box === undefined ? { x: 0, y: 0 } : { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/** Moves the keyboard's focus to a node's card; of a large graph it may get one only with the next frames. */
export function focusNode(id: string, frames = 3): void {
  const element = nodeElement(id);
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusNode(id, frames - 1));
}

/** The middle of an edge's way, in pixels of the page; undefined where it is not drawn. */
export function edgeMiddle(id: string): Point | undefined {
  const path = edgePath(id);
  if (path === undefined) return undefined;
  const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM() ?? undefined);
  return { x, y };
}

/** How long the view may glide, in milliseconds. */
export function glide(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200;
}

/** For `screenToFlowPosition`, which would snap the pointer: what is placed there snaps on its own. */
export const exact = { snapToGrid: false } as const;
