// Keys of the canvas.
//
// Invariants:
// 1. A key that is typed into a field is never a gesture.
// 2. A key that is handled here does not reach VS Code, which listens on the window and would, for one, undo twice.
import { useEffect } from "react";
import { useServices } from "../store/context.js";
import { watchNudge } from "./held/nudge.js";
import { actionOf, actionOfButton, isTyping, type KeyAction } from "./keys.js";
import { overCanvas } from "./stage.js";
import { useAsked } from "./use-asked.js";
import { useClipboard } from "./use-clipboard.js";
import { useMenus } from "./use-menus.js";
import { usePerform } from "./use-perform.js";
import { usePointer } from "./use-pointer.js";

/** Listens while the canvas is there. */
export function useKeyboard(): void {
  const pointer = usePointer();
  const perform = usePerform(pointer);
  useClipboard(pointer);
  useMenus(pointer);
  useAsked(perform, pointer);
  const { store } = useServices();
  useEffect(() => watchNudge(store), [store]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      if (action === undefined || event.defaultPrevented) return;
      if (isTyping(event)) {
        // VS Code would undo the document; the field has an undo of its own. It has a key for laying out, too.
        if (["undo", "redo", "lay-out"].includes(action.type)) event.stopPropagation();
        return; // invariant 1
      }
      if (!reaches(action, event.target)) return;
      event.preventDefault();
      event.stopPropagation(); // invariant 2
      perform(action);
    };
    // The browser goes back on its own when the button is let go, and would take the page away.
    const onMouse = (event: MouseEvent): void => {
      const action = actionOfButton(event.button);
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation(); // invariant 2
      if (event.type === "mouseup") perform(action);
    };
    document.addEventListener("mousedown", onMouse, true);
    document.addEventListener("mouseup", onMouse, true);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("mousedown", onMouse, true);
      document.removeEventListener("mouseup", onMouse, true);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [perform]);
}

/** Whether an action works where the focus is: buttons and lists keep the keys that move and press. */
function reaches(action: KeyAction, target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target === document.body || overCanvas(target)) return true;
  if (target.closest('[role="dialog"]') !== null) return false;
  return ["undo", "redo", "fit", "actual-size", "select-all", "find", "find-next", "lay-out", "shortcuts", "go"].includes(action.type);
}
