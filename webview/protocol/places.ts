import * as v from "valibot";

/** What part of a canvas is in view, in React Flow's terms. */
export const viewportView = v.object({ x: v.number(), y: v.number(), zoom: v.number() });
export type ViewportView = v.InferOutput<typeof viewportView>;

/** Where the view of a canvas is; null: the graph is kept fitted. */
export const viewport = v.nullable(viewportView);
export type Viewport = v.InferOutput<typeof viewport>;

/** What is selected, and where the view is. */
export const place = v.object({ nodes: v.array(v.string()), edges: v.array(v.string()), viewport });
export type Place = v.InferOutput<typeof place>;

export const wayView = v.object({
  /** How a person came here, the outermost first: the graph, and the node of it that runs the next one. */
  crumbs: v.array(v.object({ graph: v.string(), node: v.string() })),
  /** What this graph is called. */
  here: v.string(),
  /** How many nodes of other graphs run this one. */
  callers: v.number(),
});
/** The way to a graph that is run by another. */
export type WayView = v.InferOutput<typeof wayView>;
