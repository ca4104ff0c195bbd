import { PatchbayError } from "../errors.js";
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
    return (task): TaskOutcome => {
      if (task.decision === undefined) {
        const prompt = template.program(task.variables());
        return { type: "asked", question: { prompt, actions: def.actions, ...(def.schema === undefined ? {} : { schema: def.schema }) } };
      }
      const { action, value } = task.decision;
      const writes = def.output === undefined || value === undefined ? {} : { [def.output]: value };
      return { type: "done", writes, action };
    };
  },
};
