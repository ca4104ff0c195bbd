import type { Box } from "../model/annotation.js";
import type { JsonObject } from "../model/json.js";

/**
 * One thing that a person wants changed of notes and groups; see `Intent`. Ids are taken from the same ones as those of nodes. A node or
 * note that a group is given leaves the group where it was; a group that has no members left goes.
 */
export type AnnotationIntent =
  | { readonly type: "note/add"; readonly id: string; readonly fields: JsonObject; readonly box: Box }
  | { readonly type: "note/update"; readonly id: string; readonly patch: JsonObject }
  | { readonly type: "note/resize"; readonly id: string; readonly box: Box }
  | { readonly type: "note/remove"; readonly ids: readonly string[] }
  | { readonly type: "group/add"; readonly id: string; readonly fields: JsonObject }
  | { readonly type: "group/update"; readonly id: string; readonly patch: JsonObject }
  /** What was in them stays. */
  | { readonly type: "group/remove"; readonly ids: readonly string[] };
