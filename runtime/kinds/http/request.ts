import type { ErrorInfo } from "../../errors.js";
import type { ExpressionScope, Variables } from "../../expression/cel.js";
import type { HttpNode } from "../../model/graph.js";
import type { HttpRequest, RequestText } from "../../ports.js";
import { addressProgram } from "./address.js";
import { bodyProgram, pairsProgram } from "./body.js";
import { listProgram } from "./templates.js";

const CONTENT_TYPE = "content-type";

/** Compiles a node's request. The program throws `ExpressionError` for a hole that cannot be filled. */
export function requestProgram(def: HttpNode, scope: ExpressionScope): (variables: Variables) => HttpRequest | ErrorInfo {
  const address = addressProgram(def.url, scope);
  const query = pairsProgram(def.query, scope, "url");
  const headers = Object.entries(def.headers).map(([name, source]) => [name, listProgram(source, scope, "text")] as const);
  const contentType = Object.entries(def.headers).find(([name]) => isContentType(name))?.[1];
  const body = def.body === undefined ? undefined : bodyProgram(def.body, contentType, scope);
  const { method, redirects, maxBytes } = def;
  return (variables) => {
    const url = address(variables);
    if (!isText(url)) return url;
    const given = headers.flatMap(([name, program]) => program(variables).map((value) => [name, value] as const));
    const sent = body?.(variables);
    const typed =
      sent === undefined || given.some(([name]) => isContentType(name)) ? given : [...given, [CONTENT_TYPE, [sent.type]] as const];
    return {
      method,
      url,
      query: query(variables),
      headers: typed,
      redirects,
      maxBytes,
      ...(sent === undefined ? {} : { body: sent.text }),
    };
  };
}

function isContentType(name: string): boolean {
  return name.toLowerCase() === CONTENT_TYPE;
}

function isText(text: RequestText | ErrorInfo): text is RequestText {
  return Array.isArray(text);
}
