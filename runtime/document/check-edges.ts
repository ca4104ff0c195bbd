// Edges that point nowhere, and edges that can never fire.
import { REROUTE, type NodeDef } from "../model/graph.js";
import { END, ON_ERROR, START } from "../model/ids.js";
import { memberOf } from "./json-tree.js";
import { canEnter, canLeave, type Link, type Links } from "./links.js";
import type { ProblemList } from "./problem-list.js";
import type { LocalProblem } from "./reading.js";

/** Reports both; gives the edges that can never fire. */
export function checkEdges(links: Links, problems: ProblemList): ReadonlySet<Link> {
  const dead = new Set<Link>();
  for (const link of links.all) {
    if (!canLeave(links, link.from)) dangling(link, "from", problems);
    if (!canEnter(links, link.to)) dangling(link, "to", problems);
    const why = whyNever(link, links);
    if (why === undefined) continue;
    dead.add(link);
    warn(link, why, problems);
  }
  for (const siblings of links.leaving.values()) {
    checkAlternatives(siblings, links, dead, problems);
    if (siblings.length > 1) checkRepeated(siblings, problems);
  }
  return dead;
}

function dangling(link: Link, end: "from" | "to", problems: ProblemList): void {
  const at = memberOf(link.placed.entry.node, end);
  if (at === undefined) return;
  const id = link[end];
  const message =
    id === START || id === END
      ? `\`${id}\` cannot be the ${end === "from" ? "source" : "target"} of an edge.`
      : `There is no node "${id}" in this graph.`;
  const range = { start: at.start, end: at.end };
  problems.addIn(link.placed, { edge: link.id }, { severity: "error", code: "DANGLING_EDGE", message, range });
}

/** Why the condition of an edge can never be met. */
function whyNever({ condition, from }: Link, links: Links): string | undefined {
  if (condition?.type === "when") return /^\s*false\s*$/.test(condition.expression) ? "its condition is always false" : undefined;
  if (condition?.type !== "on") return undefined;
  if (from === START) return "`@start` returns no action";
  if (condition.action === ON_ERROR) return undefined;
  if (condition.action.startsWith("@")) return `"${condition.action}" is no action: only \`@error\` is built in`;
  const source = links.graph.nodes.get(from);
  if (source?.disabled === true) return `"${from}" is disabled and returns no action`;
  if (source?.kind === "expression") return `"${from}" is an expression node and returns no action`;
  const actions = actionsOf(source);
  if (actions === undefined || actions.includes(condition.action)) return undefined;
  const what = source?.kind === "barrier" ? "offer" : "expect";
  const who = source?.kind === "barrier" ? `the barrier "${from}"` : `"${from}"`;
  return `${who} does not ${what} "${condition.action}", only ${actions.map((action) => `"${action}"`).join(", ")}`;
}

/** The actions that a node may return, where its definition tells: a fallback's handler may return any. */
function actionsOf(node: NodeDef | undefined): readonly string[] | undefined {
  if (node?.kind === "barrier") return node.actions;
  return node?.kind === "http" && node.fallback?.type !== "handler" ? node.expect : undefined;
}

/** Looks at the `else` edges of one source, and at the actions of a barrier that lead nowhere. */
function checkAlternatives(siblings: readonly Link[], links: Links, dead: Set<Link>, problems: ProblemList): void {
  const others = siblings.filter(
    ({ condition }) => condition === undefined || condition.type === "when" || (condition.type === "on" && condition.action !== ON_ERROR),
  );
  const elses = siblings.filter(({ condition }) => condition?.type === "else");
  const actions = new Set(
    siblings.flatMap(({ condition }) => (condition?.type === "on" && condition.action !== ON_ERROR ? [condition.action] : [])),
  );
  const source = links.graph.nodes.get(siblings[0]?.from ?? "");
  const missing = actionsOf(source)?.filter((action) => action !== REROUTE && !actions.has(action));
  for (const link of elses) {
    if (others.length === 0) warn(link, undefined, problems);
    else if (missing?.length === 0) {
      dead.add(link);
      warn(link, `every action of "${link.from}" has an edge of its own`, problems);
    }
  }
  if (source === undefined || missing === undefined || actions.size === 0 || elses.length > 0) return;
  // Where something else leads on, a status without an edge of its own is no dead end.
  if (source.kind === "http" && siblings.some(({ condition }) => condition?.type !== "on")) return;
  if (missing.length > 0) warnOfActions(source.id, missing, links, problems);
}

function warnOfActions(id: string, missing: readonly string[], links: Links, problems: ProblemList): void {
  const placed = links.nodes.get(id);
  if (placed === undefined) return;
  const { node } = placed.entry;
  const at = memberOf(node, "actions") ?? memberOf(node, "expect") ?? memberOf(node, "kind");
  const message = `No edge leaves "${id}" for ${missing.map((action) => `"${action}"`).join(", ")}.`;
  const range = { start: at?.start ?? 0, end: at?.end ?? 1 };
  problems.addIn(placed, { node: id }, { severity: "warning", code: "UNKNOWN_ACTION", message, range });
}

function checkRepeated(siblings: readonly Link[], problems: ProblemList): void {
  const first = new Map<string, Link>();
  for (const link of siblings) {
    if (link.condition === undefined) continue;
    const key = JSON.stringify([link.to, link.condition]);
    const same = first.get(key);
    if (same === undefined) first.set(key, link);
    else problems.addIn(link.placed, { edge: link.id }, neverFires(link, `This edge adds nothing: "${same.id}" is the same.`));
  }
}

/** Without a reason: an `else` with nothing beside it. */
function warn(link: Link, why: string | undefined, problems: ProblemList): void {
  const alone = `This edge always fires: no \`on\` or \`when\` edge leaves "${link.from}" beside it.`;
  problems.addIn(link.placed, { edge: link.id }, neverFires(link, why === undefined ? alone : `This edge can never fire: ${why}.`));
}

function neverFires({ placed, condition }: Link, message: string): LocalProblem {
  const node = placed.entry.node;
  const at = (condition === undefined || condition.type === "plain" ? undefined : memberOf(node, condition.type)) ?? node;
  return { severity: "warning", code: "EDGE_NEVER_FIRES", message, range: { start: at?.start ?? 0, end: at?.end ?? 0 } };
}
