// What is being written where an expression ends: read by hand, as what is half written cannot be parsed. Pure.
import { itemMacros } from "../free-names.js";
import type { Step } from "./shape.js";

/** A name with steps into it: `order.items[0]`. */
export interface Path {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A name that a macro such as `filter` gives to the items of a list. */
export interface BoundName {
  readonly name: string;
  /** What it goes over; undefined where that is more than a path. */
  readonly over: Path | undefined;
}

/** The place at the end of a text. */
export interface Place {
  /** What was begun of a name. */
  readonly started: string;
  /** The text of what it is a member of; undefined where it stands by itself. */
  readonly of: string | undefined;
  /** The same, where it is a path. */
  readonly path: Path | undefined;
  /** Names that macros around it have given, the innermost first. */
  readonly bound: readonly BoundName[];
}

const TOKEN = /\s+|(?:[rR]|[bB])?'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[A-Za-z_]\w*|\d+(?:\.\d+)?|[\s\S]/g;
const NAME = /^[A-Za-z_]\w*$/;
const OPEN: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** What is being written at the end of `before`; undefined within a string, or behind a number. */
export function placeAtEnd(before: string): Place | undefined {
  const tokens = [...before.matchAll(TOKEN)].map(([token]) => token).filter((token) => token.trim() !== "");
  if (tokens.some((token) => token === "'" || token === '"')) return undefined; // an open string
  const last = /\s$/.test(before) ? undefined : tokens.at(-1);
  if (last !== undefined && /^\d/.test(last)) return undefined;
  const started = last !== undefined && NAME.test(last) ? last : "";
  const rest = started === "" ? tokens : tokens.slice(0, -1);
  const receiver = rest.at(-1) === "." ? operandBefore(rest, rest.length - 1) : undefined;
  if (rest.at(-1) === "." && receiver === undefined) return undefined;
  return { started, of: receiver?.join(""), path: receiver === undefined ? undefined : pathOf(receiver), bound: boundAround(rest) };
}

/** The tokens of the operand that ends before a place: names, calls and steps, back to where something else stands. */
function operandBefore(tokens: readonly string[], end: number): readonly string[] | undefined {
  let start = end;
  for (;;) {
    const token = tokens[start - 1] ?? "";
    if (OPEN[token] !== undefined) {
      const open = openerOf(tokens, start - 1);
      if (open === undefined) return undefined;
      start = open;
      // What stands before the bracket is called or looked into.
      if (!/[\w)\]]$/.test(tokens[start - 1] ?? "")) break;
    } else if (NAME.test(token) || /^["']/.test(token)) {
      start -= 1;
      if (tokens[start - 1] !== ".") break;
      start -= 1;
    } else break;
  }
  return start === end ? undefined : tokens.slice(start, end);
}

/** Where the bracket opens that closes at a place. */
function openerOf(tokens: readonly string[], close: number): number | undefined {
  let depth = 0;
  for (let at = close; at >= 0; at -= 1) {
    const token = tokens[at] ?? "";
    if (OPEN[token] !== undefined) depth += 1;
    else if (token === "(" || token === "[" || token === "{") depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function pathOf(tokens: readonly string[]): Path | undefined {
  const [name = ""] = tokens;
  if (!NAME.test(name)) return undefined;
  const steps: Step[] = [];
  for (let at = 1; at < tokens.length;) {
    const [mark, step = "", close] = tokens.slice(at, at + 3);
    if (mark === "." && NAME.test(step)) {
      steps.push(step);
      at += 2;
    } else if (mark === "[" && close === "]" && /^(?:\d+$|["'])/.test(step)) {
      steps.push(/^\d/.test(step) ? Number(step) : step.slice(1, -1));
      at += 3;
    } else return undefined;
  }
  return { name, steps };
}

/** The names that macros give whose brackets are still open, the innermost first. */
function boundAround(tokens: readonly string[]): readonly BoundName[] {
  const bound: BoundName[] = [];
  let depth = 0;
  for (let at = tokens.length - 1; at > 0; at -= 1) {
    const token = tokens[at] ?? "";
    if (OPEN[token] !== undefined) depth += 1;
    else if (depth > 0) depth -= token === "(" || token === "[" || token === "{" ? 1 : 0;
    else if (token === "(") bound.push(...boundBy(tokens, at));
  }
  return bound;
}

function boundBy(tokens: readonly string[], open: number): readonly BoundName[] {
  const [dot, macro = "", , name = "", comma] = tokens.slice(open - 2, open + 3);
  if (dot !== "." || !itemMacros.has(macro) || !NAME.test(name) || comma !== ",") return [];
  const over = operandBefore(tokens, open - 2);
  return [{ name, over: over === undefined ? undefined : pathOf(over) }];
}
