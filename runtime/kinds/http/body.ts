import type { ExpressionScope, Variables } from "../../expression/cel.js";
import { isObject, type JsonValue } from "../../model/json.js";
import type { RequestText } from "../../ports.js";
import { encodeText } from "./encode.js";
import { listProgram, partsOf, textProgram, wholeHole, type ListProgram, type TextProgram } from "./templates.js";

/** A body and what it is, for a request that does not say so itself. */
export interface Body {
  readonly text: RequestText;
  readonly type: string;
}

const JSON_TYPE = "application/json";
const TEXT_TYPE = "text/plain;charset=UTF-8";
const FORM_TYPE = "application/x-www-form-urlencoded";

/** Compiles a body: a string is text, `{{value}}` what the value is, an object of a form a form, anything else JSON. Null is none. */
export function bodyProgram(
  body: JsonValue,
  contentType: string | undefined,
  scope: ExpressionScope,
): (variables: Variables) => Body | undefined {
  if (typeof body === "string") return stringBody(body, scope);
  if (isObject(body) && contentType?.trim().toLowerCase().startsWith(FORM_TYPE) === true) {
    const fields = pairsProgram(body, scope, "form");
    return (variables) => ({ text: joined(fields(variables)), type: FORM_TYPE });
  }
  const program = jsonProgram(body, scope);
  return (variables) => ({ text: program(variables), type: JSON_TYPE });
}

/** Compiles names with values to `name=value` each. */
export function pairsProgram(values: Readonly<Record<string, JsonValue>>, scope: ExpressionScope, as: "url" | "form"): ListProgram {
  const programs = Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).map((item) => {
      const source = typeof item === "string" ? item : JSON.stringify(item);
      return [encodeText(name, as), listProgram(source, scope, as)] as const;
    }),
  );
  return (variables) => programs.flatMap(([name, program]) => program(variables).map((value) => [`${name}=`, ...value]));
}

function stringBody(source: string, scope: ExpressionScope): (variables: Variables) => Body | undefined {
  const parts = partsOf(source, scope);
  const hole = wholeHole(parts);
  if (hole === undefined) {
    const program = textProgram(parts, "text");
    return (variables) => ({ text: program(variables), type: TEXT_TYPE });
  }
  return (variables) => {
    const value = hole(variables);
    if (value === null) return undefined;
    return typeof value === "string" ? { text: [value], type: TEXT_TYPE } : { text: [JSON.stringify(value)], type: JSON_TYPE };
  };
}

/** Writes JSON whose strings are templates. */
function jsonProgram(value: JsonValue, scope: ExpressionScope): TextProgram {
  if (typeof value === "string") return jsonString(value, scope);
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => jsonProgram(item, scope));
    return (variables) => ["[", ...separated(items.map((item) => item(variables))), "]"];
  }
  if (!isObject(value)) return () => [JSON.stringify(value)];
  const members = Object.entries(value).map(([key, item]) => [JSON.stringify(key), jsonProgram(item, scope)] as const);
  return (variables) => ["{", ...separated(members.map(([key, item]) => [`${key}:`, ...item(variables)])), "}"];
}

function jsonString(source: string, scope: ExpressionScope): TextProgram {
  const parts = partsOf(source, scope);
  const hole = wholeHole(parts);
  if (hole !== undefined) return (variables) => [JSON.stringify(hole(variables))];
  const program = textProgram(parts, "json", "json");
  return (variables) => ['"', ...program(variables), '"'];
}

function separated(texts: readonly RequestText[]): RequestText {
  return texts.flatMap((text, index) => (index === 0 ? text : [",", ...text]));
}

function joined(pairs: readonly RequestText[]): RequestText {
  return pairs.flatMap((pair, index) => (index === 0 ? pair : ["&", ...pair]));
}
