import * as v from "valibot";

const memory = v.object({
  viewport: v.optional(v.object({ x: v.number(), y: v.number(), zoom: v.number() })),
  selection: v.optional(v.object({ nodes: v.array(v.string()), edges: v.array(v.string()) })),
  minimap: v.optional(v.boolean()),
  /** What is being typed, and in which field. */
  draft: v.exactOptional(v.object({ of: v.string(), typed: v.string() })),
  inspector: v.optional(v.object({ open: v.boolean(), width: v.number(), sections: v.exactOptional(v.record(v.string(), v.boolean())) })),
});

/** What a canvas remembers while its editor is hidden. */
export type Memory = v.InferOutput<typeof memory>;

/** Reads what was remembered; an unknown shape, of another version say, is forgotten. */
export function readMemory(value: unknown): Memory {
  const read = v.safeParse(memory, value);
  return read.success ? read.output : {};
}
