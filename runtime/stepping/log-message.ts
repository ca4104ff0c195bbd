import type { ExpressionProgram, ExpressionScope, Variables } from "../expression/cel.js";

/** A message with expressions in braces; called with the variables, gives the text. Throws `ExpressionError`. */
export type LogMessage = (variables: Variables) => string;

/** Reads a message; a doubled brace stands for one. Gives what is wrong with it instead, if anything. */
export function parseMessage(text: string, scope: ExpressionScope): LogMessage | string {
  const parts: (string | ExpressionProgram)[] = [];
  for (let at = 0; at < text.length;) {
    const doubled = text.startsWith("{{", at) || text.startsWith("}}", at);
    if (doubled || text[at] !== "{") {
      parts.push(text.charAt(at));
      at += doubled ? 2 : 1;
      continue;
    }
    const end = closing(text, at);
    if (end === undefined) return `the brace at ${at + 1} is not closed`;
    const compiled = scope.compile(text.slice(at + 1, end));
    if (!compiled.ok) return compiled.problem.message;
    parts.push(compiled.program);
    at = end + 1;
  }
  return (variables) => parts.map((part) => (typeof part === "string" ? part : shown(part(variables)))).join("");
}

/** Where the brace is closed that opens there. */
function closing(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}" && (depth -= 1) === 0) return at;
  }
  return undefined;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
