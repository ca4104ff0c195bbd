import type { ChannelProgram } from "../channels/channel-program.js";
import { errorInfo, PatchbayError, type ErrorInfo } from "../errors.js";
import { ExpressionError, type ExpressionProgram, type ExpressionScope, type Variables } from "../expression/cel.js";
import type { SubgraphNode } from "../model/graph.js";
import type { JsonValue } from "../model/json.js";
import type { FirstValues, GraphOutcome, InnerGraph, TaskContext, TaskOutcome } from "../plan/behaviour.js";
import { compiled } from "./expression.js";
import type { KindDefinition } from "./kind.js";
import { sharedValues, writtenInside } from "./shared-channels.js";

type Completed = Extract<GraphOutcome, { type: "completed" }>;
type Programs = ReadonlyMap<string, ExpressionProgram>;

/** `subgraph`: runs another document's graph as a run of its own, and writes what comes out of it. */
export const subgraph: KindDefinition<SubgraphNode> = {
  kind: "subgraph",
  compile(def, scope) {
    const given = def.in === undefined ? undefined : programsOf(def.in, scope);
    const returned = def.out === undefined ? undefined : programsInside(def.out);
    const first = (task: TaskContext, inner: InnerGraph): FirstValues =>
      given === undefined
        ? { ok: true, values: sharedValues(task, inner) }
        : evaluated(given, task.variables(), (name) => inner.channels.get(name), task.node, "in");
    return async (task): Promise<TaskOutcome> => {
      const outcome = await task.runGraph({ graph: def.graph, first: (inner) => first(task, inner) });
      if (outcome.type !== "completed") return outcome;
      if (returned !== undefined) return written(task, outcome, returned);
      const before = first(task, outcome.graph);
      return before.ok ? writtenInside(task, outcome, before.values) : { type: "failed", error: before.error };
    };
  },
};

function written(task: TaskContext, { graph, variables }: Completed, returned: (scope: ExpressionScope) => Programs): TaskOutcome {
  try {
    const writes = evaluated(returned(graph.scope), variables, (name) => task.program(name), task.node, "out");
    return writes.ok ? { type: "done", writes: writes.values } : { type: "failed", error: writes.error };
  } catch (thrown) {
    if (!(thrown instanceof PatchbayError)) throw thrown;
    return { type: "failed", error: errorInfo(thrown.code, `\`out\` of "${task.node}": ${thrown.message}`, { node: task.node }) };
  }
}

/** A channel without a value is null in expressions: where its target takes no null, that stays without one too. */
function evaluated(
  programs: Programs,
  variables: Variables,
  target: (channel: string) => ChannelProgram | undefined,
  node: string,
  field: "in" | "out",
): FirstValues {
  const values: Record<string, JsonValue> = {};
  for (const [channel, program] of programs) {
    try {
      const value = program(variables);
      if (value !== null || target(channel)?.misfit(null) === undefined) values[channel] = value;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return { ok: false, error: failure(node, field, channel, error) };
    }
  }
  return { ok: true, values };
}

function failure(node: string, field: string, channel: string, { message }: ExpressionError): ErrorInfo {
  return errorInfo("EXPRESSION", `\`${field}\` of "${node}" for channel "${channel}": ${message}`, { node, channel });
}

function programsOf(sources: Readonly<Record<string, string>>, scope: ExpressionScope): Programs {
  return new Map(Object.entries(sources).map(([channel, source]) => [channel, compiled(source, scope)]));
}

/** The other graph is known when it is run; its scope is the same for as long as its channels are. */
function programsInside(sources: Readonly<Record<string, string>>): (scope: ExpressionScope) => Programs {
  const known = new WeakMap<ExpressionScope, Programs>();
  return (scope) => {
    const programs = known.get(scope) ?? programsOf(sources, scope);
    known.set(scope, programs);
    return programs;
  };
}
