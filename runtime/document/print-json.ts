import { isObject, type JsonValue } from "../model/json.js";
import type { TextStyle } from "./text-style.js";

/** Lines up to this many characters hold a whole entry. */
const WIDTH = 120;

/** Where a value is printed. */
export interface PrintPlace extends TextStyle {
  /** Indentation of the line that it starts on. */
  readonly indent: string;
  /** How many characters are before it on that line, and after it. */
  readonly taken: number;
}

/** A property: on one line where that is short enough, else indented. */
export function printMember(key: string, value: JsonValue, place: PrintPlace): string {
  const name = `${JSON.stringify(key)}: `;
  return name + printJson(value, { ...place, taken: place.taken + name.length });
}

/** A value: on one line where that is short enough, else indented. */
export function printJson(value: JsonValue, place: PrintPlace): string {
  const line = printLine(value);
  if (place.taken + line.length < WIDTH) return line;
  return Array.isArray(value) || isObject(value) ? printLines(value, place) : line;
}

/** An object or list with a line for each member; empty ones on one line. */
export function printLines(value: JsonValue, place: PrintPlace): string {
  const inner = { ...place, indent: place.indent + place.unit, taken: place.indent.length + place.unit.length + 1 };
  const array = Array.isArray(value);
  const members = array
    ? (value as readonly JsonValue[]).map((item) => printJson(item, inner))
    : Object.entries(isObject(value) ? value : {}).map(([key, item]) => printMember(key, item, inner));
  const [open, close] = array ? "[]" : "{}";
  if (members.length === 0) return `${open}${close}`;
  const lines = members.map((member) => `${place.eol}${inner.indent}${member}`).join(",");
  return `${open}${lines}${place.eol}${place.indent}${close}`;
}

/** A value on one line. */
function printLine(value: JsonValue): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(printLine).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${printLine(item)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
