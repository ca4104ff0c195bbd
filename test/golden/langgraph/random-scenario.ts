import { createHash } from "node:crypto";
import { mulberry32 } from "../../support/mulberry32.js";
import type { Move, MoveTrace, Scenario, ScenarioEdge, ScenarioNode } from "./scenario.js";

/** A scenario whose moves depend on how it goes: see `nextMove`. */
export type OpenScenario = Omit<Scenario, "moves">;

/**
 * The graph of a seed: always the same. It has no loops (those are in `random-graph.ts`), and nothing of what the scenarios show to
 * be different: no `goto` beside edges or to a join, no sent tasks beside a deferred join, and failures that nothing catches only
 * where no sibling can be at work: in a chain.
 */
export function randomScenario(seed: number): OpenScenario {
  const next = mulberry32(seed);
  const names = Array.from({ length: 3 + Math.floor(next() * 4) }, (_, index) => `n${index}`);
  const mood = next();
  const mode: Mode = mood < 0.2 ? "chain" : mood < 0.5 ? "deferred" : "all";
  const edges: ScenarioEdge[] = [];
  const nodes: [string, ScenarioNode][] = names.map((id, place) => {
    const later = names.slice(place + 1);
    const deed = deedOf(next, later, mode);
    const caught = deed.fails === deed.attempts ? later[Math.floor(next() * later.length)] : undefined;
    if (deed.fails !== undefined && caught !== undefined) edges.push({ from: id, to: caught, error: true });
    return [id, { ...deed, ...(mode !== "chain" && place > 1 && next() < 0.35 ? { join: mode } : {}) }];
  });
  const joins = new Map(nodes.map(([id, { join }]) => [id, join]));
  for (const [place, [from, { goto }]] of nodes.entries()) {
    if (goto !== undefined) continue;
    for (const to of names.slice(place + 1, mode === "chain" ? place + 2 : undefined)) {
      if (next() > (mode === "chain" ? 0.9 : 0.4)) continue;
      edges.push(joins.get(to) === "all" || next() < 0.7 ? { from, to } : { from, to, above: Math.floor(next() * 10) });
    }
  }
  return repaired({ nodes: Object.fromEntries(nodes), edges, limit: 25 }, mode === "chain");
}

/** Characters of a digest. */
export const DIGEST_LENGTH = 8;

/** What a graph has beside plain nodes: joins of one kind, or failures that nothing catches. */
type Mode = "all" | "deferred" | "chain";

/** What is done next with a run of a random scenario: answer all that is asked, try again what failed; nothing more once it has ended. */
export function nextMove(before: MoveTrace | undefined): Move | undefined {
  if (before === undefined) return { do: "start", input: 5 };
  const [status = "", ...questions] = before.status.split(" ");
  if (status === "asks") return { do: "answer", with: Object.fromEntries(questions.map((question) => [question, "yes"])) };
  return status === "failed:" ? { do: "go" } : undefined;
}

/**
 * What is compared of a random scenario. Not who asked how often, since there a task that waits is run again with every move; nor the
 * order of what sent tasks wrote: both are deliberate differences.
 */
export function summary(traces: readonly MoveTrace[]): string {
  return traces.map(({ told, status, log }) => `${ranIn(told)} ${sorted(status)} [${sorted(log)}]`).join(" // ");
}

/** Makes `@start` lead to what nothing leads to (of a chain to its first node alone), and takes away what means nothing. */
function repaired({ nodes, edges, limit }: OpenScenario, chain = false): OpenScenario {
  const known = edges.filter(({ from, to }) => from !== "@start" && nodes[from] !== undefined && nodes[to] !== undefined);
  const reached = new Set(known.map(({ to }) => to));
  const kept = Object.entries(nodes).map(([id, node]) => {
    const { join, goto = [], send = [], ...rest } = node;
    const into = known.filter(({ to }) => to === id);
    const met = join === "deferred" || (into.length > 0 && into.every(({ above, error }) => above === undefined && error === undefined));
    const direct = goto.filter((to) => nodes[to] !== undefined && nodes[to].join !== "all");
    const sent = send.filter((to) => nodes[to] !== undefined);
    return [
      id,
      {
        ...rest,
        ...(join !== undefined && met ? { join } : {}),
        ...(direct.length > 0 ? { goto: direct } : {}),
        ...(sent.length > 0 ? { send: sent } : {}),
      },
    ] as const;
  });
  const starts = Object.keys(nodes).filter((id, place) => (chain ? place === 0 : !reached.has(id)));
  return { nodes: Object.fromEntries(kept), edges: [...starts.map((to) => ({ from: "@start", to })), ...known], limit };
}

function deedOf(next: () => number, later: readonly string[], mode: Mode): ScenarioNode {
  const target = later[Math.floor(next() * later.length)];
  const other = later[Math.floor(next() * later.length)] ?? target;
  const chance = next();
  if (chance < 0.15 && target !== undefined) return { goto: [target] };
  if (chance < 0.35 && mode === "all" && target !== undefined && other !== undefined) return { send: [target, other] };
  if (chance < 0.5) return { asks: next() < 0.5 ? ["x"] : ["x", "y"] };
  if (chance > 0.75) return {};
  if (mode === "chain") return next() < 0.5 ? { fails: 1 + Math.floor(next() * 2) } : { fails: 3, attempts: 2 };
  return next() < 0.5 || target === undefined ? { fails: 1, attempts: 2 } : { fails: 2, attempts: 2 };
}

/** Without questions: `3 a- b!`. */
function ranIn(told: string): string {
  const supersteps = told.split(" | ").map((superstep) => {
    const [number, ...tasks] = superstep.split(" ");
    const ran = tasks.map((task) => task.replaceAll("?", "")).filter((task) => /[-!]/.test(task));
    return ran.length === 0 ? "" : `${number} ${ran.join(" ")}`;
  });
  return supersteps.filter((text) => text !== "").join("|");
}

function sorted(words: string): string {
  const [first = "", ...rest] = words.split(" ");
  return first === "asks" ? ["asks", ...rest.toSorted()].join(" ") : first === "failed:" ? "failed" : [first, ...rest].toSorted().join(" ");
}

/** What is kept of a summary. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, DIGEST_LENGTH);
}

/** Scenarios with one thing less, the greatest step first. */
export function* smaller({ nodes, edges, limit }: OpenScenario): Iterable<OpenScenario> {
  for (const gone of Object.keys(nodes)) {
    const { [gone]: _node, ...rest } = nodes;
    if (Object.keys(rest).length > 0) yield repaired({ nodes: rest, edges, limit });
  }
  for (const gone of edges) {
    if (gone.from !== "@start") yield repaired({ nodes, edges: edges.filter((edge) => edge !== gone), limit });
  }
  for (const [id, node] of Object.entries(nodes)) {
    for (const gone of Object.keys(node)) {
      const less = Object.fromEntries(Object.entries(node).filter(([name]) => name !== gone));
      yield repaired({ nodes: { ...nodes, [id]: less }, edges, limit });
    }
  }
}
