// What is run for the items of a list: another document's graph, as a run of its own for each.
import type { ExpressionProgram, ExpressionScope, Variables } from "../../expression/cel.js";
import { itemScope, itemVariables } from "../../expression/item-scope.js";
import type { FileVersions } from "../../model/file-version.js";
import type { GraphMapNode } from "../../model/graph.js";
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import type { FirstValues, GraphOutcome, InnerGraph, TaskContext } from "../../plan/behaviour.js";
import type { ItemOutcome } from "../../plan/items.js";
import { evaluated, faultInside, oncePerScope, programsOf } from "../graph-mappings.js";
import { compiled } from "../expression.js";
import { sharedValues } from "../shared-channels.js";
import type { RunnerOf, Unit } from "./call-item.js";

type Completed = Extract<GraphOutcome, { type: "completed" }>;

/** Runs a map's graph. The run of an item goes on where it stood when its task does. */
export function graphRunner(def: GraphMapNode, scope: ExpressionScope, files: FileVersions): RunnerOf {
  const version = files(def.graph);
  const given = def.in === undefined ? undefined : programsOf(def.in, itemScope(scope, def.over));
  const { result } = def;
  const returned = result === undefined ? undefined : oncePerScope((channels) => compiled(result, channels));
  return (task, services) => {
    let around: Variables | undefined;
    const variablesOf = (ofItem: JsonObject): Variables => itemVariables((around ??= task.variables()), ofItem);
    return async (unit, attempt) => {
      const { item, index } = itemOf(unit);
      const first = (inner: InnerGraph): FirstValues =>
        given === undefined
          ? { ok: true, values: { ...sharedValues(task, inner), ...named(item, inner) } }
          : evaluated(given, variablesOf({ item, index }), (name) => inner.channels.get(name), task.node, "in");
      const outcome = await services.runGraph(
        { graph: def.graph, ...(version === undefined ? {} : { version }), slot: String(index), first },
        index,
        attempt,
      );
      return outcome.type === "completed" ? resultOf(task, outcome, returned) : outcome;
    };
  };
}

function itemOf({ indexes, items }: Unit): { readonly item: JsonValue; readonly index: number } {
  return { item: items[0] ?? null, index: indexes[0] ?? 0 };
}

/** What an item says of the channels inside goes before what channels here have. */
function named(item: JsonValue, { channels }: InnerGraph): JsonObject {
  return isObject(item) ? Object.fromEntries(Object.entries(item).filter(([name]) => channels.has(name))) : {};
}

function resultOf(
  { node }: TaskContext,
  { graph, values, variables }: Completed,
  returned: ((scope: ExpressionScope) => ExpressionProgram) | undefined,
): ItemOutcome {
  if (returned === undefined) return { type: "done", value: values };
  try {
    return { type: "done", value: returned(graph.scope)(variables) };
  } catch (thrown) {
    return { type: "failed", error: faultInside(thrown, node, "result") };
  }
}
