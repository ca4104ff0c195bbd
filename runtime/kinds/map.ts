import type { KeptItem } from "../checkpoint/checkpoint.js";
import { errorInfo } from "../errors.js";
import { ExpressionError, type ExpressionProgram } from "../expression/cel.js";
import { itemVariables, resultScope } from "../expression/item-scope.js";
import type { MapNode } from "../model/graph.js";
import type { JsonValue } from "../model/json.js";
import type { TaskContext, TaskOutcome } from "../plan/behaviour.js";
import type { ItemLimits } from "../plan/items.js";
import { compiled } from "./expression.js";
import type { KindDefinition } from "./kind.js";
import { handlerRunner, type RunnerOf } from "./map/call-item.js";
import { graphRunner } from "./map/run-graph.js";
import { isOfAll, ItemsInOrder, type CountingRules } from "./map/items-in-order.js";
import { once, runItems } from "./map/run-items.js";
import { unitsOf } from "./map/units.js";

/** Items at work at once where the node does not say: enough to wait for many servers, not so many that one is overrun. */
const CONCURRENCY = 16;
/** Failed items that are told of, each by itself. */
const TOLD = 10;

/** `map`: calls a handler, or runs a graph, for each item of a list. */
export const map: KindDefinition<MapNode> = {
  kind: "map",
  compile(def, scope, files) {
    const over = compiled(def.over, scope, "list");
    const stop = def.stopWhen === undefined ? undefined : compiled(def.stopWhen, resultScope(scope, def.over), "bool");
    const limits = limitsOf(def);
    const runner = def.graph === undefined ? handlerRunner(def, files) : graphRunner(def, scope, files);
    return async (task) => {
      const list = listOf(def, over, task);
      return Array.isArray(list) ? work(def, task, list as readonly JsonValue[], limits, stop, runner) : (list as TaskOutcome);
    };
  },
};

/** A name alone is not evaluated: what a channel holds need not be copied to be read. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function listOf(def: MapNode, over: ExpressionProgram, task: TaskContext): readonly JsonValue[] | TaskOutcome {
  try {
    const channel = NAME.test(def.over) ? task.channel(def.over) : undefined;
    const value = channel === undefined ? over(task.variables()) : (channel.value ?? null);
    if (Array.isArray(value)) return value as readonly JsonValue[];
    const message = `\`over\` of "${def.id}" (${def.over}) gave ${kindOf(value)}, not a list.`;
    return { type: "failed", error: errorInfo("NOT_A_LIST", message, { node: def.id }) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { type: "failed", error: errorInfo("EXPRESSION", error.message, { node: def.id }) };
  }
}

async function work(
  def: MapNode,
  task: TaskContext,
  list: readonly JsonValue[],
  limits: ItemLimits,
  stop: ExpressionProgram | undefined,
  runner: RunnerOf,
): Promise<TaskOutcome> {
  const total = list.length;
  const of = `${total} ${def.over}`;
  const services = task.items();
  if (def.graph !== undefined) services.open(of);
  const before = keptBefore(services.kept(of), def);
  let told = 0;
  const order = new ItemsInOrder({
    node: def.id,
    total,
    onError: def.onError,
    ...(def.errorLimit === undefined ? {} : { errorLimit: def.errorLimit }),
    ...(stop === undefined ? {} : { stopWhen: stopRule(stop, list, task) }),
    onFailed: (index, { code, message }) => {
      told += 1;
      if (told <= TOLD && !before.has(index)) services.events(index).log("warn", `Item ${index} failed: ${code} ${message}`);
    },
  });
  let failed = 0;
  for (const item of before.values()) {
    if (item.error !== undefined) failed += 1;
    order.finish(item);
  }
  const units = unitsOf(list, def.graph === undefined ? def.chunk : undefined, (index) => before.has(index));
  const { questions, held } = await runItems(
    task,
    services,
    {
      total,
      of,
      units,
      isChunked: def.graph === undefined && def.chunk !== undefined,
      concurrency: Math.min(total, def.concurrency ?? concurrencyOf(def, task)),
      limits,
      before: { done: before.size, failed },
      keepsErrors: def.onError !== "fail",
    },
    order,
    runner(task, services),
  );
  if (task.signal.aborted) return { type: "failed", error: errorInfo("CANCELLED", "The run was stopped.") };
  const { verdict } = order;
  if (verdict !== undefined) services.dropEvents(order.end);
  if (verdict?.ok === false) return { type: "failed", error: verdict.error };
  if (verdict !== undefined) {
    const writes = def.output === undefined ? {} : { [def.output]: verdict.results };
    return { type: "done", writes, items: verdict.counts };
  }
  return held || questions.length === 0 ? { type: "parked" } : { type: "asked", questions };
}

/** What is finished of the list. Errors that the node has failed with already count no more: their items get another chance. */
function keptBefore(kept: ReadonlyMap<number, KeptItem>, { onError, errorLimit = Infinity }: MapNode): ReadonlyMap<number, KeptItem> {
  const failed = [...kept.values()].flatMap((item) => item.error ?? []);
  if (failed.length === 0 || (onError !== "fail" && failed.length < errorLimit && !failed.some(isOfAll))) return kept;
  return new Map([...kept].filter(([, item]) => item.error === undefined));
}

function stopRule(stop: ExpressionProgram, list: readonly JsonValue[], task: TaskContext): NonNullable<CountingRules["stopWhen"]> {
  const variables = task.variables();
  return (index, output, results) => stop(itemVariables(variables, { item: list[index] ?? null, index, output, results })) === true;
}

function limitsOf({ retry, timeout }: MapNode): ItemLimits {
  const idleMs = timeout?.idleMs;
  if (retry === undefined && idleMs === undefined) return once;
  return { ...(retry === undefined ? {} : { retry }), ...(idleMs === undefined ? {} : { idleMs }) };
}

function concurrencyOf(def: MapNode, { handlers }: TaskContext): number {
  return def.graph === undefined && def.pool === "process" ? (handlers.parallel ?? 1) : CONCURRENCY;
}

function kindOf(value: JsonValue): string {
  return value === null ? "null" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
