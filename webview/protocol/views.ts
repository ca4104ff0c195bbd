// What the host shows the canvas: whole values, derived from the document, the plan and the run. Positions in the document
// are the host's business; the webview names nodes and edges by id.
import * as v from "valibot";
import { nodeRunView } from "./node-run.js";
import { colors } from "../../runtime/model/annotation.js";
import { conflictView } from "./conflicts.js";
import { blockedView, certificatesView } from "./safety.js";

const fields = v.record(v.string(), v.unknown());

export const problemView = v.object({
  severity: v.picklist(["error", "warning", "information"]),
  code: v.string(),
  message: v.string(),
  /** 1-based, for people. */
  line: v.number(),
  node: v.optional(v.string()),
  edge: v.optional(v.string()),
  /** The field of the node or edge that it is about, its parts separated by dots: `retry.attempts`. */
  field: v.optional(v.string()),
});
/** A problem as the canvas lists it. */
export type ProblemView = v.InferOutput<typeof problemView>;

export const nodeView = v.object({
  id: v.string(),
  kind: v.string(),
  label: v.string(),
  /** One line of what it does: handler path, first line of the prompt, first expression. */
  summary: v.string(),
  position: v.tuple([v.number(), v.number()]),
  /** The entry's JSON as the document has it, for the inspector. */
  fields,
});
/** A node as the canvas draws it. */
export type NodeView = v.InferOutput<typeof nodeView>;

export const edgeView = v.object({
  id: v.string(),
  from: v.string(),
  to: v.string(),
  /** `error`: it fires when its node has failed. */
  condition: v.picklist(["plain", "when", "on", "else", "error"]),
  /** What the pill says: the expression, the action, `else`, `on error`; empty for a plain edge. */
  text: v.string(),
  fields,
});
/** An edge as the canvas draws it. */
export type EdgeView = v.InferOutput<typeof edgeView>;

const color = v.optional(v.picklist(colors));

export const noteView = v.object({
  id: v.string(),
  text: v.string(),
  color,
  /** Place and size. */
  box: v.tuple([v.number(), v.number(), v.number(), v.number()]),
  fields,
});
/** A note as the canvas draws it. */
export type NoteView = v.InferOutput<typeof noteView>;

export const groupView = v.object({
  id: v.string(),
  /** Empty: it has no name. */
  label: v.string(),
  /** The nodes and notes that it really has; `fields.nodes` may name more. */
  members: v.array(v.string()),
  color,
  fields,
});
/** A group as the canvas draws it. */
export type GroupView = v.InferOutput<typeof groupView>;

export const graphView = v.object({
  /** The text document's version: edits are made against it, echoes recognised by it. */
  revision: v.number(),
  title: v.string(),
  readOnly: v.boolean(),
  /** It is a revision that was, or that nobody can write to: it is looked at, and neither edited nor run. */
  earlier: v.exactOptional(v.literal(true)),
  /** False in Restricted Mode: the graph can be edited, not run. */
  trusted: v.boolean(),
  channels: v.array(
    v.object({
      name: v.string(),
      reducer: v.string(),
      type: v.string(),
      /** The entry's JSON as the document has it. */
      fields: v.exactOptional(fields),
    }),
  ),
  nodes: v.array(nodeView),
  edges: v.array(edgeView),
  notes: v.array(noteView),
  groups: v.array(groupView),
  problems: v.array(problemView),
  /** What a merge left to decide; absent: nothing. */
  conflicts: v.exactOptional(v.array(conflictView)),
  /** Where `@start` and `@end` are. */
  terminals: v.object({ start: v.tuple([v.number(), v.number()]), end: v.tuple([v.number(), v.number()]) }),
  /** How many nodes the document has no place for. */
  unplaced: v.exactOptional(v.number()),
  /** The way the graph runs; absent: to the right. */
  orientation: v.exactOptional(v.picklist(["left-to-right", "top-to-bottom"])),
});
/** The graph as the canvas draws it. */
export type GraphView = v.InferOutput<typeof graphView>;

/** What a list of entries became: entries by id in place of those they replace, new ones at the end, unless `order` says where. */
function listPatch<Entry extends v.GenericSchema>(entry: Entry) {
  return v.object({ put: v.array(entry), removed: v.array(v.string()), order: v.optional(v.array(v.string())) });
}

const { title, readOnly, trusted, channels, problems, conflicts, terminals, unplaced, orientation, revision } = graphView.entries;

export const graphPatch = v.object({
  /** Revision of the graph that it makes another one of. */
  base: revision,
  revision,
  /** The other fields of the graph that changed, whole. */
  fields: v.object({
    title: v.exactOptional(title),
    readOnly: v.exactOptional(readOnly),
    trusted: v.exactOptional(trusted),
    channels: v.exactOptional(channels),
    problems: v.exactOptional(problems),
    conflicts,
    terminals: v.exactOptional(terminals),
    unplaced,
    orientation,
  }),
  nodes: listPatch(nodeView),
  edges: listPatch(edgeView),
  notes: listPatch(noteView),
  groups: listPatch(groupView),
});
/** What one graph became in the next. */
export type GraphPatch = v.InferOutput<typeof graphPatch>;

export const nodeFiguresView = v.object({
  node: v.string(),
  runs: v.number(),
  /** Share of runs that neither failed nor needed their fallback; null before the first. */
  success: v.nullable(v.number()),
  retries: v.number(),
  cached: v.number(),
  replayed: v.number(),
  /** Milliseconds of a run; null before the first. */
  ms: v.nullable(v.object({ min: v.number(), mean: v.number(), p50: v.number(), p95: v.number(), max: v.number() })),
});
/** What the runs of a node came to. */
export type NodeFiguresView = v.InferOutput<typeof nodeFiguresView>;

