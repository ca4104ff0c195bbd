// Nodes nudged by keys: as long as Ctrl is held they are moved on the canvas alone, so that a burst is one edit and one undo.
import type { Position } from "../../../runtime/model/graph.js";
import type { CanvasStore } from "../../store/store.js";
import { movable, withoutGroups } from "../annotations/boxes.js";
import { GRID } from "../geometry.js";
import { moveIntents } from "../to-intents.js";
import type { Direction } from "../walk.js";

const ahead: Record<Direction, Position> = { left: [-GRID, 0], right: [GRID, 0], up: [0, -GRID], down: [0, GRID] };

/** Moves what is selected by one step of the grid. */
export function nudge(store: CanvasStore, direction: Direction): void {
  const { shown, selection, drag, held, hold, dragTo, edit } = store.getState();
  if (shown === undefined || selection.nodes.length === 0) return;
  const all = movable(shown);
  const [dx, dy] = ahead[direction];
  const moved = withoutGroups(shown, selection.nodes).flatMap((id): [string, Position][] => {
    const place = (held?.what === "nudge" ? drag?.[id] : undefined) ?? all.get(id);
    return place === undefined ? [] : [[id, [place[0] + dx, place[1] + dy]]];
  });
  if (shown.readOnly) return edit(moveIntents(shown, Object.fromEntries(moved))); // it says why not
  if (held?.what !== "nudge") hold({ what: "nudge", before: selection, adding: false });
  dragTo(Object.fromEntries(moved));
}

/** Makes an edit of a burst that is over. */
export function endNudge(store: CanvasStore): void {
  const { shown, drag, held, edit, letGo } = store.getState();
  if (held?.what !== "nudge") return;
  if (shown !== undefined && drag !== undefined) edit(moveIntents(shown, drag));
  letGo();
}

/** Keys that go down while a burst goes on. */
const isOfBurst = new Set(["Control", "Meta", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

/**
 * Listens for the end of a burst: the key goes up, another one goes down, or the canvas is left, also by the pointer: it may be hidden the
 * next moment.
 */
export function watchNudge(store: CanvasStore): () => void {
  const end = (): void => endNudge(store);
  const onKeyUp = ({ key }: KeyboardEvent): void => {
    if (key === "Control" || key === "Meta") end();
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (!isOfBurst.has(key)) end();
  };
  document.addEventListener("keyup", onKeyUp);
  document.addEventListener("keydown", onKeyDown, { capture: true });
  document.documentElement.addEventListener("pointerleave", end);
  document.addEventListener("pointerdown", end, { capture: true });
  document.addEventListener("visibilitychange", end);
  window.addEventListener("blur", end);
  window.addEventListener("pagehide", end);
  return () => {
    document.removeEventListener("keyup", onKeyUp);
    document.removeEventListener("keydown", onKeyDown, { capture: true });
    document.documentElement.removeEventListener("pointerleave", end);
    document.removeEventListener("pointerdown", end, { capture: true });
    document.removeEventListener("visibilitychange", end);
    window.removeEventListener("blur", end);
    window.removeEventListener("pagehide", end);
  };
}
