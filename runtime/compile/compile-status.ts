import type { ErrorInfo } from "../errors.js";

/**
 * How the plan in force stands to the document. `empty`: there is none yet. `current`: it says what the document says. Else it is
 * the last good one: the document is `broken`, or differs by what is `waiting` for a hard compile, was `refused`, or `failed` to compile.
 */
export type CompileStatus =
  | { readonly state: "empty" | "current" | "broken" | "waiting" }
  | { readonly state: "refused" | "failed"; readonly error: ErrorInfo };
