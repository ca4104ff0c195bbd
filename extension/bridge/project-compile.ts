import type { CompileRecord } from "../../runtime/compile/compile-record.js";
import type { GraphCompiler } from "../../runtime/compile/graph-compiler.js";
import type { CompileView } from "../../webview/protocol/views.js";
import { projectDrift, type DriftFacts } from "./project-drift.js";

/** A compiler as the canvas needs it; a `GraphCompiler` fits. */
export interface CompileFacts extends Pick<GraphCompiler, "stale" | "pending">, DriftFacts {
  readonly current: { readonly plan: { readonly revision: string } } | undefined;
  readonly history: readonly CompileRecord[];
}

/** Characters of a revision that people are shown. */
const REVISION_CHARACTERS = 7;

/** A revision as people are shown it. */
export function shortRevision(revision: string): string {
  return revision.slice(0, REVISION_CHARACTERS);
}

/** The compiler as the canvas shows it. */
export function projectCompile(compiler: CompileFacts): CompileView {
  const [last] = compiler.history;
  const drift = projectDrift(compiler);
  return {
    plan: shortRevision(compiler.current?.plan.revision ?? ""),
    stale: compiler.stale,
    backlog: compiler.pending?.edits ?? 0,
    ...(drift === undefined ? {} : { drift }),
    ...(last === undefined ? {} : { last: lastOf(last) }),
  };
}

function lastOf({ class: grade, micros, recomputed, reasons, error }: CompileRecord): NonNullable<CompileView["last"]> {
  const shown = { class: grade, micros, recomputed, reasons: [...reasons] };
  if (error === undefined) return shown;
  return { ...shown, inVain: error.code === "HARD_REFUSED" ? "refused" : "failed" };
}
