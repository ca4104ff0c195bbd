import { stripVTControlCharacters } from "node:util";
import type { JsonValue } from "../model/json.js";
import type { TraceEvent } from "../trace/event.js";

const LONGEST_VALUE = 160;

/** An event in one line for people: its number, time (UTC), superstep, what happened where, and what else there is to say. */
export function traceLine(event: TraceEvent): string {
  const { seq, at, superstep, type, ...said } = event;
  const { node, ...rest } = said as { readonly node?: string } & Readonly<Record<string, JsonValue>>;
  const time = new Date(at).toISOString().slice(11, 23);
  const facts = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined || name === "task" ? [] : [`${name}=${valueText(value)}`],
  );
  return [String(seq).padStart(5), time, String(superstep).padStart(4), type.padEnd(18), ...(node === undefined ? [] : [node]), ...facts]
    .join(" ")
    .trimEnd();
}

/** What a program or a model has said, safe for a terminal: one line, without control characters. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, " ");
}

/** A value in one line, cut where it is long. */
export function valueText(value: JsonValue): string {
  if (typeof value === "number") return String(Math.round(value * 1000) / 1000);
  const text = typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  return cut(oneLine(text));
}

function cut(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}
