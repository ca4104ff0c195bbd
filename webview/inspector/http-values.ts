// What somebody types for a request. Pure.
import { isObject } from "../../runtime/model/json.js";
import { readJsonField, showJson, type Typed } from "./values.js";

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
  return readJsonField(text);
}

/** A body as it is typed. */
export function showBody(value: unknown): string {
  return typeof value === "string" ? value : showJson(value);
}
