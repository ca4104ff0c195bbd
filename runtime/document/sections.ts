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
  "conflicts",
  "layout",
] as const;

/** A section that holds entries by id; their trees are kept from one text to the next. */
export type EntrySection = "channels" | "nodes" | "edges" | "layout";

const entrySections: ReadonlySet<string> = new Set<EntrySection>(["channels", "nodes", "edges", "layout"]);

/** Whether a field of the document holds entries by id. */
export function isEntrySection(name: string | undefined): name is EntrySection {
  return name !== undefined && entrySections.has(name);
}
