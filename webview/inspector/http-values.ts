// What somebody types for a request. Pure.
import { readJsonField, showJson, type Typed } from "./values.js";

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
