import { PatchbayError } from "../errors.js";
import type { BarrierNode, Graph } from "../model/graph.js";
import { isObject, type JsonValue } from "../model/json.js";

/** What to answer a node's questions with. */
interface PlannedDecision {
  readonly action: string;
  readonly value?: JsonValue;
}

/** Node -> its answer, for as long as the command runs. */
export type Decisions = ReadonlyMap<string, PlannedDecision>;

/** Reads `--decide NODE=JSON`. Throws `USAGE` for anything that could never answer a question of this graph. */
export function readDecisions(given: readonly string[], graph: Graph): Decisions {
  const decisions = new Map<string, PlannedDecision>();
  for (const text of given) {
    const equals = text.indexOf("=");
    if (equals < 1) throw usage(text, 'give NODE=JSON, such as review="approve"');
    const node = text.slice(0, equals);
    if (decisions.has(node)) throw usage(text, `node "${node}" has a decision already; one answers all of its questions`);
    decisions.set(node, decisionFor(barrierOf(graph, node, text), text, text.slice(equals + 1)));
  }
  return decisions;
}

function barrierOf(graph: Graph, node: string, text: string): BarrierNode {
  const def = graph.nodes.get(node);
  if (def?.kind === "barrier") return def;
  const barriers = [...graph.nodes.values()]
    .filter((each) => each.kind === "barrier")
    .map((each) => each.id)
    .sort();
  const known = barriers.length === 0 ? "the graph has no barrier" : `its barriers are ${barriers.join(", ")}`;
  throw usage(text, def === undefined ? `the graph has no node "${node}"; ${known}` : `node "${node}" asks nothing; ${known}`);
}

function decisionFor(barrier: BarrierNode, text: string, answer: string): PlannedDecision {
  const decision = decisionOf(answer);
  const actions = barrier.actions.join(", ");
  if (decision === undefined) throw usage(text, `give an action (${actions}) or {"action":…,"value":…}`);
  if (!barrier.actions.includes(decision.action))
    throw usage(text, `"${decision.action}" is no action of node "${barrier.id}"; its actions are ${actions}`);
  return decision;
}

function decisionOf(answer: string): PlannedDecision | undefined {
  const parsed = parsedOr(answer, answer);
  if (typeof parsed === "string") return { action: parsed };
  if (!isObject(parsed) || typeof parsed["action"] !== "string") return undefined;
  const { action, value, ...others } = parsed;
  if (Object.keys(others).length > 0) return undefined;
  return { action, ...(value === undefined ? {} : { value }) };
}

/** Shells eat quotes: what is not JSON counts as the bare action. */
function parsedOr(text: string, otherwise: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

function usage(text: string, reason: string): PatchbayError {
  return new PatchbayError("USAGE", `--decide ${text}: ${reason}.`);
}
