// What intents do to any section of a draft; what comes back is why one is refused.
import type { JsonObject } from "../model/json.js";
import type { SectionDraft } from "./draft.js";
import { wrongKey } from "./section.js";
import type { EntrySection } from "./sections.js";

type Sections = Readonly<Record<EntrySection, SectionDraft>>;

const names = { nodes: "a node", edges: "an edge", notes: "a note", groups: "a group" } as const;
type Named = keyof typeof names;

/** Those whose entries stand on the canvas, and share no id. */
const onCanvas = ["nodes", "notes", "groups"] as const;

/** Adds an entry. */
export function add(draft: Sections, section: Named, id: string, fields: JsonObject): string | undefined {
  const wrong = wrongKey(section, id);
  if (wrong !== undefined) return `${wrong} Use a letter or underscore, then letters, digits, underscores or hyphens.`;
  const taken = (section === "edges" ? (["edges"] as const) : onCanvas).find((name) => draft[name].has(id));
  if (taken !== undefined) return `There is already ${names[taken]} "${id}"; choose another id.`;
  draft[section].set(id, fields);
  return undefined;
}

/** Changes fields of an entry; null takes one away. */
export function update(section: SectionDraft, what: string, id: string, patch: JsonObject): string | undefined {
  const before = section.object(id);
  if (before === undefined) return section.has(id) ? `The ${what} "${id}" is not an object; correct it in the text.` : unknown(what, id);
  section.set(id, patched(before, patch));
  return undefined;
}

/** An object with a patch made to it. */
export function patched(before: JsonObject, patch: JsonObject): JsonObject {
  const fields = new Map(Object.entries({ ...before }));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) fields.delete(name);
    else fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** Removes entries. */
export function removeAll(section: SectionDraft, what: string, keys: readonly string[]): string | undefined {
  for (const key of new Set(keys)) {
    if (!section.has(key)) return unknown(what, key);
    section.remove(key);
  }
  return undefined;
}

/** Something is not there. */
export function unknown(what: string, id: string): string {
  return `There is no ${what} "${id}" in this graph; it may have been removed meanwhile.`;
}
