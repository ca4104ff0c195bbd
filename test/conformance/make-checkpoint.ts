import type { Checkpoint, Frontier, StoredResult } from "../../runtime/checkpoint/checkpoint.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { TraceEvent } from "../../runtime/trace/event.js";

const frontier: Frontier = {
  status: "running",
  superstep: 1,
  due: [{ id: "t1", node: "a", cause: ["e1"] }],
  open: false,
  results: [],
  routed: [{ task: "t0", node: "z", action: "go" }],
  arrivalsBefore: {},
  arrivals: { m: ["e1", "e2"] },
  questions: [],
  decisions: { k: { action: "approve", value: { ok: true }, actor: "me", at: 5 } },
};

const common = { trigger: "superstep", at: 1_700_000_000_000, revision: "r1", traceSeq: 0, frontier } as const;

/** A checkpoint with channel values whole. */
export function base(
  run: string,
  id: string,
  parent: string | null,
  values: JsonObject = { n: 1 },
  more: Partial<Checkpoint> = {},
): Checkpoint {
  return {
    id, // in the order in which a run writes them
    run,
    parent,
    ...common,
    channels: { delta: [{ node: "z", writes: { n: 1 } }], base: { values, reducers: { n: "last" } } },
    ...more,
  };
}

/** A checkpoint with the writes since its parent. */
export function delta(run: string, id: string, parent: string, more: Partial<Checkpoint> = {}): Checkpoint {
  return { id, run, parent, ...common, channels: { delta: [{ node: "a", writes: { n: 2, text: "héllo \u{1f600} \ud800" } }] }, ...more };
}

/** Trace events numbered `from` to `to`. */
export function events(from: number, to = from): TraceEvent[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    seq: from + i,
    superstep: 1,
    at: 1000 + i,
    type: "log",
    node: "a",
    level: "info",
    message: `event ${from + i}`,
  }));
}

/** The result of a finished task. */
export function result(task: string, n: number): StoredResult {
  return { task, node: "a", writes: { n }, ms: 0.25 };
}
