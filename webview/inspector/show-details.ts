import type { CanvasStore } from "../store/store.js";

/** Opens the inspector and moves the keyboard's focus to its first field. */
export function showDetails(store: CanvasStore): void {
  store.getState().setInspector({ open: true });
  if (!focusFirstField()) requestAnimationFrame(focusFirstField); // it has only just opened
}

function focusFirstField(): boolean {
  const field = document.querySelector('[data-surface="inspector"] [data-field]');
  if (field instanceof HTMLElement) field.focus();
  return field !== null;
}
