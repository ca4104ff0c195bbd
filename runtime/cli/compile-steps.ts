import { advise, type Advice } from "../compile/adviser.js";
import { isRecompile, savedMicros, type CompileRecord } from "../compile/compile-record.js";
import { gravest } from "../compile/classify.js";
import { GraphCompiler } from "../compile/graph-compiler.js";
import { CompileQueue } from "../compile/queue.js";
import { rehearse } from "../compile/rehearse.js";
import { compileStatistics, type CompileStatistics } from "../compile/statistics.js";
import type { ErrorInfo } from "../errors.js";
import type { CompileSettings, Graph } from "../model/graph.js";
import type { Clock } from "../ports.js";
import type { GraphFile } from "./graph-file.js";

/** What one version of a graph took to compile from the one before it. Times in milliseconds. */
export interface CompileStep {
  readonly to: string;
  readonly class: CompileRecord["class"];
  readonly reasons: readonly string[];
  /** Nodes made anew. */
  readonly recomputed: number;
  readonly ms: number;
  /** What a full compile takes, measured just before. */
  readonly fullMs?: number;
  /** What a soft recompile saved against that. */
  readonly savedMs?: number;
  /** What a patch would have taken, where the strategy had all compiled anew. */
  readonly patchMs?: number;
  readonly error?: ErrorInfo;
}

/** What several versions took, one after the other. */
export interface CompileSteps {
  /** The gravest class of all steps. */
  readonly class: CompileRecord["class"];
  readonly steps: readonly CompileStep[];
  readonly statistics: CompileStatistics;
  readonly advice: readonly Advice[];
}

/** Compiles versions of a graph, each from the one before it; `strategy` in place of what they say themselves. */
export async function compileSteps(
  versions: readonly GraphFile[],
  strategy: CompileSettings["strategy"] | undefined,
  clock: Clock,
): Promise<CompileSteps> {
  rehearse(clock);
  const compiler = new GraphCompiler("steps", new CompileQueue(clock, { mode: "inline" }), clock);
  const steps: CompileStep[] = [];
  let settings: CompileSettings | undefined;
  for (const [index, version] of versions.entries()) {
    const graph = withStrategy(version.document.graph, strategy);
    const before = compiler.history[0];
    compiler.measureFull();
    compiler.update({ ...version.document, graph });
    // A hard change waits in the queue when the graph asks for that; here nothing else comes.
    await compiler.compileNow();
    const record = compiler.history[0];
    if (index > 0) steps.push(stepOf(version.given, record === before ? undefined : record));
    settings = graph.compile;
  }
  compiler.dispose();
  const records = compiler.history.filter(isRecompile);
  return {
    class: gravest(steps.map((step) => step.class)),
    steps,
    statistics: compileStatistics(records),
    advice: settings === undefined ? [] : advise(records, settings),
  };
}

function withStrategy(graph: Graph, strategy: CompileSettings["strategy"] | undefined): Graph {
  return strategy === undefined ? graph : { ...graph, compile: { ...graph.compile, strategy } };
}

function stepOf(to: string, record: CompileRecord | undefined): CompileStep {
  if (record === undefined) return { to, class: "none", reasons: [], recomputed: 0, ms: 0 };
  const { class: grade, reasons, recomputed, micros, fullMicros, patchMicros, error } = record;
  const saved = savedMicros(record);
  return {
    to,
    class: grade,
    reasons,
    recomputed,
    ms: micros / 1000,
    ...(fullMicros === undefined || error !== undefined ? {} : { fullMs: fullMicros / 1000 }),
    ...(saved === undefined ? {} : { savedMs: saved / 1000 }),
    ...(patchMicros === undefined ? {} : { patchMs: patchMicros / 1000 }),
    ...(error === undefined ? {} : { error }),
  };
}
