// Which key means what on the canvas. Pure; keys that a text field needs never get here.
import type { Direction } from "./walk.js";

/** What a key press asks for. */
export type KeyAction =
  | { readonly type: "add" | "delete" | "rename" | "details" | "select-all" | "undo" | "redo" | "fit" | "actual-size" | "clear" }
  | { readonly type: "duplicate" | "bypass" | "take-out" | "find" }
  | { readonly type: "find-next"; readonly way: 1 | -1 }
  | { readonly type: "walk"; readonly direction: Direction }
  | { readonly type: "nudge"; readonly direction: Direction }
  | { readonly type: "follow"; readonly way: "upstream" | "downstream" };

/** A key press, as far as it matters here. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const bare: Readonly<Record<string, KeyAction>> = {
  Tab: { type: "add" },
  Delete: { type: "delete" },
  Backspace: { type: "delete" },
  F2: { type: "rename" },
  Enter: { type: "details" },
  Escape: { type: "clear" },
  d: { type: "bypass" },
  D: { type: "bypass" },
  F3: { type: "find-next", way: 1 },
};
const withControl: Readonly<Record<string, KeyAction>> = {
  a: { type: "select-all" },
  z: { type: "undo" },
  y: { type: "redo" },
  d: { type: "duplicate" },
  f: { type: "find" },
  delete: { type: "take-out" },
  backspace: { type: "take-out" },
  "0": { type: "actual-size" },
  "1": { type: "fit" },
};

/** The action of a key press, or nothing. */
export function actionOf(press: KeyPress): KeyAction | undefined {
  if (press.altKey) return undefined;
  const control = press.ctrlKey || press.metaKey;
  const direction = arrows[press.key];
  if (direction !== undefined) return arrowAction(direction, control, press.shiftKey);
  if (control && press.shiftKey) return press.key.toLowerCase() === "z" ? { type: "redo" } : undefined;
  if (press.shiftKey) return press.key === "F3" && !control ? { type: "find-next", way: -1 } : undefined;
  return control ? withControl[press.key.toLowerCase()] : bare[press.key];
}

function arrowAction(direction: Direction, control: boolean, shift: boolean): KeyAction | undefined {
  if (control) return shift ? undefined : { type: "nudge", direction };
  if (!shift) return { type: "walk", direction };
  if (direction === "left") return { type: "follow", way: "upstream" };
  return direction === "right" ? { type: "follow", way: "downstream" } : undefined;
}

/** Whether a key press is meant for a text field; looks into the shadow trees of form controls. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
