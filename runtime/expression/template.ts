import { ExpressionError, type ExpressionProblem, type ExpressionProgram, type ExpressionScope, type Variables } from "./cel.js";

/** Text with `{{expression}}` in it, compiled: called with the variables, gives the text. */
export type TemplateProgram = (variables: Variables) => string;

/** The answer to `compileTemplate`; problems are placed within the whole template. */
export type TemplateResult =
  | { readonly ok: true; readonly program: TemplateProgram }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

/** A hole that an expression fills. */
export interface ExpressionHole {
  /** The hole as the template has it, with its braces. */
  readonly source: string;
  readonly program: ExpressionProgram;
}

/** A piece of a template; a secret is named. */
export type TemplatePart = string | ExpressionHole | { readonly secret: string };

/** The answer to `splitTemplate`; without empty pieces of text. */
export type TemplateParts =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

const SECRET = /^\s*secret\.([A-Za-z_][A-Za-z0-9_]*)\s*$/;

/** Compiles a template over a scope. A hole that fails at run time reads as `{{its expression}}`, so that a prompt is never lost. */
export function compileTemplate(source: string, scope: ExpressionScope): TemplateResult {
  const split = splitTemplate(source, scope, { secrets: false });
  if (!split.ok) return split;
  const parts = split.parts.filter((part) => typeof part === "string" || "program" in part);
  return {
    ok: true,
    program: (variables) => parts.map((part) => (typeof part === "string" ? part : fill(part, variables))).join(""),
  };
}

/** Takes a template apart and compiles its holes; with `secrets`, `{{secret.NAME}}` is one that only who uses the text can fill. */
export function splitTemplate(source: string, scope: ExpressionScope, { secrets }: { readonly secrets: boolean }): TemplateParts {
  const parts: TemplatePart[] = [];
  const problems: ExpressionProblem[] = [];
  let end = 0;
  for (const [start, after] of holesIn(source)) {
    parts.push(source.slice(end, start));
    end = after;
    const inner = source.slice(start + 2, after - 2);
    const secret = secrets ? SECRET.exec(inner)?.[1] : undefined;
    const compiled = secret === undefined ? scope.compile(inner) : undefined;
    if (secret !== undefined) parts.push({ secret });
    else if (compiled?.ok === true) parts.push({ source: source.slice(start, after), program: compiled.program });
    else if (compiled !== undefined) problems.push(explained(shifted(compiled.problem, start + 2), inner, secrets));
  }
  parts.push(source.slice(end));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, parts: parts.filter((part) => part !== "") };
}

/** Where holes begin and end. Looked for by hand: to a pattern, braces that nobody closes cost the square of their number. */
export function* holesIn(source: string): Iterable<readonly [start: number, end: number]> {
  for (let at = 0; ;) {
    const start = source.indexOf("{{", at);
    const close = start === -1 ? -1 : source.indexOf("}}", start + 2);
    if (close === -1) return;
    at = close + 2;
    yield [start, at];
  }
}

/** What a hole that holds this value says in the midst of text. */
export function textOfValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Nothing can be done with a secret but to send it, so that it cannot be changed beyond recognition. */
function explained(problem: ExpressionProblem, inner: string, secrets: boolean): ExpressionProblem {
  if (!/(?<![\w.])secret\./.test(inner)) return problem;
  const message = secrets ? "a secret stands alone in its braces: {{secret.NAME}}" : "secrets cannot be used here";
  return { ...problem, message };
}

function shifted(problem: ExpressionProblem, by: number): ExpressionProblem {
  return { message: problem.message, start: problem.start + by, end: problem.end + by };
}

function fill(hole: ExpressionHole, variables: Variables): string {
  try {
    return textOfValue(hole.program(variables));
  } catch (error) {
    if (error instanceof ExpressionError) return hole.source;
    throw error;
  }
}
