import { NOBODY } from "../checkpoint/checkpoint.js";
import { errorInfo, PatchbayError, type ErrorInfo } from "../errors.js";
import { compileTemplate } from "../expression/template.js";
import type { BarrierNode } from "../model/graph.js";
import type { TaskOutcome } from "../plan/behaviour.js";
import type { KindDefinition } from "./kind.js";

/** `barrier`: asks, and ends with the decision's action once a person has decided. */
export const barrier: KindDefinition<BarrierNode> = {
  kind: "barrier",
  compile(def, scope) {
    const template = compileTemplate(def.prompt, scope);
    if (!template.ok) throw new PatchbayError("EXPRESSION", `Prompt of barrier "${def.id}" cannot be compiled.`, { node: def.id });
    const timeoutMs = def.timeout?.runMs;
    const draft = {
      actions: def.actions,
      ...(def.schema === undefined ? {} : { schema: def.schema }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(timeoutMs === undefined || def.default === undefined ? {} : { default: def.default }),
    };
    return (task): TaskOutcome => {
      if (task.decision === undefined) return { type: "asked", questions: [{ prompt: template.program(task.variables()), ...draft }] };
      const { action, value, target } = task.decision;
      if (action === NOBODY) return { type: "failed", error: nobodyDecided(def.id) };
      const writes = def.output === undefined || value === undefined ? {} : { [def.output]: value };
      return { type: "done", writes, action, ...(target === undefined ? {} : { goto: [target] }) };
    };
  },
};

function nobodyDecided(node: string): ErrorInfo {
  return errorInfo("TIMED_OUT", `Nobody answered barrier "${node}" in time.`, { node });
}
