// What is done inside of the window and of the canvas's frame: sent there as text, so that it stands for itself.

/**
 * Notes in each frame when a key or a button was pressed last, and when its canvas had drawn its graph and was free to draw another frame.
 * Runs before the frame's own scripts.
 */
export const noteTimes = `
  (() => {
    const now = () => performance.timeOrigin + performance.now();
    const note = () => { globalThis.pressedAt = now(); };
    addEventListener("keydown", (event) => event.key === "Enter" && note(), true);
    addEventListener("mousedown", note, true);
    const look = () => {
      if (document.querySelector('[data-loaded="true"] :is(.picture, .react-flow__node)') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => { globalThis.drawnAt = now(); })));
    };
    const observer = new MutationObserver(look);
    addEventListener("DOMContentLoaded", () => observer.observe(document, { subtree: true, childList: true, attributes: true }));
  })();
`;

interface Noted {
  readonly pressedAt?: number;
  readonly drawnAt?: number;
}

/** When something was pressed last, in milliseconds since the epoch. */
export function takePressed(): number {
  return (globalThis as Noted).pressedAt ?? Number.NaN;
}

/** When the canvas had drawn its graph; undefined before. */
export function takeDrawn(): number | undefined {
  return (globalThis as Noted).drawnAt;
}
