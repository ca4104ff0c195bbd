import type { CompileRecord } from "../../runtime/index.js";

/** A record of a soft recompile of 40 µs where a full compile takes 1,000, unless a part says otherwise. */
export function compileRecord(part: Partial<CompileRecord> = {}): CompileRecord {
  return {
    at: 0,
    class: "soft",
    reasons: ["why"],
    recomputed: 1,
    micros: 40,
    revision: "0123456789abcdef",
    success: true,
    fullMicros: 1000,
    trigger: "edited",
    needed: "soft",
    edits: 1,
    waitedMs: 0,
    ...part,
  };
}
