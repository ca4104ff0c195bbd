// Where a run can get to: nodes that are never reached, joins that are never met.
import { REROUTE, type Condition, type JoinPolicy, type NodeDef } from "../model/graph.js";
import { ON_ERROR, START } from "../model/ids.js";
import type { Table } from "../model/table.js";
import { memberOf } from "./json-tree.js";
import type { Link } from "./links.js";
import type { Marks } from "./marks.js";
import { isDead, type LivingLinks, type Reach } from "./reach.js";
import type { LocalProblem } from "./reading.js";
import type { Section } from "./section.js";

/** What is asked about where a run can get to. */
export interface Paths {
  readonly living: LivingLinks;
  readonly nodes: Section<NodeDef>;
  readonly definitions: Table<NodeDef>;
  /** What the start reaches. */
  readonly reach: Reach;
  /** Barriers that a person may send elsewhere. */
  readonly reroutes: Marks;
}

/** Whether a node waits for more than one of its edges. */
export function waitsForSeveral(join: JoinPolicy | undefined): boolean {
  return join === "all" || typeof join === "object";
}

/** Whether a decision on a node's question may name the node where the run goes on. */
export function mayReroute(node: NodeDef | undefined): boolean {
  return node?.kind === "barrier" && node.disabled !== true && node.actions.includes(REROUTE);
}

/** What can take a run from the nodes that it reaches to any node at all, without an edge. */
export function jumpFrom({ definitions, reach, reroutes }: Paths): string | undefined {
  const handler = someCommands(definitions, reach) ? "a handler's `goto` or `send`" : undefined;
  const decision = [...reroutes.keys()].some((id) => reach.has(id)) ? "a decision to reroute" : undefined;
  return handler === undefined || decision === undefined ? (handler ?? decision) : `${handler}, or ${decision},`;
}

function someCommands(definitions: Table<NodeDef>, reach: Reach): boolean {
  for (const id of reach.keys()) if (mayCommand(definitions.get(id))) return true;
  return false;
}

/** Whether a handler has the last word on where its node goes. */
function mayCommand(node: NodeDef | undefined): boolean {
  return node !== undefined && node.disabled !== true && (node.kind === "code" || node.fallback?.type === "handler");
}

/** Why a node's join is never met, at its place; `anyNode`: a run may get to each node without an edge. */
export function checkJoin(id: string, paths: Paths, anyNode: boolean): LocalProblem | undefined {
  const entry = paths.nodes.get(id);
  const join = entry?.def?.join;
  const isReached = (node: string): boolean => (anyNode ? node === START || paths.nodes.has(node) : paths.reach.has(node));
  if (!isReached(id)) return undefined;
  const entering = paths.living.links.entering(id);
  const check = { entering, paths, isReached };
  const why = typeof join === "object" ? whyTooFew(join.count, check) : whyNeverMet(check);
  const at = memberOf(entry?.node, "join");
  if (why === undefined || at === undefined) return undefined;
  const message = `"${id}" waits for ${typeof join === "object" ? join.count : "all"} of its edges, but ${why}.`;
  return { severity: "warning", code: "JOIN_NEVER_MET", message, range: { start: at.start, end: at.end } };
}

interface JoinCheck {
  readonly entering: readonly Link[];
  readonly paths: Paths;
  readonly isReached: (id: string) => boolean;
}

function whyTooFew(count: number, { entering, paths: { living }, isReached }: JoinCheck): string | undefined {
  const able = entering.filter((link) => !isDead(link, living) && isReached(link.from));
  return able.length >= count ? undefined : able.length === 1 ? "only 1 can fire" : `only ${able.length} can fire`;
}

function whyNeverMet({ entering, paths, isReached }: JoinCheck): string | undefined {
  const never = entering.find((link) => isDead(link, paths.living));
  if (never !== undefined) return `"${never.id}" can never fire`;
  const lost = entering.find(({ from }) => !isReached(from));
  if (lost !== undefined) return `"${lost.id}" comes from "${lost.from}", which is never reached`;
  const first = new Map<string, Link[]>();
  for (const link of entering) {
    const siblings = first.get(link.from) ?? [];
    const other = siblings.find((sibling) => exclude(sibling, link));
    // A source that runs more than once may take one of them now and the other later.
    if (other !== undefined && !runsAgain(link.from, paths)) return `of "${other.id}" and "${link.id}" only one can fire`;
    first.set(link.from, [...siblings, link]);
  }
  return undefined;
}

/** Whether of two edges of one source at most one fires each time. */
function exclude({ condition: a }: Link, { condition: b }: Link): boolean {
  if (isErrorEdge(a) !== isErrorEdge(b)) return true;
  if (a?.type === "on" && b?.type === "on") return a.action !== b.action;
  const types = [a?.type, b?.type];
  return types.includes("else") && (types.includes("on") || types.includes("when"));
}

function isErrorEdge(condition: Condition | undefined): boolean {
  return condition?.type === "on" && condition.action === ON_ERROR;
}

/**
 * Whether a node may run more than once: it comes after one that several edges may trigger one after the other. Looked for from the
 * node backwards; costs what leads to it.
 */
function runsAgain(id: string, { living, nodes }: Paths): boolean {
  const earlier = new Set([id]);
  // A set goes on to what is added while it is walked.
  for (const node of earlier) {
    const alive = living.links.entering(node).filter((link) => !isDead(link, living));
    const entry = nodes.get(node);
    if (entry !== undefined && alive.length > 1 && entry.def?.join !== "all") return true;
    for (const { from } of alive) earlier.add(from);
  }
  return false;
}
