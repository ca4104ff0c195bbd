import { handlerName } from "../../runtime/model/handler-name.js";
import { typesImport } from "../../runtime/types/types-path.js";

/** What a new handler is for. */
export interface HandlerUse {
  /** As the node names it. */
  readonly handler: string;
  readonly node: string;
  /** What the graph is called, if there are types for it. */
  readonly typesOf?: string;
}

/** The text of a new handler that runs and does nothing, typed where there are types for it. */
export function starterHandler({ handler, node, typesOf }: HandlerUse): string {
  const { path, exportName } = handlerName(handler);
  const types = typesOf === undefined ? undefined : typesImport(path, typesOf);
  const head = exportName === "default" ? "export default async function " : `export async function ${exportName}`;
  if (types === undefined) return `${head}(state, ctx) {\n  return {};\n}\n`;
  const id = JSON.stringify(node);
  if (/\.[cm]?tsx?$/i.test(path)) return inTypeScript(JSON.stringify(types), head, id);
  return `${inComment(JSON.stringify(types), id)}${head}(state, ctx) {\n  return {};\n}\n`;
}

function inTypeScript(types: string, head: string, id: string): string {
  return `import type { Context, Result, State } from ${types};

${head}(state: State<${id}>, ctx: Context<${id}>): Promise<Result<${id}>> {
  return {};
}
`;
}

function inComment(types: string, id: string): string {
  return `/**
 * @param {import(${types}).State<${id}>} state
 * @param {import(${types}).Context<${id}>} ctx
 * @returns {Promise<import(${types}).Result<${id}>>}
 */
`;
}
