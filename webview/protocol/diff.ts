// How the graph of a canvas differs from the one beside it, in VS Code's diff editor.
import * as v from "valibot";
import { comparedSections, marks } from "../../runtime/model/difference.js";
import { viewportView } from "./places.js";
import { edgeView, nodeView } from "./views.js";

const section = v.picklist(comparedSections);
const value = v.exactOptional(v.unknown());

/** An entry that differs. */
export const changeRef = v.object({ section, id: v.string() });
export type ChangeRef = v.InferOutput<typeof changeRef>;

const fieldDifference = v.object({ path: v.array(v.string()), before: value, after: value });
/** A value that differs; a side that has none is absent. */
export type FieldDifferenceView = v.InferOutput<typeof fieldDifference>;

const entryDifference = v.object({
  section,
  id: v.string(),
  /** Never empty; the first two exclude all others. */
  marks: v.array(v.picklist(marks)),
  before: value,
  after: value,
  fields: v.array(fieldDifference),
  /** Where a node or note stands, if that differs. */
  place: v.exactOptional(v.object({ before: value, after: value })),
});
/** An entry that differs, with all that differs of it. */
export type EntryDifferenceView = v.InferOutput<typeof entryDifference>;

const place = v.tuple([v.number(), v.number()]);

export const diffView = v.object({
  side: v.picklist(["before", "after"]),
  /** What the two revisions are called. */
  names: v.object({ before: v.string(), after: v.string() }),
  /** The two canvases show the same part. */
  linked: v.boolean(),
  /** What only moved is shown, too. */
  moved: v.boolean(),
  /** The difference that is looked at. */
  at: v.nullable(changeRef),
  entries: v.array(entryDifference),
  settings: v.array(fieldDifference),
  /** Nodes that both have come in another order. */
  reordered: v.boolean(),
  /** The part of the canvas that was in view last, on either side. */
  viewport: v.exactOptional(viewportView),
  /** What the other side alone has, or has elsewhere, with the places there of all that its edges need. */
  ghosts: v.object({ nodes: v.array(nodeView), edges: v.array(edgeView), places: v.record(v.string(), place) }),
});
/** What a canvas shows of a comparison. */
export type DiffView = v.InferOutput<typeof diffView>;

export const diffChange = v.object({
  linked: v.exactOptional(v.boolean()),
  moved: v.exactOptional(v.boolean()),
  at: v.exactOptional(v.nullable(changeRef)),
});
/** What a person changes of a comparison, for both its sides. */
export type DiffChange = v.InferOutput<typeof diffChange>;
