// Where expressions stand in what is typed into a field. Pure.
import { holesIn } from "../template.js";

/** How a text is read: an expression, or text with `{{…}}`. */
export type Syntax = "expression" | "template";

/** An expression in a text. */
export interface Region {
  readonly source: string;
  readonly start: number;
  /** It stands in braces, which reach so far to both sides. */
  readonly braces: number;
}

/** The expressions of a text. */
export function regionsOf(syntax: Syntax, text: string): readonly Region[] {
  switch (syntax) {
    case "expression":
      return text.trim() === "" ? [] : [{ source: text, start: 0, braces: 0 }];
    case "template":
      return [...holesIn(text)].map(([start, end]) => ({ source: text.slice(start + 2, end - 2), start: start + 2, braces: 2 }));
  }
}

/** The expression that a place of a text is in, as far as it is written: braces need not be closed yet. */
export function regionAt(syntax: Syntax, text: string, at: number): Region | undefined {
  switch (syntax) {
    case "expression":
      return { source: text, start: 0, braces: 0 };
    case "template":
      return holeAt(text, at);
  }
}

function holeAt(text: string, at: number): Region | undefined {
  const before = text.slice(0, at);
  const open = before.lastIndexOf("{{");
  if (open === -1 || before.indexOf("}}", open) !== -1) return undefined;
  const close = text.indexOf("}}", open);
  const next = text.indexOf("{{", open + 2);
  const end = close === -1 || (next !== -1 && next < close) ? at : close;
  return { source: text.slice(open + 2, end), start: open + 2, braces: 2 };
}
