// What is wrong with the edges that leave one source: edges that point nowhere, and edges that can never fire.
//
// 1. The answer depends on the edges that leave the source, on the entry of the source, and on which of their ends there are.
import { REROUTE, type NodeDef } from "../model/graph.js";
import { END, ON_ERROR, START } from "../model/ids.js";
import { memberOf } from "./json-tree.js";
import type { Link } from "./links.js";
import type { LocalProblem } from "./reading.js";
import type { Entry, Section } from "./section.js";

/** A problem and the entry that it is in. */
export interface EntryProblem {
  readonly in: "nodes" | "edges";
  readonly id: string;
  readonly problem: LocalProblem;
}

/** What was found out about the edges of one source. */
export interface SourceFindings {
  readonly problems: readonly EntryProblem[];
  /** Ids of the edges that can never fire. */
  readonly dead: ReadonlySet<string>;
}

/** Checks the edges that leave a source; undefined where all is well. */
export function checkSource(siblings: readonly Link[], nodes: Section<NodeDef>): SourceFindings | undefined {
  const from = siblings[0]?.from;
  if (from === undefined) return undefined;
  const check = new SourceCheck(siblings, nodes, nodes.get(from));
  check.run();
  return check.problems.length === 0 && check.dead.size === 0 ? undefined : { problems: check.problems, dead: check.dead };
}

class SourceCheck {
  readonly problems: EntryProblem[] = [];
  readonly dead = new Set<string>();
  readonly #siblings: readonly Link[];
  readonly #nodes: Section<NodeDef>;
  readonly #entry: Entry<NodeDef> | undefined;
  readonly #source: NodeDef | undefined;

  constructor(siblings: readonly Link[], nodes: Section<NodeDef>, entry: Entry<NodeDef> | undefined) {
    this.#siblings = siblings;
    this.#nodes = nodes;
    this.#entry = entry;
    this.#source = entry?.def;
  }

  run(): void {
    for (const link of this.#siblings) {
      if (link.from !== START && !this.#nodes.has(link.from)) this.#dangling(link, "from");
      if (link.to !== END && !this.#nodes.has(link.to)) this.#dangling(link, "to");
      const why = whyNever(link, this.#source);
      if (why !== undefined) this.#neverFires(link, why);
    }
    if (this.#siblings.some(({ condition }) => condition?.type === "on" || condition?.type === "else")) this.#checkAlternatives();
    if (new Set(this.#siblings.map(({ to }) => to)).size < this.#siblings.length) this.#checkRepeated();
  }

  #dangling(link: Link, end: "from" | "to"): void {
    const at = memberOf(link.entry.node, end);
    if (at === undefined) return;
    const id = link[end];
    const message =
      id === START || id === END
        ? `\`${id}\` cannot be the ${end === "from" ? "source" : "target"} of an edge.`
        : `There is no node "${id}" in this graph.`;
    const range = { start: at.start, end: at.end };
    this.problems.push({ in: "edges", id: link.id, problem: { severity: "error", code: "DANGLING_EDGE", message, range } });
  }

  #neverFires(link: Link, why: string): void {
    this.dead.add(link.id);
    this.#warn(link, `This edge can never fire: ${why}.`);
  }

  /** Looks at the `else` edges, and at the actions of a barrier that lead nowhere. */
  #checkAlternatives(): void {
    const others = this.#siblings.filter(
      ({ condition }) => condition === undefined || condition.type === "when" || (condition.type === "on" && condition.action !== ON_ERROR),
    );
    const elses = this.#siblings.filter(({ condition }) => condition?.type === "else");
    const actions = new Set(
      this.#siblings.flatMap(({ condition }) => (condition?.type === "on" && condition.action !== ON_ERROR ? [condition.action] : [])),
    );
    const missing = actionsOf(this.#source)?.filter((action) => action !== REROUTE && !actions.has(action));
    for (const link of elses) {
      if (others.length === 0) this.#warn(link, `This edge always fires: no \`on\` or \`when\` edge leaves "${link.from}" beside it.`);
      else if (missing?.length === 0) this.#neverFires(link, `every action of "${link.from}" has an edge of its own`);
    }
    if (missing === undefined || missing.length === 0 || actions.size === 0 || elses.length > 0) return;
    // Where something else leads on, a status without an edge of its own is no dead end.
    const leadsOn = this.#source?.kind === "http" && this.#siblings.some(({ condition }) => condition?.type !== "on");
    if (!leadsOn) this.#warnOfActions(missing);
  }

  #warnOfActions(missing: readonly string[]): void {
    const [node, id] = [this.#entry?.node, this.#source?.id];
    if (id === undefined) return;
    const at = memberOf(node, "actions") ?? memberOf(node, "expect") ?? memberOf(node, "kind");
    const message = `No edge leaves "${id}" for ${missing.map((action) => `"${action}"`).join(", ")}.`;
    const range = { start: at?.start ?? 0, end: at?.end ?? 1 };
    this.problems.push({ in: "nodes", id, problem: { severity: "warning", code: "UNKNOWN_ACTION", message, range } });
  }

  #checkRepeated(): void {
    const first = new Map<string, Link>();
    for (const link of this.#siblings) {
      if (link.condition === undefined) continue;
      const key = JSON.stringify([link.to, link.condition]);
      const same = first.get(key);
      if (same === undefined) first.set(key, link);
      else this.#warn(link, `This edge adds nothing: "${same.id}" is the same.`);
    }
  }

  #warn({ id, entry, condition }: Link, message: string): void {
    const at = (condition === undefined || condition.type === "plain" ? undefined : memberOf(entry.node, condition.type)) ?? entry.node;
    const range = { start: at?.start ?? 0, end: at?.end ?? 0 };
    this.problems.push({ in: "edges", id, problem: { severity: "warning", code: "EDGE_NEVER_FIRES", message, range } });
  }
}

/** Why the condition of an edge can never be met. */
function whyNever({ condition, from }: Link, source: NodeDef | undefined): string | undefined {
  if (condition?.type === "when") return /^\s*false\s*$/.test(condition.expression) ? "its condition is always false" : undefined;
  if (condition?.type !== "on") return undefined;
  if (from === START) return "`@start` returns no action";
  if (condition.action === ON_ERROR) return undefined;
  if (condition.action.startsWith("@")) return `"${condition.action}" is no action: only \`@error\` is built in`;
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