export const questionView = v.object({
  key: v.string(),
  node: v.string(),
  prompt: v.string(),
  actions: v.array(v.string()),
  /** JSON Schema of the value, where there is one. */
  schema: v.optional(fields),
  /** Whether a decision may carry a value. */
  takesValue: v.boolean(),
  /** When it stops waiting, in milliseconds since the epoch. */
  deadline: v.optional(v.number()),
  /** The action that is taken then; absent: the node is told that nobody decided. */
  default: v.optional(v.string()),
  /** Whether a run inside the node asks: what a decision to reroute names is a node of the graph in there. */
  inner: v.boolean(),
});
/** A question that waits for a decision. */
export type QuestionView = v.InferOutput<typeof questionView>;

export const runView = v.object({
  /** Grows with each change; an older one that arrives late is dropped. */
  sequence: v.number(),
  /** Id of the run, or null before the first. */
  run: v.nullable(v.string()),
  status: v.picklist(["none", "running", "paused", "waiting", "completed", "failed", "cancelled"]),
  superstep: v.number(),
  nodes: v.record(v.string(), nodeRunView),
  /** Edge id -> the superstep that took it last. Those with the run's latest routed superstep are drawn lit. */
  edges: v.record(v.string(), v.number()),
  /** Node id -> the superstep after which the conditions of its edges were tested last. */
  tested: v.optional(v.record(v.string(), v.number())),
  /** Edge id -> the superstep in which a person made the run take it last. */
  takenByForce: v.record(v.string(), v.number()),
  /** Node id -> the edge that it is forced to take: next, or just now, as long as that can be taken back. */
  forced: v.record(v.string(), v.string()),
  /** Node id -> where it goes for the rest of the run, instead of along its edges. */
  overrides: v.record(v.string(), v.array(v.string())),
  /** Nodes that run on replay whatever is recorded of them; absent: none. */
  live: v.optional(v.array(v.string())),
  questions: v.array(questionView),
  /** Channel -> its value as JSON text, cut at 2,000 characters. */
  channels: v.record(v.string(), v.string()),
  /** Of the selected node, if it is one and has begun. */
  figures: v.optional(nodeFiguresView),
  error: v.optional(v.string()),
  /** It is looked at as it was; absent: as it is now. */
  past: v.optional(v.literal(true)),
  /**
   * Present where something has run inside the node by which a person came to the graph: which of so many runs there this is; null: it is the
   * graph's own run.
   */
  inside: v.optional(v.object({ place: v.nullable(v.string()), count: v.number() })),
  /** Superstep of the checkpoint that was restored, while nothing has run since. */
  restoredFrom: v.optional(v.number()),
  /** Present while the plan in force keeps the run from going on. */
  blocked: v.optional(blockedView),
  /** Present once they have been compared with the plan in force. */
  certificates: v.optional(certificatesView),
});
/** A run as the canvas shows it. */
export type RunView = v.InferOutput<typeof runView>;

/** What a record of entries by id became. */
function recordPatch<Value extends v.GenericSchema>(value: Value) {
  return v.object({ put: v.record(v.string(), value), removed: v.array(v.string()) });
}

export const runPatch = v.object({
  /** Sequence of the run that it makes another one of. */
  base: v.number(),
  sequence: v.number(),
  /** The other fields of the run that changed, whole, and names of those that it has no more. */
  fields: v.partial(v.omit(runView, ["sequence", "nodes", "edges", "tested"])),
  gone: v.array(v.string()),
  nodes: recordPatch(nodeRunView),
  edges: recordPatch(v.number()),
  tested: recordPatch(v.number()),
});
/** What one view of a run became in the next. */
export type RunPatch = v.InferOutput<typeof runPatch>;

export const staleView = v.object({
  /** What changed, in a line. */
  change: v.string(),
  /** The error that the document has there. */
  problem: v.optional(v.string()),
});
/** A node or edge that is not in the plan in force as the document has it. */
export type StaleView = v.InferOutput<typeof staleView>;

export const driftView = v.object({
  /** The document is broken, or what it says waits for a hard compile, was refused, or failed to compile. */
  why: v.picklist(["broken", "waiting", "refused", "failed"]),
  /** By id: those that the document has and the plan does not have so. */
  nodes: v.record(v.string(), staleView),
  edges: v.record(v.string(), staleView),
  /** How many nodes and edges only the plan has. */
  removed: v.number(),
  /** A line for each change that is of no node or edge: of channels, limits, files. */
  others: v.array(v.string()),
  /** Why it was refused or failed. */
  error: v.optional(v.string()),
});
/** What the document says otherwise than the plan in force. */
export type DriftView = v.InferOutput<typeof driftView>;

export const compileView = v.object({
  /** First characters of the revision in force; empty before the first good plan. */
  plan: v.string(),
  /** True while the document differs from the plan in force (broken, or a hard compile waits). */
  stale: v.boolean(),
  backlog: v.number(),
  /** Present while the document and the plan differ. */
  drift: v.optional(driftView),
  last: v.optional(
    v.object({
      class: v.picklist(["none", "soft", "hard"]),
      micros: v.number(),
      recomputed: v.number(),
      reasons: v.array(v.string()),
      /** It was not done. */
      inVain: v.optional(v.picklist(["refused", "failed"])),
    }),
  ),
});
/** The compiler as the canvas shows it. */
export type CompileView = v.InferOutput<typeof compileView>;
