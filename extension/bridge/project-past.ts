import type { Moment } from "../../runtime/run/moment.js";
import type { EdgeTest } from "../../runtime/run/explain-edge.js";
import type { PastSuperstep } from "../../runtime/run/look-into-past.js";
import type { JsonValue } from "../../runtime/model/json.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import type { EdgeTestView, PastOutline, PastView } from "../../webview/protocol/past.js";
import { projectRun, type RunFacts } from "./project-run.js";

const VALUE_CHARACTERS = 200;
/** Of so many tasks of one node in one superstep it is told what came of an edge. */
const MOST_TESTS = 20;

/** A run as it was at the end of a superstep. `revision`: of the plan in force now. */
export function projectPast(past: PastSuperstep, revision: string | undefined): PastView {
  const { superstep, checkpoint, moment } = past;
  return {
    superstep,
    ...(checkpoint === undefined ? {} : { checkpoint }),
    samePlan: moment.plan.revision === revision,
    run: { ...projectRun(factsOf(past), 0), past: true },
  };
}

function factsOf(past: PastSuperstep): RunFacts {
  const { moment } = past;
  const { run: id, frontier, plan } = moment;
  const { status } = frontier;
  const channels = valuesAt(moment);
  const atRest = { runningTasks: [], progress: new Map(), inside: [], blocked: undefined, restoredFrom: undefined };
  return { id, status: status === "running" ? "paused" : status, frontier, plan, channels, tally: past.tally(), ...atRest };
}

function valuesAt(moment: Moment): RunFacts["channels"] {
  const values: Record<string, JsonValue> = {};
  for (const name of moment.plan.channels.keys()) {
    const value = moment.value(name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** Supersteps, in ascending order, as ranges. */
export function rangesOf(supersteps: readonly number[]): PastOutline["saved"] {
  const ranges: [number, number][] = [];
  for (const superstep of supersteps) {
    const last = ranges.at(-1);
    if (last !== undefined && superstep === last[1] + 1) last[1] = superstep;
    else ranges.push([superstep, superstep]);
  }
  return ranges;
}

/** What came of an edge, one for each task of its node. */
export function projectTests(tests: readonly EdgeTest[]): EdgeTestView[] {
  return tests.slice(0, MOST_TESTS).map(({ taken, action, value, error, failure, reads, passed }) => ({
    taken,
    ...(action === undefined ? {} : { action }),
    ...(value === undefined ? {} : { value: textOf(value) }),
    ...(error === undefined ? {} : { error }),
    ...(failure === undefined ? {} : { failure: failure === null ? null : { code: failure.code, message: failure.message } }),
    ...(passed === undefined ? {} : { passed }),
    reads: reads.map((read) => (read.value === undefined ? { path: read.path } : { path: read.path, value: textOf(read.value) })),
  }));
}

function textOf(value: JsonValue): string {
  return previewJson(value, VALUE_CHARACTERS);
}
