import type { CompileRecord } from "../../runtime/compile/graph-compiler.js";

/** Microseconds that a soft recompile saved, measured against the graph's last full compile. Undefined where it saved none. */
export function savedMicros({ class: grade, success, micros, fullMicros }: CompileRecord): number | undefined {
  if (grade !== "soft" || !success || fullMicros === undefined || fullMicros <= micros) return undefined;
  return fullMicros - micros;
}
