// What the palette offers besides the kinds, which the canvas knows itself.
import * as v from "valibot";

const file = v.object({
  /** As a node of this graph names it: `./nodes/look-up.ts`. */
  path: v.string(),
  /** From the workspace folder, for people: `graphs/nodes/look-up.ts`. */
  place: v.string(),
});

export const snippetView = v.object({
  name: v.string(),
  description: v.string(),
  /** Nodes and edges in the form of the clipboard. */
  text: v.string(),
});
/** Nodes with the edges between them, under a name. */
export type SnippetView = v.InferOutput<typeof snippetView>;

export const paletteView = v.object({
  /** Modules of the workspace folder that export what a handler exports. */
  handlers: v.array(file),
  /** The other graphs of the workspace folder. */
  graphs: v.array(file),
  /** The user's own. */
  snippets: v.array(snippetView),
  /** Keys of what was chosen before, the latest first; what is gone from the lists is passed over. */
  recent: v.array(v.string()),
  /** Snippets that cannot be read: which, and why. */
  faults: v.array(v.string()),
});
/** What the palette offers of the workspace. */
export type PaletteView = v.InferOutput<typeof paletteView>;

export const placedFiles = v.object({
  /** In the order in which they were named. */
  files: v.array(v.object({ kind: v.picklist(["handler", "graph"]), path: v.string() })),
  /** Why the others cannot be used, a sentence each. */
  refused: v.array(v.string()),
});
/** Files as nodes of a graph may name them. */
export type PlacedFiles = v.InferOutput<typeof placedFiles>;
