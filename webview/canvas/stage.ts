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

/** Moves the keyboard's focus to a node's card. */
export function focusNode(id: string): void {
  const element = document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}

/** How long the view may glide, in milliseconds. */
export function glide(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200;
}

/** For `screenToFlowPosition`, which would snap the pointer: what is placed there snaps on its own. */
export const exact = { snapToGrid: false } as const;
