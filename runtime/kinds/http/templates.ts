// The templates of a request, compiled. A hole that cannot be filled fails the request (`ExpressionError`): half an address must not
// be asked.
import { PatchbayError } from "../../errors.js";
import type { ExpressionProgram, ExpressionScope, Variables } from "../../expression/cel.js";
import { splitTemplate, textOfValue, type TemplatePart } from "../../expression/template.js";
import type { JsonValue } from "../../model/json.js";
import type { RequestText, TextEncoding } from "../../ports.js";
import { encodeText } from "./encode.js";

/** A template, compiled: the text that it comes to. */
export type TextProgram = (variables: Variables) => RequestText;
/** A template, compiled, of which each value counts by itself: nothing for null, several for a list. */
export type ListProgram = (variables: Variables) => readonly RequestText[];

/** The pieces of a template that validation has accepted. */
export function partsOf(source: string, scope: ExpressionScope): readonly TemplatePart[] {
  const split = splitTemplate(source, scope, { secrets: true });
  if (split.ok) return split.parts;
  throw new PatchbayError("EXPRESSION", `A template cannot be compiled: ${split.problems.map(({ message }) => message).join("; ")}.`);
}

/** The expression of a template that is nothing else than one hole. */
export function wholeHole(parts: readonly TemplatePart[]): ExpressionProgram | undefined {
  const [only, ...more] = parts;
  return more.length === 0 && typeof only === "object" && "program" in only ? only.program : undefined;
}

/** Text in which holes are written in an encoding, and so are the pieces between them where `literals` gives one. */
export function textProgram(parts: readonly TemplatePart[], as: TextEncoding, literals: TextEncoding = "text"): TextProgram {
  return (variables) => parts.map((part) => pieceOf(part, variables, as, literals));
}

/** The text of one part. */
export function pieceOf(part: TemplatePart, variables: Variables, as: TextEncoding, literals: TextEncoding = "text"): RequestText[number] {
  if (typeof part === "string") return encodeText(part, literals);
  return "secret" in part ? { secret: part.secret, as } : encodeText(textOfValue(part.program(variables)), as);
}

/** Each value of a template: `{{null}}` is none, `{{[1, 2]}}` is two. */
export function listProgram(source: string, scope: ExpressionScope, as: TextEncoding): ListProgram {
  const parts = partsOf(source, scope);
  const hole = wholeHole(parts);
  if (hole !== undefined) return (variables) => valuesOf(hole(variables)).map((value) => [encodeText(textOfValue(value), as)]);
  const program = textProgram(parts, as, as);
  return (variables) => [program(variables)];
}

function valuesOf(value: JsonValue): readonly JsonValue[] {
  return (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).filter((item) => item !== null);
}
