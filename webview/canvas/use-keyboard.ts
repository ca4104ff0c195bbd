// Keys of the canvas.
//
// Invariants:
// 1. A key that is typed into a field is never a gesture.
// 2. A key that is handled here does not reach VS Code, which listens on the window and would, for one, undo twice.
import { useEffect, useRef } from "react";
import { actionOf, isTyping, type KeyAction } from "./keys.js";
import { useClipboard } from "./use-clipboard.js";
import { usePerform } from "./use-perform.js";

/** Listens while the canvas is there. */
export function useKeyboard(): void {
  const pointer = useRef<{ readonly x: number; readonly y: number }>(undefined);
  const perform = usePerform(pointer);
  useClipboard(pointer);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      if (action === undefined || event.defaultPrevented) return;
      if (isTyping(event)) {
        // VS Code would undo the document; the field has an undo of its own.
        if (action.type === "undo" || action.type === "redo") event.stopPropagation();
        return; // invariant 1
      }
      if (!reaches(action, event.target)) return;
      event.preventDefault();
      event.stopPropagation(); // invariant 2
      perform(action);
    };
    const onPointerMove = (event: PointerEvent): void => {
      pointer.current = overCanvas(event.target) ? { x: event.clientX, y: event.clientY } : undefined;
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("pointermove", onPointerMove, { passive: true });
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("pointermove", onPointerMove);
    };
  }, [perform]);
}

/** Whether an action works where the focus is: buttons and lists keep the keys that move and press. */
function reaches(action: KeyAction, target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target === document.body || overCanvas(target)) return true;
  if (target.closest('[role="dialog"]') !== null) return false;
  return ["undo", "redo", "fit", "actual-size", "select-all", "find", "find-next"].includes(action.type);
}

function overCanvas(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-surface="canvas"]') !== null;
}
