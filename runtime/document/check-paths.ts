// Where a run can get to: a start, nodes that are never reached, joins that are never met. Each walk visits an edge once.
import { REROUTE, type Condition, type JoinPolicy, type NodeDef } from "../model/graph.js";
import { ON_ERROR, START } from "../model/ids.js";
import type { TextRange } from "../model/problem.js";
import { memberOf } from "./json-tree.js";
import type { Link, Links } from "./links.js";
import type { ProblemList } from "./problem-list.js";

/** Reports them; `dead` are the edges that can never fire, `top` the place for a graph without a start. */
export function checkPaths(links: Links, dead: ReadonlySet<Link>, top: TextRange, problems: ProblemList): void {
  if (!links.leaving.has(START)) {
    problems.add({ severity: "error", code: "NO_START", message: "No edge leaves `@start`: a run would have nothing to do.", range: top });
    return;
  }
  const reached = walk([START], links, dead);
  const jump = jumpFrom(links, reached);
  for (const [id, placed] of links.nodes) {
    if (reached.has(id)) continue;
    const message = `No path leads from \`@start\` to "${id}"${jump === undefined ? "." : `: only ${jump} can reach it.`}`;
    const severity = jump === undefined ? "warning" : "information";
    problems.add({ severity, code: "UNREACHABLE_NODE", message, range: placed.key, node: id });
  }
  checkJoins(links, dead, jump === undefined ? reached : new Set([START, ...links.nodes.keys()]), problems);
}

/** What can take a run from the nodes that it reaches to any node at all, without an edge. */
function jumpFrom({ graph }: Links, reached: ReadonlySet<string>): string | undefined {
  const nodes = [...reached].flatMap((id) => graph.nodes.get(id) ?? []);
  const handler = nodes.some(mayCommand) ? "a handler's `goto` or `send`" : undefined;
  const decision = nodes.some(mayReroute) ? "a decision to reroute" : undefined;
  return handler === undefined || decision === undefined ? (handler ?? decision) : `${handler}, or ${decision},`;
}

/** Whether a handler has the last word on where its node goes. */
function mayCommand({ kind, disabled, fallback }: NodeDef): boolean {
  return disabled !== true && (kind === "code" || fallback?.type === "handler");
}

function mayReroute(node: NodeDef): boolean {
  return node.kind === "barrier" && node.disabled !== true && node.actions.includes(REROUTE);
}

function checkJoins(links: Links, dead: ReadonlySet<Link>, reached: ReadonlySet<string>, problems: ProblemList): void {
  const joins = [...links.nodes].filter(([id, { entry }]) => waitsForSeveral(entry.def?.join) && reached.has(id));
  if (joins.length === 0) return;
  const repeated = walk(meetingPoints(links, dead), links, dead);
  for (const [id, placed] of joins) {
    const entering = links.entering.get(id) ?? [];
    const join = placed.entry.def?.join;
    const why = typeof join === "object" ? whyTooFew(join.count, entering, dead, reached) : whyNeverMet(entering, dead, reached, repeated);
    const at = memberOf(placed.entry.node, "join");
    if (why === undefined || at === undefined) continue;
    const message = `"${id}" waits for ${typeof join === "object" ? join.count : "all"} of its edges, but ${why}.`;
    const range = { start: at.start, end: at.end };
    problems.addIn(placed, { node: id }, { severity: "warning", code: "JOIN_NEVER_MET", message, range });
  }
}

function waitsForSeveral(join: JoinPolicy | undefined): boolean {
  return join === "all" || typeof join === "object";
}

function whyTooFew(count: number, entering: readonly Link[], dead: ReadonlySet<Link>, reached: ReadonlySet<string>): string | undefined {
  const able = entering.filter((link) => !dead.has(link) && reached.has(link.from));
  return able.length >= count ? undefined : able.length === 1 ? "only 1 can fire" : `only ${able.length} can fire`;
}

function whyNeverMet(
  entering: readonly Link[],
  dead: ReadonlySet<Link>,
  reached: ReadonlySet<string>,
  repeated: ReadonlySet<string>,
): string | undefined {
  const never = entering.find((link) => dead.has(link));
  if (never !== undefined) return `"${never.id}" can never fire`;
  const lost = entering.find(({ from }) => !reached.has(from));
  if (lost !== undefined) return `"${lost.id}" comes from "${lost.from}", which is never reached`;
  const first = new Map<string, Link[]>();
  for (const link of entering) {
    const siblings = first.get(link.from) ?? [];
    const other = siblings.find((sibling) => exclude(sibling, link));
    // A source that runs more than once may take one of them now and the other later.
    if (other !== undefined && !repeated.has(link.from)) return `of "${other.id}" and "${link.id}" only one can fire`;
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

/** Nodes that several edges may trigger, one after the other: every node that runs more than once comes after one of them. */
function meetingPoints(links: Links, dead: ReadonlySet<Link>): string[] {
  const points: string[] = [];
  for (const [id, { entry }] of links.nodes) {
    const alive = (links.entering.get(id) ?? []).filter((link) => !dead.has(link));
    if (alive.length > 1 && entry.def?.join !== "all") points.push(id);
  }
  return points;
}

/** Everything that can be reached from these nodes, themselves included. */
function walk(from: readonly string[], links: Links, dead: ReadonlySet<Link>): ReadonlySet<string> {
  const reached = new Set(from);
  // A set goes on to what is added while it is walked.
  for (const id of reached) {
    for (const link of links.leaving.get(id) ?? []) if (!dead.has(link)) reached.add(link.to);
  }
  return reached;
}
