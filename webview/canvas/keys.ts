// Which key means what on the canvas. Pure; keys that a text field needs never get here.
import type { ArrangeAction } from "./arrange/arrange.js";
import type { Direction } from "./walk.js";

/** What a key press asks for. */
export type KeyAction =
  | { readonly type: "add" | "delete" | "rename" | "details" | "select-all" | "undo" | "redo" | "fit" | "actual-size" | "clear" }
  | { readonly type: "duplicate" | "bypass" | "take-out" | "find" | "fold" | "lay-out" }
  | { readonly type: "answer" | "add-after" | "shortcuts" | "save-snippet" }
  | ArrangeAction
  | { readonly type: "add-note" | "group" | "ungroup" }
  | { readonly type: "find-next"; readonly way: 1 | -1 }
  | { readonly type: "go"; readonly way: "back" | "forward" }
  | { readonly type: "walk"; readonly direction: Direction }
  | { readonly type: "nudge"; readonly direction: Direction }
  | { readonly type: "follow"; readonly way: "upstream" | "downstream" };

/** A key press, as far as it matters here. */
export interface KeyPress {
  readonly key: string;
  /** The key by its place on the keyboard: with Alt, `key` may be another letter. */
  readonly code: string;
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
  D: { type: "bypass" }, // with caps lock
  a: { type: "answer" },
  A: { type: "answer" },
  F3: { type: "find-next", way: 1 },
  "?": { type: "shortcuts" },
  n: { type: "add-note" },
  N: { type: "add-note" },
};
const withControl: Readonly<Record<string, KeyAction>> = {
  a: { type: "select-all" },
  z: { type: "undo" },
  y: { type: "redo" },
  d: { type: "duplicate" },
  f: { type: "find" },
  enter: { type: "add-after" },
  g: { type: "group" },
  delete: { type: "take-out" },
  backspace: { type: "take-out" },
  "0": { type: "actual-size" },
  "1": { type: "fit" },
};
const withShift: Readonly<Record<string, KeyAction>> = {
  F3: { type: "find-next", way: -1 },
  "?": { type: "shortcuts" },
};
const withControlAndShift: Readonly<Record<string, KeyAction>> = {
  z: { type: "redo" },
  e: { type: "fold" },
  g: { type: "ungroup" },
};

/** The action of a key press, or nothing. */
export function actionOf(press: KeyPress): KeyAction | undefined {
  const control = press.ctrlKey || press.metaKey;
  if (press.altKey) return control ? undefined : altAction(press);
  const direction = arrows[press.key];
  if (direction !== undefined) return arrowAction(direction, control, press.shiftKey);
  if (control && press.shiftKey) return withControlAndShift[press.key.toLowerCase()];
  if (press.shiftKey) return withShift[press.key];
  return control ? withControl[press.key.toLowerCase()] : bare[press.key];
}

function altAction({ shiftKey, code, key }: KeyPress): KeyAction | undefined {
  if (shiftKey) return code === "KeyF" ? { type: "lay-out" } : undefined;
  if (key === "ArrowLeft") return { type: "go", way: "back" };
  return key === "ArrowRight" ? { type: "go", way: "forward" } : undefined;
}

/** What a button of the mouse asks for that only turns pages. */
export function actionOfButton(button: number): KeyAction | undefined {
  if (button === 3) return { type: "go", way: "back" };
  return button === 4 ? { type: "go", way: "forward" } : undefined;
}

function arrowAction(direction: Direction, control: boolean, shift: boolean): KeyAction | undefined {
  if (control) return shift ? undefined : { type: "nudge", direction };
  if (!shift) return { type: "walk", direction };
  return { type: "follow", way: direction === "left" || direction === "up" ? "upstream" : "downstream" };
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
