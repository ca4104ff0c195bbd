// Where runs stop: the breakpoints of each graph, looked up by what happens.
//
// 1. A moment costs what happens in it, however many breakpoints there are elsewhere.
// 2. A breakpoint counts a moment once for each task that it meets there, and only where its condition is true.
import { valueAt } from "../blame/channel-path.js";
import type { ExpressionScope, Variables } from "../expression/cel.js";
import { ExpressionError } from "../expression/cel.js";
import { isSameValue } from "../model/canonical.js";
import type { Plan } from "../plan/plan.js";
import type { Moment } from "../run/moment.js";
import type { BreakPlace, Breakpoint, Hit, Verdict } from "./breakpoint.js";
import { happenings, keyOf } from "./happenings.js";
import { parseHits, type HitTest } from "./hit-count.js";
import { parseMessage, type LogMessage } from "./log-message.js";

/** What a breakpoint comes to under one plan. */
interface Compiled {
  readonly condition?: (variables: Variables) => boolean;
  readonly message?: LogMessage;
  readonly problem?: string;
}

interface Entry {
  readonly breakpoint: Breakpoint;
  readonly hits: HitTest | undefined;
  count: number;
  readonly compiled: WeakMap<ExpressionScope, Compiled>;
}

/** The breakpoints of a graph. */
interface Index {
  /** By what they are met by. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** What they ask for: nobody finds out anything else. */
  readonly asked: ReadonlySet<BreakPlace["at"]>;
}

const none: readonly Entry[] = [];

/** The breakpoints of the graphs that a run goes through. */
export class Breakpoints {
  readonly #graphs = new Map<string, Index>();

