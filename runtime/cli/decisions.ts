import { PatchbayError } from "../errors.js";
import type { BarrierNode, Graph } from "../model/graph.js";
import { isObject, type JsonValue } from "../model/json.js";
import { askerOf } from "../run/questions.js";

/** What to answer a question with. */
interface PlannedDecision {
  readonly action: string;
  readonly value?: JsonValue;
  /** The node to go on with, of a `reroute`. */
  readonly target?: string;
}

/** Question key (the node, of a barrier; `node/key` of a handler's own, and of a question inside a subgraph) -> its answer, for as long as the command runs. */
export type Decisions = ReadonlyMap<string, PlannedDecision>;

/** Reads `--decide KEY=JSON`. Throws `USAGE` for anything that could never answer a question of this graph. */
export function readDecisions(given: readonly string[], graph: Graph): Decisions {
  const decisions = new Map<string, PlannedDecision>();
  for (const text of given) {
    const equals = text.indexOf("=");
    if (equals < 1) throw usage(text, 'give KEY=JSON, such as review="approve" or lookup/colour="blue"');
    const key = text.slice(0, equals);
    if (decisions.has(key)) throw usage(text, `"${key}" has a decision already; one answers it each time it is asked`);
    decisions.set(key, decisionFor(graph, key, text, text.slice(equals + 1)));
  }
  return decisions;
}

function decisionFor(graph: Graph, key: string, text: string, answer: string): PlannedDecision {
  const barrier = askedBy(graph, key, text);
  const decision = decisionOf(answer);
  const actions = barrier?.actions.join(", ");
  if (decision === undefined) throw usage(text, `give an action${actions === undefined ? "" : ` (${actions})`} or {"action":…,"value":…}`);
  if (barrier?.actions.includes(decision.action) === false)
    throw usage(text, `"${decision.action}" is no action of node "${barrier.id}"; its actions are ${actions}`);
  return decision;
}

/** The barrier that asks; undefined for a question of a handler or of another graph, of which nothing is known before it asks. */
function askedBy(graph: Graph, key: string, text: string): BarrierNode | undefined {
  const node = askerOf(key);
  const def = graph.nodes.get(node);
  const own = key.includes("/");
  const asksByKeys = def?.kind === "code" || def?.kind === "map";
  if (def?.kind === "barrier" && !own) return def;
  if ((asksByKeys || def?.kind === "subgraph") && own) return undefined;
  if (def?.kind === "subgraph") throw usage(text, `what node "${node}" runs asks by keys of its own: give ${node}/KEY=JSON`);
  const keys = def?.kind === "map" ? "INDEX/KEY" : "KEY";
  if (asksByKeys) throw usage(text, `node "${node}" asks by keys of its own: give ${node}/${keys}=JSON`);
  const barriers = [...graph.nodes.values()]
    .filter((each) => each.kind === "barrier")
    .map((each) => each.id)
    .sort();
  const known = barriers.length === 0 ? "the graph has no barrier" : `its barriers are ${barriers.join(", ")}`;
  throw usage(text, def === undefined ? `the graph has no node "${node}"; ${known}` : `"${key}" is never asked; ${known}`);
}

function decisionOf(answer: string): PlannedDecision | undefined {
  const parsed = parsedOr(answer, answer);
  if (typeof parsed === "string") return { action: parsed };
  if (!isObject(parsed) || typeof parsed["action"] !== "string") return undefined;
  const { action, value, target, ...others } = parsed;
  if (Object.keys(others).length > 0 || (target !== undefined && typeof target !== "string")) return undefined;
  return { action, ...(value === undefined ? {} : { value }), ...(target === undefined ? {} : { target }) };
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
