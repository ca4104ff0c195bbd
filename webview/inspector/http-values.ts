// What somebody types for a request. Pure.
import { isObject, type JsonValue } from "../../runtime/model/json.js";
import { readJson, showJson } from "./values.js";

/** What was typed: a value, null for nothing, or why it is none. */
export type Typed = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string };

/** Reads lines of `name: value`. */
export function readPairs(typed: string): Typed {
  const pairs: [string, string][] = [];
  for (const line of typed.split("\n")) {
    if (line.trim() === "") continue;
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim();
    if (colon < 0 || name === "") return { ok: false, message: `“${line.trim()}” is not of the form name: value` };
    pairs.push([name, line.slice(colon + 1).trim()]);
  }
  return { ok: true, value: pairs.length === 0 ? null : Object.fromEntries(pairs) };
}

/** Names and values as they are typed. */
export function showPairs(value: unknown): string {
  if (!isObject(value)) return "";
  return Object.entries(value)
    .map(([name, item]) => `${name}: ${typeof item === "string" ? item : JSON.stringify(item)}`)
    .join("\n");
}

/** Reads a body: an object or a list is JSON, anything else text. What begins like JSON and is none would be sent as text unnoticed. */
export function readBody(typed: string): Typed {
  const text = typed.trim();
  if (text === "") return { ok: true, value: null };
  if (!/^(?:\{(?!\{)|\[)/.test(text)) return { ok: true, value: typed };
  const read = readJson(text);
  return read.ok ? { ok: true, value: read.value ?? null } : read;
}

/** A body as it is typed. */
export function showBody(value: unknown): string {
  return typeof value === "string" ? value : showJson(value);
}
