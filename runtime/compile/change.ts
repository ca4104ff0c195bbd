import type { FileVersion } from "../model/file-version.js";
import type { ChannelDef, CheckpointSettings, EdgeDef, NodeDef } from "../model/graph.js";
import { namesInDocument } from "./field-names.js";

/** How much a change costs: nothing, the touched nodes, or the plan anew. */
export type ChangeClass = "none" | "soft" | "hard";

interface ChangeBase {
  readonly class: ChangeClass;
  /** The fields that differ, sorted; empty for what was added or removed. */
  readonly fields: readonly string[];
}

/** One structural difference between two graphs. Never made from words: only from the parsed entries. */
export type Change = ChangeBase &
  (
    | { readonly entity: "node"; readonly id: string; readonly before?: NodeDef; readonly after?: NodeDef }
    | { readonly entity: "edge"; readonly id: string; readonly before?: EdgeDef; readonly after?: EdgeDef }
    | { readonly entity: "channel"; readonly id: string; readonly before?: ChannelDef; readonly after?: ChannelDef }
    /** A file that nodes or reducers run, by its path as the document has it; absent sides: no version is known. */
    | { readonly entity: "file"; readonly id: string; readonly before?: FileVersion; readonly after?: FileVersion }
    | { readonly entity: "order"; readonly id: string; readonly before: number; readonly after: number }
    | { readonly entity: "layout" | "note" | "group"; readonly id: string }
    | { readonly entity: "graph"; readonly id: "title" | "compile" | "limits" }
    | { readonly entity: "graph"; readonly id: "checkpoints"; readonly after: CheckpointSettings }
  );

/** A change as one line for people. */
export function describeChange(change: Change): string {
  switch (change.entity) {
    case "order":
      return `node ${change.id}: place ${change.before + 1} -> ${change.after + 1}`;
    case "file":
      return `file ${change.id} changed`;
    case "layout":
      return `${change.id}: moved`;
    case "note":
    case "group":
      return `${change.entity} ${change.id} changed`;
    case "graph":
      return change.fields.length === 0 ? `${change.id} changed` : `${change.id}: ${namesInDocument(change.fields).join(", ")} changed`;
    case "edge":
      return describeEdge(change);
    case "node":
    case "channel":
      return describeEntry(change);
  }
}

type EntryChange = Extract<Change, { entity: "node" | "edge" | "channel" }>;

function describeEntry(change: EntryChange): string {
  if (change.before === undefined) return `${change.entity} ${change.id} added`;
  if (change.after === undefined) return `${change.entity} ${change.id} removed`;
  return `${change.entity} ${change.id}: ${namesInDocument(change.fields).join(", ")} changed`;
}

function describeEdge(change: Extract<Change, { entity: "edge" }>): string {
  const { before, after } = change;
  if (before === undefined || after === undefined) {
    const edge = before ?? after;
    return `${describeEntry(change)} (${edge?.from} -> ${edge?.to})`;
  }
  const moved = before.from !== after.from || before.to !== after.to;
  return moved ? `edge ${change.id} retargeted: ${before.from} -> ${before.to} is now ${after.from} -> ${after.to}` : describeEntry(change);
}
