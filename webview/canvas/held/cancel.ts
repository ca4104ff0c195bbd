// Escape takes back what the pointer is at: a drag, an edge that is drawn, a frame.
//
// React Flow has no way to end a gesture but that the button goes up. It is told so; what it reports then counts for
// nothing.
import type { CanvasStore } from "../../store/store.js";

/** Ends the gesture that is under way and takes it back; false where none is. */
export function cancelHeld(store: CanvasStore): boolean {
  const { held, takeBack } = store.getState();
  if (held === undefined) return false;
  takeBack(held.what === "frame" ? endFrame : endDrag);
  return true;
}

function endDrag(): void {
  document.dispatchEvent(new MouseEvent("mouseup", { bubbles: true, view: window, button: 0 }));
  swallowClick();
}

/** React Flow itself passes over the click that follows. */
function endFrame(): void {
  const pane = document.querySelector(".react-flow__pane");
  pane?.dispatchEvent(new PointerEvent("pointerup", { bubbles: true, button: 0, isPrimary: true, pointerId: MOUSE }));
}

/** The pointer that browsers give a mouse. */
const MOUSE = 1;

/** The button is still down: when it goes up, that is no click on what is there. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => {
    event.stopPropagation();
    done();
  };
  const done = (): void => {
    window.removeEventListener("click", swallow, { capture: true });
    window.removeEventListener("pointerdown", done, { capture: true });
  };
  window.addEventListener("click", swallow, { capture: true });
  window.addEventListener("pointerdown", done, { capture: true });
}
