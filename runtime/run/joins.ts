// Joins: what arrives at nodes, and which nodes that makes due. Pure.
//
// 1. Joins are sets: the order of arrival and the order in the document mean nothing.
// 2. Whatever triggers a node several times at once triggers it once, sent tasks apart.
import type { Arrivals, Failures, StoredTask } from "../checkpoint/checkpoint.js";
import { END, type NodeId } from "../model/ids.js";
import { isEmpty } from "../model/is-empty.js";
import type { JsonValue } from "../model/json.js";
import type { Join, Plan } from "../plan/plan.js";
import type { TakenRoute } from "./taken-route.js";

/** Stands among the arrivals of a `count` join that has fired: the edges beside it are those of the round so far. */
export const FIRED = "@fired";
/** Ways to a node that no join keeps waiting, unless it is deferred. */
const direct: readonly string[] = ["@goto", "@override"];
const nothing: readonly string[] = [];

/** Nothing has failed: the usual case, which costs nothing. */
export const noFailures: Failures = {};

/** What waited before the routes were taken, and the tasks that were sent. */
export interface JoinInput {
  /** The superstep that has finished. */
  readonly superstep: number;
  readonly arrivals: Arrivals;
  readonly failures: Failures;
  /** In the order of their indices. */
  readonly sent: readonly StoredTask[];
}

/** What is due next, in task order, and what goes on waiting. */
export interface Joined {
  readonly due: readonly StoredTask[];
  readonly arrivals: Arrivals;
  readonly failures: Failures;
}

/** Lets what was taken arrive. */
export function arrive(plan: Plan, taken: readonly TakenRoute[], input: JoinInput): Joined {
  if (taken.some((route) => route.terminate === true)) return { due: [], arrivals: {}, failures: noFailures };
  return arriveAlone(plan, taken, input) ?? arriveAll(plan, taken, input);
}

/** The answer for the most frequent case by far: one edge, to a node that waits for no other, and nothing waits anywhere. */
function arriveAlone(plan: Plan, taken: readonly TakenRoute[], { superstep, arrivals, failures, sent }: JoinInput): Joined | undefined {
  const [route] = taken;
  if (route === undefined || taken.length > 1 || sent.length > 0 || failures !== noFailures || !isEmpty(arrivals)) return undefined;
  if (route.failure !== undefined || plan.nodes.get(route.to)?.join.policy !== "any") return undefined;
  return { due: [{ id: `${superstep + 1}/${route.to}`, node: route.to, cause: [route.via] }], arrivals, failures };
}

function arriveAll(plan: Plan, taken: readonly TakenRoute[], input: JoinInput): Joined {
  const due = new Map<NodeId, readonly string[]>();
  const waiting = new Map<NodeId, readonly string[]>();
  for (const [node, now] of arrivingNow(taken, input.arrivals)) {
    const join = plan.nodes.get(node)?.join;
    if (join === undefined) continue;
    const { cause, rest } = atJoin(join, roundOf(join, input.arrivals[node] ?? nothing, now));
    if (cause.length > 0) due.set(node, cause);
    if (rest.length > 0) waiting.set(node, rest);
  }
  if (waiting.size > 0 && due.size === 0 && input.sent.length === 0) releaseDeferred(plan, due, waiting);
  const arrivals = Object.fromEntries(waiting);
  const failures = failuresOf(taken, input.failures);
  const triggered = [...due].map(([node, cause]) => taskOf(input.superstep + 1, node, cause, failures));
  return { due: inTaskOrder(plan, [...triggered, ...input.sent]), arrivals, failures: kept(failures, [input.arrivals, arrivals]) };
}

/** Every node where something arrives or waits, with what arrives now. */
function arrivingNow(taken: readonly TakenRoute[], arrivals: Arrivals): Map<NodeId, Set<string>> {
  const now = new Map<NodeId, Set<string>>(Object.keys(arrivals).map((node) => [node, new Set()]));
  for (const { via, to } of taken) {
    if (to === END || via === "@send") continue;
    const set = now.get(to);
    if (set === undefined) now.set(to, new Set([via]));
    else set.add(via);
  }
  return now;
}