  /** Sets all of one graph, by a name that tells it from others. Those that were there before keep their counts. */
  set(graph: string, all: readonly Breakpoint[]): void {
    const before = new Map(this.#entriesOf(graph).map((entry) => [entry.breakpoint.id, entry]));
    const entries = new Map<string, Entry[]>();
    for (const breakpoint of all) {
      const entry = kept(before.get(breakpoint.id), breakpoint) ?? entryOf(breakpoint);
      const key = keyOf(breakpoint.place);
      const there = entries.get(key);
      if (there === undefined) entries.set(key, [entry]);
      else there.push(entry);
    }
    if (entries.size === 0) this.#graphs.delete(graph);
    else this.#graphs.set(graph, { entries, asked: new Set(all.map(({ place }) => place.at)) });
  }

  /** Whether there are any. */
  get isEmpty(): boolean {
    return this.#graphs.size === 0;
  }

  /** Which of a graph's can be met under a plan. */
  verdicts(graph: string, plan: Plan): readonly Verdict[] {
    const entries = this.#entriesOf(graph);
    const edges = entries.some(({ breakpoint }) => "edge" in breakpoint.place) ? edgesOf(plan) : new Set<string>();
    return entries.map((entry) => {
      const problem = missing(plan, edges, entry.breakpoint.place) ?? compiledFor(entry, plan.scope).problem;
      return problem === undefined ? { id: entry.breakpoint.id } : { id: entry.breakpoint.id, problem };
    });
  }

  /** What of a graph's breakpoints a moment meets, and counts that. `before`: the moment before it; where that is not known, nothing has changed since. */
  met(graph: string, moment: Moment, before = moment): readonly Hit[] {
    const index = this.#graphs.get(graph);
    if (index === undefined) return [];
    const hits: Hit[] = [];
    for (const { key, ...what } of happenings(moment, index.asked)) {
      const variables = (): Variables => moment.variables(what.task);
      for (const entry of index.entries.get(key) ?? none) {
        if (!isChanged(entry.breakpoint.place, moment, before, what)) continue;
        const hit = meetOne(entry, moment.plan.scope, variables, what);
        if (hit !== undefined) hits.push(hit);
      }
    }
    return hits;
  }

  #entriesOf(graph: string): readonly Entry[] {
    return [...(this.#graphs.get(graph)?.entries.values() ?? [])].flat();
  }
}

/** The entry that a breakpoint has already, where it says the same. */
function kept(entry: Entry | undefined, breakpoint: Breakpoint): Entry | undefined {
  if (entry === undefined) return undefined;
  const { condition, hits, log, place } = entry.breakpoint;
  const isSame = condition === breakpoint.condition && hits === breakpoint.hits && log === breakpoint.log;
  return isSame && keyOf(place) === keyOf(breakpoint.place) ? entry : undefined;
}

function entryOf(breakpoint: Breakpoint): Entry {
  const hits = breakpoint.hits === undefined ? undefined : parseHits(breakpoint.hits);
  return { breakpoint, hits, count: 0, compiled: new WeakMap() };
}

function edgesOf({ start, nodes }: Plan): ReadonlySet<string> {
  const all = new Set(start.edges.map(({ id }) => id));
  nodes.forEach(({ routing }) => routing.edges.forEach(({ id }) => all.add(id)));
  return all;
}

function missing(plan: Plan, edges: ReadonlySet<string>, place: BreakPlace): string | undefined {
  if ("node" in place) return plan.nodes.has(place.node) ? undefined : `The graph has no node "${place.node}".`;
  if ("channel" in place) return plan.channels.has(place.channel) ? undefined : `The graph has no channel "${place.channel}".`;
  return edges.has(place.edge) ? undefined : `The graph has no edge "${place.edge}".`;
}

/** Of a place in a channel, whether another value stands there; the task that wrote the channel last is the one that counts. */
function isChanged(place: BreakPlace, moment: Moment, before: Moment, { task }: Pick<Hit, "task">): boolean {
  if (place.at !== "written" || place.path === undefined || place.path.length === 0) return true;
  const { channel, path } = place;
  const last = moment.finished.findLast(({ writes, cleared }) => Object.hasOwn(writes, channel) || cleared.includes(channel));
  if (last === undefined || task === undefined || !("task" in task) || task.task !== last.task) return false;
  return !isSameValue(valueAt(before.value(channel), path), valueAt(moment.value(channel), path));
}

function meetOne(entry: Entry, scope: ExpressionScope, variables: () => Variables, what: Pick<Hit, "task" | "route">): Hit | undefined {
  const { breakpoint, hits } = entry;
  const { condition, message, problem } = compiledFor(entry, scope);
  const hit = { breakpoint, ...what };
  if (problem !== undefined) return { ...hit, fault: problem };
  try {
    if (condition !== undefined && !condition(variables())) return undefined;
    entry.count += 1; // invariant 2
    if (hits !== undefined && !hits(entry.count)) return undefined;
    return message === undefined ? hit : { ...hit, log: message(variables()) };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return { ...hit, fault: thrown.message };
  }
}

function compiledFor(entry: Entry, scope: ExpressionScope): Compiled {
  const known = entry.compiled.get(scope);
  if (known !== undefined) return known;
  const compiled = compile(entry.breakpoint, entry.hits, scope);
  entry.compiled.set(scope, compiled);
  return compiled;
}

/** A condition of another type is told by what it is. */
function faultOf(message: string): string {
  return message.startsWith("is ") ? `The condition ${message}.` : `The condition cannot be read: ${message}.`;
}

function compile({ condition, hits, log }: Breakpoint, test: HitTest | undefined, scope: ExpressionScope): Compiled {
  if (hits !== undefined && test === undefined) return { problem: `"${hits}" is no hit count: write 5, > 5, >= 5, < 5, <= 5 or % 5.` };
  const tested = condition === undefined ? undefined : scope.compile(condition, "bool");
  if (tested?.ok === false) return { problem: faultOf(tested.problem.message) };
  const message = log === undefined ? undefined : parseMessage(log, scope);
  if (typeof message === "string") return { problem: `The message cannot be read: ${message}.` };
  return {
    ...(tested === undefined ? {} : { condition: (variables) => tested.program(variables) === true }),
    ...(message === undefined ? {} : { message }),
  };
}
