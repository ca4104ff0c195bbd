import type { Advice } from "../compile/adviser.js";
import type { CompileDurations, CompileStatistics } from "../compile/statistics.js";
import { percent, shortMs } from "../model/figures.js";
import type { CompileStep, CompileSteps } from "./compile-steps.js";
import { counted } from "./lists.js";

/** What versions of a graph took to compile, as one JSON object: of one alone what it took, of several each step and what they came to. */
export function compileJson(outcome: CompileSteps): object {
  const [only, another] = outcome.steps;
  if (only === undefined || another !== undefined) return outcome;
  const { to: _to, ...step } = only;
  return step;
}

/** The same as lines for people. */
export function compileLines(outcome: CompileSteps): readonly string[] {
  const several = outcome.steps.length > 1;
  const steps = outcome.steps.flatMap((step) => stepLines(step, several));
  return several ? [...steps, ...statisticsLines(outcome.statistics), ...outcome.advice.flatMap(adviceLines)] : steps;
}

function stepLines(step: CompileStep, named: boolean): readonly string[] {
  const head = `${named ? `${step.to}: ` : ""}${step.class}: ${workOf(step)}`;
  return [head, ...step.reasons.map((reason) => `  ${reason}`)];
}

function workOf({ class: grade, recomputed, ms, fullMs, savedMs, patchMs, error }: CompileStep): string {
  if (error !== undefined) return "refused, the plan stays as it is";
  if (grade === "none") return "the plan stays as it is";
  const parts = [`${counted(recomputed, "node")} recomputed in ${shortMs(ms)}`];
  if (grade === "soft" && fullMs !== undefined) parts.push(`a full compile takes ${shortMs(fullMs)}`);
  if (savedMs !== undefined) parts.push(savedMs > 0 ? `saved ${shortMs(savedMs)}` : "saved nothing");
  if (patchMs !== undefined) parts.push(`patched it would have taken ${shortMs(patchMs)}`);
  return parts.join("; ");
}

function statisticsLines({
  compiles,
  soft,
  hard,
  refused,
  failed,
  hitRate,
  savedMicros,
  notMeasured,
}: CompileStatistics): readonly string[] {
  return [
    "",
    counted(compiles, "recompile"),
    ...durationsLine("soft", soft),
    ...durationsLine("hard", hard),
    ...(refused === 0 ? [] : [`  refused: ${refused}`]),
    ...(failed === 0 ? [] : [`  failed: ${failed}`]),
    ...(hitRate === undefined ? [] : [`  soft share: ${percent(hitRate)}`]),
    ...(savedMicros === undefined
      ? []
      : [`  saved: ${shortMs(savedMicros / 1000)}${notMeasured === 0 ? "" : `, ${notMeasured} not measured`}`]),
  ];
}

function durationsLine(name: string, durations: CompileDurations | undefined): readonly string[] {
  if (durations === undefined) return [];
  const { count, last, mean, p50, p95 } = durations;
  const [l, m, half, most] = [last, mean, p50, p95].map((micros) => shortMs(micros / 1000));
  return [`  ${name}: ${count}; last ${l}, mean ${m}, p50 ${half}, p95 ${most}`];
}

function adviceLines({ text, change }: Advice): readonly string[] {
  const how =
    change === undefined ? [] : [`  \`compile.${change.setting}\`: ${JSON.stringify(change.from)} -> ${JSON.stringify(change.to)}`];
  return ["", `advice: ${text}`, ...how];
}
