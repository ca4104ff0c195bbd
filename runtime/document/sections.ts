/** The fields of a document in the order in which they are written. */
export const canonicalOrder = [
  "$schema",
  "patchbay",
  "title",
  "channels",
  "nodes",
  "edges",
  "engines",
  "tools",
  "compile",
  "checkpoints",
  "limits",
  "notes",
  "groups",
  "conflicts",
  "layout",
] as const;

/** A section that holds entries by id; their trees are kept from one text to the next. */
export type EntrySection = "channels" | "nodes" | "edges" | "notes" | "groups" | "layout";

/** Those sections in the order in which they are written. */
export const entrySections: readonly EntrySection[] = ["channels", "nodes", "edges", "notes", "groups", "layout"];

const known: ReadonlySet<string> = new Set(entrySections);

/** Whether a field of the document holds entries by id. */
export function isEntrySection(name: string | undefined): name is EntrySection {
  return name !== undefined && known.has(name);
}
