import { useEffect } from "react";
import { isTyping } from "./keys.js";

/** With Ctrl or Cmd these work on the text that is typed, or on what is offered for it. */
const editing = new Set(["a", "c", "v", "x", "z", "y", " ", "enter", "backspace", "delete", "home", "end"]);
const modifiers = new Set(["control", "shift", "alt", "altgraph", "meta"]);

/**
 * Commits what is being typed before a key leads away from it, or the pointer leaves the canvas for whatever is around it: another
 * editor, a tab's cross, the command that saves. A webview that is hidden has no time left to do so, and a file is saved with what was
 * committed.
 */
export function useCommitTyped(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isTyping(event) && leadsAway(event)) commit(event.composedPath()[0]);
    };
    const onLeave = (): void => commit(innermostFocus());
    document.addEventListener("keydown", onKeyDown, { capture: true });
    document.documentElement.addEventListener("pointerleave", onLeave);
    return () => {
      document.removeEventListener("keydown", onKeyDown, { capture: true });
      document.documentElement.removeEventListener("pointerleave", onLeave);
    };
  }, []);
}

/** A field commits when it is left; the keyboard stays in it. */
function commit(field: EventTarget | null | undefined): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  const { selectionStart, selectionEnd } = field;
  field.blur();
  field.focus({ preventScroll: true });
  if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
}

/** What has the keyboard, looked for in the shadow trees of form controls. */
function innermostFocus(): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement != null) focused = focused.shadowRoot.activeElement;
  return focused;
}

function leadsAway(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (/^f\d+$/.test(key)) return true;
  if (!(event.ctrlKey || event.metaKey) || event.getModifierState("AltGraph")) return false;
  return !modifiers.has(key) && !editing.has(key) && !key.startsWith("arrow");
}
