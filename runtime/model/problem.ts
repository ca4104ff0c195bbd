import type { ErrorCode } from "../errors.js";
import type { EdgeId, NodeId } from "./ids.js";

/** Half-open range of UTF-16 code units in the document text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a document, at its place. Errors keep the last good plan in force; warnings do not. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly code: ErrorCode;
  readonly message: string;
  readonly range: TextRange;
  /** The node or edge it is drawn on, where there is one. */
  readonly node?: NodeId;
  readonly edge?: EdgeId;
}
