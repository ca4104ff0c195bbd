import type { ErrorCode } from "../errors.js";
import type { EdgeId, NodeId } from "./ids.js";

/** Half-open range of UTF-16 code units in the document text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** How bad a problem is; `information`: right for all that the document tells, and worth a look. */
export type Severity = "error" | "warning" | "information";

/** What is wrong with a document, at its place. Errors keep the last good plan in force; the others do not. */
export interface Problem {
  readonly severity: Severity;
  readonly code: ErrorCode;
  readonly message: string;
  readonly range: TextRange;
  /** The node (or note, or group) or edge it is drawn on, where there is one. */
  readonly node?: NodeId;
  readonly edge?: EdgeId;
}