/**
 * What has arrived in the round that counts. A `count` join that has fired swallows the other edges of its round, which is over
 * when all have come. Where one of them comes again before, the others are not coming: the next round has begun, and what comes
 * together with it is of that round, so that no loop waits for ever.
 */
function roundOf({ policy, incoming }: Join, before: readonly string[], now: ReadonlySet<string>): ReadonlySet<string> {
  if (before.length === 0) return now;
  const round = new Set([...before, ...now]);
  if (!before.includes(FIRED)) return round;
  if (typeof policy !== "object") return now; // what is kept was used up under the policy of before
  if (incoming.some((edge) => now.has(edge) && before.includes(edge))) return now;
  const over = incoming.every((edge) => round.has(edge));
  return over ? new Set(direct.filter((way) => now.has(way))) : round;
}

/** What triggers the node, if anything, and what goes on waiting at it. An edge that a recompile took away arrives no more. */
function atJoin({ policy, incoming }: Join, arrived: ReadonlySet<string>): { cause: readonly string[]; rest: readonly string[] } {
  const edges = incoming.filter((edge) => arrived.has(edge));
  const ways = direct.filter((way) => arrived.has(way));
  if (policy === "deferred") return { cause: [], rest: [...ways, ...edges] };
  const fired = arrived.has(FIRED) ? [FIRED] : [];
  if (fired.length > 0 || !isMet(policy, edges.length, incoming.length)) return { cause: ways, rest: [...fired, ...edges] };
  const goesOn = typeof policy === "object" && edges.length < incoming.length;
  return { cause: [...ways, ...edges], rest: goesOn ? [FIRED, ...edges] : [] };
}

function isMet(policy: Exclude<Join["policy"], "deferred">, arrived: number, incoming: number): boolean {
  if (arrived === 0) return false;
  if (policy === "all") return arrived === incoming;
  return policy === "any" || arrived >= policy.count;
}

/** Nothing else is due: now the nodes that waited for that are, all together. */
function releaseDeferred(plan: Plan, due: Map<NodeId, readonly string[]>, waiting: Map<NodeId, readonly string[]>): void {
  for (const [node, cause] of waiting) {
    if (plan.nodes.get(node)?.join.policy !== "deferred") continue;
    due.set(node, cause);
    waiting.delete(node);
  }
}

function taskOf(superstep: number, node: NodeId, cause: readonly string[], failures: Failures): StoredTask {
  const errors: readonly JsonValue[] = cause.flatMap((edge) => failures[edge] ?? []);
  const task = { id: `${superstep}/${node}`, node, cause };
  return errors.length === 0 ? task : { ...task, input: { errors } };
}

/** Document order of nodes; of one node the triggered task, then the sent ones by index. */
function inTaskOrder(plan: Plan, tasks: readonly StoredTask[]): readonly StoredTask[] {
  if (tasks.length < 2) return tasks;
  const order = (task: StoredTask): number => plan.nodes.get(task.node)?.order ?? 0;
  return tasks.toSorted((a, b) => order(a) - order(b));
}

function failuresOf(taken: readonly TakenRoute[], before: Failures): Failures {
  const now = taken.flatMap(({ via, failure }) => (failure === undefined ? [] : [[via, failure] as const]));
  return now.length === 0 ? before : { ...before, ...Object.fromEntries(now) };
}

function kept(failures: Failures, arrivals: readonly Arrivals[]): Failures {
  if (failures === noFailures) return failures;
  const edges = new Set(arrivals.flatMap((each) => Object.values(each).flat()));
  const waiting = Object.entries(failures).filter(([edge]) => edges.has(edge));
  return waiting.length === 0 ? noFailures : Object.fromEntries(waiting);
}
