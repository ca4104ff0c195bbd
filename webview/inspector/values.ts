import type { JsonValue } from "../../runtime/model/json.js";

/** What was typed: a value, null for nothing, or why it is none. */
export type Typed = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string };

/** JSON that somebody typed: a value, nothing, or why it is none. */
export type TypedJson = { readonly ok: true; readonly value: JsonValue | undefined } | { readonly ok: false; readonly message: string };

/** Reads typed JSON; blank is nothing. */
export function readJson(typed: string): TypedJson {
  if (typed.trim() === "") return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(typed) as JsonValue };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : "Not JSON" };
  }
}

/** Reads a field that holds JSON; blank takes it away. */
export function readJsonField(typed: string): Typed {
  const read = readJson(typed);
  return read.ok ? { ok: true, value: read.value ?? null } : read;
}

/** A value as it is typed; blank for nothing. */
export function showJson(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, undefined, 2);
}

/** Names in a list separated by commas, each once. */
export function readNames(typed: string): string[] {
  return [...new Set(typed.split(",").map((name) => name.trim()))].filter((name) => name !== "");
}

/** Where the name stands in which the caret is, without the blanks around it. */
export function nameAt(typed: string, caret: number): { readonly from: number; readonly to: number } {
  const start = typed.slice(0, caret).lastIndexOf(",") + 1;
  const comma = typed.indexOf(",", caret);
  const name = typed.slice(start, comma === -1 ? undefined : comma);
  const from = Math.min(caret, start + name.length - name.trimStart().length);
  return { from, to: Math.max(caret, start + name.trimEnd().length) };
}

/** A list of names as it is typed. */
export function showNames(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : "";
}

/** A text field's value; blank for anything else. */
export function showText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
