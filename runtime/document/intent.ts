import type { EdgeId, NodeId } from "../model/ids.js";
import type { Position } from "../model/graph.js";
import type { JsonObject } from "../model/json.js";
import type { AnnotationIntent } from "./annotation-intent.js";

/**
 * One thing that a person wants changed. Ids are chosen by the sender (`freeId`), so that a batch can name what it adds.
 * `fields` are the entry's JSON as the document has it (`kind`, `handler`, `when`, `on`, `else`, `join` …); a `null` value in
 * a patch removes the field.
 */
export type Intent =
  | AnnotationIntent
  | { readonly type: "node/add"; readonly id: NodeId; readonly fields: JsonObject; readonly position: Position }
  | { readonly type: "node/update"; readonly id: NodeId; readonly patch: JsonObject }
  /** Of nodes and notes. */
  | { readonly type: "node/move"; readonly positions: Readonly<Record<NodeId, Position>> }
  | { readonly type: "node/remove"; readonly ids: readonly NodeId[] }
  | { readonly type: "edge/add"; readonly id: EdgeId; readonly fields: JsonObject }
  | { readonly type: "edge/update"; readonly id: EdgeId; readonly patch: JsonObject }
  | { readonly type: "edge/remove"; readonly ids: readonly EdgeId[] }
  | { readonly type: "channel/set"; readonly name: string; readonly fields: JsonObject }
  | { readonly type: "channel/remove"; readonly names: readonly string[] }
  /** Wherever the document names it; stands alone in its batch. */
  | { readonly type: "channel/rename"; readonly name: string; readonly to: string }
  | { readonly type: "title/set"; readonly title: string }
  /** Fields of the `compile` section. */
  | { readonly type: "compile/update"; readonly patch: JsonObject };

/** Replace `length` UTF-16 code units at `offset` by `text`; the edits of one answer do not overlap and are sorted by offset. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** The answer to a batch of intents: all of them as text edits, or none and the reason. */
export type EditOutcome =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly code: "EDIT_REFUSED"; readonly message: string };
