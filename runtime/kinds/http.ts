import { errorInfo, type ErrorInfo } from "../errors.js";
import { ExpressionError, type Variables } from "../expression/cel.js";
import type { HttpNode } from "../model/graph.js";
import type { TaskContext, TaskOutcome } from "../plan/behaviour.js";
import type { HttpRequest } from "../ports.js";
import { outcomeOf } from "./http/outcome.js";
import { requestProgram } from "./http/request.js";
import type { KindDefinition } from "./kind.js";

/** `http`: sends a request made from templates, and ends with the status as its action. */
export const http: KindDefinition<HttpNode> = {
  kind: "http",
  compile(def, scope) {
    const program = requestProgram(def, scope);
    return async (task) => {
      const request = requestOf(program, task);
      return "code" in request ? failed(def, request) : exchange(def, request, task);
    };
  },
};

async function exchange(def: HttpNode, request: HttpRequest, task: TaskContext): Promise<TaskOutcome> {
  const outcome = await task.http.send(request, task.signal, () => task.alive());
  if (!outcome.ok) return failed(def, outcome.error);
  const { status, url, body } = outcome.answer;
  task.events.log("debug", `${def.method} ${url}: ${status}, ${body.length} bytes`);
  return outcomeOf(def, outcome.answer);
}

function requestOf(program: (variables: Variables) => HttpRequest | ErrorInfo, task: TaskContext): HttpRequest | ErrorInfo {
  try {
    return program(task.variables());
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return errorInfo("EXPRESSION", error.message);
  }
}

function failed(def: HttpNode, error: ErrorInfo): TaskOutcome {
  return { type: "failed", error: { ...error, details: { node: def.id, ...error.details } } };
}
