import { superstepOf, type Frontier, type StoredQuestion } from "../../runtime/checkpoint/checkpoint.js";
import type { ErrorInfo } from "../../runtime/errors.js";
import { MODIFY } from "../../runtime/model/graph.js";
import type { EdgeId, NodeId } from "../../runtime/model/ids.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { openQuestions } from "../../runtime/run/questions.js";
import type { NodeFigures } from "../../runtime/trace/node-metrics.js";
import type { NodeTally } from "../../runtime/trace/tally.js";
import type { NodeFiguresView, QuestionView, RunView } from "../../webview/protocol/views.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import { projectNodes, textOf, type TaskFacts } from "./project-nodes.js";

const CHANNEL_CHARACTERS = 2000;

/** A run as the canvas needs it; a `RunSession` fits. */
export interface RunFacts extends TaskFacts {
  readonly id: string;
  readonly channels: JsonObject;
  readonly tally: {
    readonly nodes: ReadonlyMap<NodeId, NodeTally>;
    readonly edges: ReadonlyMap<EdgeId, number>;
    readonly forcedEdges: ReadonlyMap<EdgeId, number>;
    readonly tested: ReadonlyMap<NodeId, number>;
  };
  readonly blocked: ErrorInfo | undefined;
  readonly restoredFrom: number | undefined;
}

/** The canvas before the first run. */
export function noRun(sequence: number): RunView {
  const nothing = { nodes: {}, edges: {}, takenByForce: {}, forced: {}, overrides: {}, questions: [], channels: {} };
  return { sequence, run: null, status: "none", superstep: 0, ...nothing };
}

/** A run as the canvas shows it. `sequence` grows with each change. */
export function projectRun(run: RunFacts, sequence: number): RunView {
  const { frontier, restoredFrom } = run;
  const error = run.blocked ?? frontier.error;
  return {
    sequence,
    run: run.id,
    status: run.status,
    superstep: superstepOf(frontier),
    nodes: projectNodes(run),
    edges: Object.fromEntries(run.tally.edges),
    tested: Object.fromEntries(run.tally.tested),
    takenByForce: Object.fromEntries(run.tally.forcedEdges),
    forced: forcedEdges(frontier),
    overrides: Object.fromEntries(Object.entries(frontier.overrides ?? {}).map(([node, targets]) => [node, [...targets]])),
    questions: openQuestions(frontier).map(questionView),
    channels: Object.fromEntries(Object.entries(run.channels).map(([name, value]) => [name, previewJson(value, CHANNEL_CHARACTERS)])),
    ...(error === undefined ? {} : { error: textOf(error) }),
    ...(restoredFrom === undefined ? {} : { restoredFrom }),
  };
}

/** The figures of the one node that is selected, where there is one that has begun. */
export function projectFigures(
  nodes: ReadonlyMap<NodeId, { readonly figures: NodeFigures }>,
  selected: readonly NodeId[],
): NodeFiguresView | undefined {
  const [node, another] = selected;
  const known = node === undefined || another !== undefined ? undefined : nodes.get(node);
  if (node === undefined || known === undefined) return undefined;
  const { runs, success, retries, cached, replayed, ms } = known.figures;
  return { node, runs, success, retries, cached, replayed, ms: ms === null ? null : { ...ms } };
}

function questionView({ key, node, prompt, actions, schema, deadline, default: whenLate, inner }: StoredQuestion): QuestionView {
  return {
    key,
    node,
    prompt,
    actions: [...actions],
    ...(schema === undefined ? {} : { schema: { ...schema } }),
    takesValue: schema !== undefined || actions.includes(MODIFY),
    ...(deadline === undefined ? {} : { deadline }),
    ...(whenLate === undefined ? {} : { default: whenLate }),
    inner: inner !== undefined,
  };
}

/** What nodes are forced to take when they finish next; between two supersteps also what those that have just finished took. */
export function forcedEdges({ open, status, routed, forced = {} }: Frontier): Record<NodeId, EdgeId> {
  if (status === "completed" || status === "cancelled") return {};
  const taken = open ? [] : routed.flatMap(({ node, forced: edge }) => (edge === undefined ? [] : [[node, edge] as const]));
  return { ...Object.fromEntries(taken), ...forced };
}
