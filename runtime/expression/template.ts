import { ExpressionError, type ExpressionProblem, type ExpressionProgram, type ExpressionScope, type Variables } from "./cel.js";

/** Text with `{{expression}}` in it, compiled: called with the variables, gives the text. */
export type TemplateProgram = (variables: Variables) => string;

/** The answer to `compileTemplate`; problems are placed within the whole template. */
export type TemplateResult =
  | { readonly ok: true; readonly program: TemplateProgram }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

const HOLE = /\{\{(.*?)\}\}/gs;

/** Compiles a template over a scope. A hole that fails at run time reads as `{{its expression}}`, so that a prompt is never lost. */
export function compileTemplate(source: string, scope: ExpressionScope): TemplateResult {
  const parts: (string | { readonly source: string; readonly program: ExpressionProgram })[] = [];
  const problems: ExpressionProblem[] = [];
  let end = 0;
  for (const hole of source.matchAll(HOLE)) {
    parts.push(source.slice(end, hole.index));
    end = hole.index + hole[0].length;
    const inner = hole[1] ?? "";
    const compiled = scope.compile(inner);
    if (compiled.ok) parts.push({ source: hole[0], program: compiled.program });
    else problems.push(shifted(compiled.problem, hole.index + 2));
  }
  parts.push(source.slice(end));
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    program: (variables) => parts.map((part) => (typeof part === "string" ? part : fill(part, variables))).join(""),
  };
}

function shifted(problem: ExpressionProblem, by: number): ExpressionProblem {
  return { message: problem.message, start: problem.start + by, end: problem.end + by };
}

function fill(hole: { readonly source: string; readonly program: ExpressionProgram }, variables: Variables): string {
  try {
    const value = hole.program(variables);
    return typeof value === "string" ? value : JSON.stringify(value);
  } catch (error) {
    if (error instanceof ExpressionError) return hole.source;
    throw error;
  }
}
