// What the condition of an edge came to when it was tested last: found again from the exact state of that superstep, so that no trace has
// to hold it.
import type { ErrorInfo } from "../errors.js";
import { ExpressionError, pathsIn, type Variables } from "../expression/cel.js";
import { ON_ERROR, START, type EdgeId, type NodeId } from "../model/ids.js";
import { isObject, type JsonValue } from "../model/json.js";
import type { EdgeProgram, Plan } from "../plan/plan.js";
import type { FinishedTask, Moment } from "./moment.js";

/** Something that a condition reads, and what was there; undefined: nothing. */
export interface ReadValue {
  readonly path: string;
  readonly value: JsonValue | undefined;
}

/** What came of an edge after one task. */
export interface EdgeTest {
  readonly task: string;
  readonly taken: boolean;
  /** The action that the task returned, where it did. */
  readonly action?: string;
  /** What the expression came to. */
  readonly value?: JsonValue;
  /** Why it came to nothing. */
  readonly error?: string;
  /** Of an edge on `@error`: what the task failed with; null: it did not fail. */
  readonly failure?: ErrorInfo | null;
  readonly reads: readonly ReadValue[];
  /** Why its condition was not looked at. */
  readonly passed?: "forced" | "failed" | "goto" | "override";
}

/** What came of an edge at the end of a superstep, after each task of its node that finished in it. Undefined: the plan of then has no such edge. */
export function explainEdge(moment: Moment, id: EdgeId): readonly EdgeTest[] | undefined {
  const found = edgeIn(moment.plan, id);
  if (found === undefined) return undefined;
  const [from, edge] = found;
  return moment.finished.filter(({ node }) => node === from).map((task) => testOf(moment, task, edge));
}

/** The node that an edge leaves, under a plan. */
export function sourceOf(plan: Plan, id: EdgeId): NodeId | undefined {
  return edgeIn(plan, id)?.[0];
}

function edgeIn({ start, nodes }: Plan, id: EdgeId): readonly [NodeId, EdgeProgram] | undefined {
  const first = start.edges.find((edge) => edge.id === id);
  if (first !== undefined) return [START, first];
  for (const [node, { routing }] of nodes) {
    const edge = routing.edges.find((each) => each.id === id);
    if (edge !== undefined) return [node, edge];
  }
  return undefined;
}

function testOf(moment: Moment, task: FinishedTask, edge: EdgeProgram): EdgeTest {
  const taken = moment.taken.some(({ node, via }) => node === task.node && via === edge.id);
  const passed = passedBy(moment, task);
  const action = task.action === undefined ? {} : { action: task.action };
  const onError = edge.condition.type === "on" && edge.condition.action === ON_ERROR;
  if (onError && (passed === undefined || passed === "failed")) return { task: task.task, taken, failure: task.error ?? null, reads: [] };
  if (passed !== undefined) return { task: task.task, taken, passed, ...action, reads: [] };
  if (edge.condition.type !== "when") return { task: task.task, taken, ...action, reads: [] };
  const variables = moment.variables(task.input === undefined ? { writes: task.writes } : { input: task.input, writes: task.writes });
  const reads = pathsIn(edge.condition.expression).map((path) => ({ path, value: valueAt(variables, path) }));
  return { task: task.task, taken, ...action, ...outcome(edge, variables), reads };
}

/** As routes are chosen: a forced edge, a failure, a command and an override go before the conditions. */
function passedBy({ frontier }: Moment, { forced, error, goto, node }: FinishedTask): EdgeTest["passed"] {
  if (forced !== undefined) return "forced";
  if (error !== undefined) return "failed";
  if (goto !== undefined) return "goto";
  return frontier.overrides?.[node] === undefined ? undefined : "override";
}

function outcome(edge: EdgeProgram, variables: Variables): Pick<EdgeTest, "value" | "error"> {
  try {
    return { value: edge.test?.(variables) ?? null };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return { error: thrown.message };
  }
}

function valueAt(variables: Variables, path: string): JsonValue | undefined {
  const [name = "", ...fields] = path.split(".");
  let value: JsonValue | undefined = variables.get(name);
  for (const field of fields) value = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return value;
}
