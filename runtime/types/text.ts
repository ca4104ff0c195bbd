// TypeScript as text.
import { isObject, type JsonValue } from "../model/json.js";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** The literal type of one JSON value. */
export function literalOf(value: JsonValue): string {
  if (Array.isArray(value)) return `readonly [${(value as readonly JsonValue[]).map(literalOf).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `readonly ${propertyName(name)}: ${literalOf(member)}`);
  return members.length === 0 ? EMPTY_OBJECT : `{ ${members.join("; ")} }`;
}

/** An object without any property; `{}` would accept everything but null. */
export const EMPTY_OBJECT = "Readonly<Record<string, never>>";

/** A property's name as it stands in a type. */
export function propertyName(name: string): string {
  return IDENTIFIER.test(name) ? name : JSON.stringify(name);
}

/** A union of names as string literals; `never` for none. */
export function namesOf(names: readonly string[]): string {
  return names.length === 0 ? "never" : names.map((name) => JSON.stringify(name)).join(" | ");
}

/** A doc comment with a line end, or nothing where there is nothing to say. */
export function docOf(...paragraphs: readonly (string | undefined)[]): string {
  const lines = paragraphs.flatMap((text) => (text === undefined || text.trim() === "" ? [] : text.trim().split(/\r\n?|[\n\u2028\u2029]/)));
  const safe = lines.map((line) => line.replaceAll("*/", "*\\/").trimEnd());
  if (safe.length === 0) return "";
  return safe.length === 1 ? `/** ${safe[0]} */\n` : `/**\n${safe.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

/** An object's members, each of one line or several, in braces; one short member on one line. */
export function shortlyBraced(members: readonly string[]): string {
  const [first = "", ...others] = members;
  return others.length === 0 && !first.includes("\n") && first.length < 80 ? `{ ${first.replace(/;$/, "")} }` : braced(members);
}

/** Members, each of one line or several, in braces. */
export function braced(members: readonly string[]): string {
  return members.length === 0 ? "{}" : `{\n${members.map((member) => indented(member)).join("\n")}\n}`;
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}

/** A name in the way of types: `refund-policy` is `RefundPolicy`. */
export function pascalCase(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Za-z]/.test(joined) ? joined : `T${joined}`;
}
