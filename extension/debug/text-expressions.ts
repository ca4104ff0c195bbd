// Where the text of a graph names channels, and what can be evaluated there. Pure.
import { visit, type JSONPath } from "jsonc-parser";
import type { EntryRange, ParsedDocument } from "../../runtime/document/parsed-document.js";
import { rangeInLiteral } from "../../runtime/document/string-offsets.js";
import { holesIn } from "../../runtime/expression/template.js";
import type { TextRange } from "../../runtime/model/problem.js";

/** Something that can be evaluated, with its place in the text. */
export interface Evaluatable extends TextRange {
  readonly expression: string;
}

/** A path of names and numbers, as `order.items[0].total`, whatever else an expression does around it. */
interface Mentioned extends Evaluatable {
  readonly channel: string;
}

/** A string of CEL, or a name: its characters count from `start`. */
interface Source {
  readonly text: string;
  readonly rangeOf: (range: TextRange) => TextRange;
}

/** Fields that hold CEL, and those that hold names of channels. */
const celFields = new Set(["when", "over", "stopWhen", "set", "in"]);
const nameFields = new Set(["reads", "writes", "output"]);

/** The channels that are named in a part of the text, each once for a name at its place. */
export function channelsNamed(parsed: ParsedDocument, within: TextRange): readonly Evaluatable[] {
  const declared = [...parsed.ranges.channels].filter(([, entry]) => overlap(entry, within)).map(([name, { key }]) => named(name, key));
  const used = mentions(parsed, within).map(({ channel, start }) => ({ expression: channel, start, end: start + channel.length }));
  return [...declared, ...used];
}

/** What can be evaluated at an offset of the text: the path up to the name that stands there. */
export function evaluatableAt(parsed: ParsedDocument, offset: number): Evaluatable | undefined {
  const here = { start: offset, end: offset + 1 };
  const declared = [...parsed.ranges.channels].find(([, { key }]) => holds(key, offset));
  if (declared !== undefined) return named(declared[0], declared[1].key);
  const path = mentions(parsed, here).find((mention) => holds(mention, offset));
  if (path === undefined) return undefined;
  const rest = /^[\w\]]*/.exec(path.expression.slice(offset - path.start))?.[0] ?? "";
  const length = Math.min(path.expression.length, offset - path.start + rest.length);
  return { start: path.start, end: path.start + length, expression: path.expression.slice(0, length) };
}

/** The paths in a part of the text that begin with a channel. */
function mentions(parsed: ParsedDocument, within: TextRange): readonly Mentioned[] {
  const entries = [...parsed.ranges.nodes, ...parsed.ranges.edges].map(([, entry]) => entry).filter((entry) => overlap(entry, within));
  return entries.flatMap((entry) =>
    sourcesOf(parsed.text, entry.value).flatMap((source) => pathsIn(source).filter(({ channel }) => parsed.ranges.channels.has(channel))),
  );
}

function sourcesOf(text: string, { start, end }: TextRange): readonly Source[] {
  const sources: Source[] = [];
  const add = (value: string, offset: number, length: number, from = 0): void => {
    const literal = text.slice(start + offset, start + offset + length);
    const rangeOf = (range: TextRange): TextRange => {
      const placed = rangeInLiteral(literal, { start: from + range.start, end: from + range.end });
      return { start: start + offset + placed.start, end: start + offset + placed.end };
    };
    sources.push({ text: value, rangeOf });
  };
  visit(text.slice(start, end), {
    onObjectProperty: (name, offset, length, _line, _character, path) => {
      if (path()[0] === "set") add(name, offset, length);
    },
    onLiteralValue: (value, offset, length, _line, _character, path) => {
      if (typeof value !== "string") return;
      if (isEvaluated(path())) return add(value, offset, length);
      for (const [from, to] of holesIn(value)) add(value.slice(from + 2, to - 2), offset, length, from + 2);
    },
  });
  return sources;
}

function isEvaluated([field]: JSONPath): boolean {
  return typeof field === "string" && (celFields.has(field) || nameFields.has(field));
}

/** What is quoted in an expression is passed over, and what is called. */
function pathsIn({ text, rangeOf }: Source): readonly Mentioned[] {
  const found: Mentioned[] = [];
  for (const match of text.matchAll(
    /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|(?<![\w.])([A-Za-z_]\w*)(?:\.[A-Za-z_]\w*(?!\w*\s*\()|\[\d+\])*(?!\w*\s*\()/g,
  )) {
    const [expression, channel] = match;
    if (channel !== undefined)
      found.push({ channel, expression, ...rangeOf({ start: match.index, end: match.index + expression.length }) });
  }
  return found;
}

/** A channel at its quoted name. */
function named(name: string, { start, end }: TextRange): Evaluatable {
  return { expression: name, start: start + 1, end: end - 1 };
}

function overlap({ key, value }: EntryRange, within: TextRange): boolean {
  return key.start < within.end && within.start < value.end;
}

function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset < end;
}
