// What the run shown knows of a node's tasks.
import { includes, usesOf } from "../../runtime/certify/uses.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import type { Moment } from "../../runtime/run/moment.js";
import type { RunSession } from "../../runtime/run/session.js";
import type { TraceEvent } from "../../runtime/trace/event.js";
import { taskRecords, type TaskRecord } from "../../runtime/trace/task-records.js";
import type { GraphSession } from "../run/graph-session.js";
import type { RunArchive } from "../run/run-archive.js";

/** So many tasks of a node can be chosen from. */
const TASKS = 50;
/** So far back what a task read is looked for step by step, in supersteps; what is further back is looked up. */
const REACH = 64;

/** The run that is asked about, and what is stored of it. */
export interface TaskSubject extends Pick<GraphSession, "run" | "running"> {
  readonly archive: Pick<RunArchive, "store" | "blame">;
}

/** What a task was given. */
export interface TaskInput {
  /** By channel, those that it may read. */
  readonly values: JsonObject;
  /** What the task itself was given; undefined: nothing. */
  readonly given: JsonValue | undefined;
  /** The checkpoint that has these values, where there is one. */
  readonly checkpoint: string | undefined;
}

/** The newest tasks of a node by now, or by the end of a superstep, the newest first. What is not in memory any more is read from the store. */
export function tasksOf({ run, archive }: TaskSubject, node: string, until = Infinity): readonly TaskRecord[] {
  if (run === undefined) return [];
  const recorded = (events: readonly TraceEvent[]): readonly TaskRecord[] =>
    taskRecords(until === Infinity ? events : events.filter(({ superstep }) => superstep <= until), node, TASKS);
  const recent = recorded(run.trace);
  const tally = run.tally.nodes.get(node);
  if (recent.length > 0 || tally === undefined || tally.finished + tally.failed === 0) return recent;
  return quietly(() => recorded(archive.store().trace(run.id, run.head))) ?? [];
}

/** A task of a node, however old it is. */
export function taskOf({ run, archive }: TaskSubject, node: string, task: string): TaskRecord | undefined {
  if (run === undefined) return undefined;
  const named = (events: readonly TraceEvent[]): TaskRecord | undefined =>
    taskRecords(events, node, Infinity).find((each) => each.task === task);
  return named(run.trace) ?? quietly(() => named(archive.store().trace(run.id, run.head)));
}

/** What a task was given; undefined where its superstep is out of reach, or the run is at work. */
export function inputOf(session: TaskSubject, node: string, { task, superstep }: TaskRecord): TaskInput | undefined {
  const { run } = session;
  if (run === undefined || session.running) return undefined;
  const moment = quietly(() => beforeTask(run, superstep));
  const def = moment?.plan.nodes.get(node)?.def;
  if (moment === undefined || def === undefined) return undefined;
  const { reads } = usesOf(def);
  const names = [...moment.plan.channels.keys()].filter((name) => includes(reads, name)).toSorted();
  const values = names.flatMap((name) => {
    const value = moment.value(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const given = moment.frontier.due.find(({ id }) => id === task)?.input;
  return { values: Object.fromEntries(values), given, checkpoint: checkpointOf(session, run, superstep) };
}

/** The state that the tasks of a superstep began with. */
function beforeTask(run: RunSession, superstep: number): Moment | undefined {
  let left = REACH;
  for (const moment of momentsOf(run)) {
    const { open } = moment.frontier;
    if (moment.superstep === superstep - (open ? 0 : 1)) return moment;
    if (moment.superstep < superstep - 1 || (left -= 1) < 0) break;
  }
  const before = run.lookIntoPast().at(superstep - 1);
  return before?.superstep === superstep - 1 ? before.moment : undefined;
}

function* momentsOf(run: RunSession): Iterable<Moment> {
  yield run.moment;
  yield* run.past;
}

/** The checkpoint on the way to where the run stands that a superstep began at. */
function checkpointOf({ archive }: TaskSubject, run: RunSession, superstep: number): string | undefined {
  return quietly(() => {
    const store = archive.store();
    const ends = store.list(run.id, { superstep: superstep - 1 });
    const [only, another] = ends;
    if (only === undefined || another === undefined) return only?.id;
    const line = new Set(store.lineage(run.head).map(({ id }) => id));
    return ends.find(({ id }) => line.has(id))?.id;
  });
}

/** What a store that lacks it, or is damaged, cannot answer is not known. */
export function quietly<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return undefined;
    throw thrown;
  }
}
