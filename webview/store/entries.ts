// Lists of entries by id, and their fields. Pure.
import type { JsonObject } from "../../runtime/model/json.js";

type Fields = Record<string, unknown>;

/** Fields with a patch made to them; null takes one away. */
export function patched(fields: Fields, patch: JsonObject): Fields {
  return Object.fromEntries(Object.entries({ ...fields, ...patch }).filter(([, value]) => value !== null));
}

/** The entries with one more, or with another one in place of that with its id. */
export function put<T extends { readonly id: string }>(entries: readonly T[], entry: T): T[] {
  return entries.some(({ id }) => id === entry.id) ? change(entries, entry.id, () => entry) : [...entries, entry];
}

/** The entries with one of them changed. */
export function change<T extends { readonly id: string }>(entries: readonly T[], id: string, to: (entry: T) => T): T[] {
  return entries.map((entry) => (entry.id === id ? to(entry) : entry));
}

/** The entries but for some. */
export function without<T extends { readonly id: string }>(entries: readonly T[], ids: readonly string[]): T[] {
  return entries.filter(({ id }) => !ids.includes(id));
}

/** A value that is text; empty for any other. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
