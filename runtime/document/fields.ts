import type { ErrorCode } from "../errors.js";
import type { TextRange } from "../model/problem.js";
import { memberOf, type JsonNode, type ObjectNode, type Property } from "./json-tree.js";
import type { LocalProblem } from "./reading.js";

/** Reads the fields of one object by name and type; what does not fit becomes a problem at its place. */
export class Fields {
  readonly #node: ObjectNode;
  /** What the object is, for messages: `a code node`. */
  readonly #what: string;
  readonly #known = new Set<string>();
  readonly problems: LocalProblem[] = [];

  constructor(node: ObjectNode, what: string) {
    this.#node = node;
    this.#what = what;
  }

  /** The value of a field, of any type; reading it makes it known. */
  get(name: string): JsonNode | undefined {
    this.#known.add(name);
    return memberOf(this.#node, name);
  }

  string(name: string): string | undefined {
    const node = this.get(name);
    if (node?.type === "string") return String(node.value);
    return this.#refuse(node, `\`${name}\` must be a string.`);
  }

  requiredString(name: string): string {
    if (this.get(name) === undefined) this.#missing(name);
    return this.string(name) ?? "";
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[], advice = ""): Choice | undefined {
    const node = this.get(name);
    const choice = choices.find((candidate) => node?.type === "string" && node.value === candidate);
    return choice ?? this.#refuse(node, `\`${name}\` must be ${choices.map((item) => `"${item}"`).join(" or ")}${advice}.`);
  }

  /** A string that `parse` understands, as the number it stands for. */
  quantity(name: string, parse: (text: string) => number | undefined, example: string): number | undefined {
    const node = this.get(name);
    const quantity = node?.type === "string" ? parse(String(node.value)) : undefined;
    return quantity ?? this.#refuse(node, `\`${name}\` must be like ${example}.`);
  }

  integer(name: string, least: number): number | undefined {
    const node = this.get(name);
    if (node?.type === "number" && Number.isInteger(node.value) && Number(node.value) >= least) return Number(node.value);
    return this.#refuse(node, `\`${name}\` must be a whole number, ${least} or more.`);
  }

  /** A number within bounds, both included. */
  number(name: string, least: number, most = Number.POSITIVE_INFINITY): number | undefined {
    const node = this.get(name);
    if (node?.type === "number" && Number(node.value) >= least && Number(node.value) <= most) return Number(node.value);
    const bounds = most === Number.POSITIVE_INFINITY ? `${least} or more` : `from ${least} to ${most}`;
    return this.#refuse(node, `\`${name}\` must be a number, ${bounds}.`);
  }

  boolean(name: string): boolean | undefined {
    const node = this.get(name);
    return node?.type === "boolean" ? node.value === true : this.#refuse(node, `\`${name}\` must be true or false.`);
  }

  /** An array of strings; `accept` says what is wrong with one. */
  strings(name: string, accept?: (text: string) => string | undefined): readonly string[] | undefined {
    const node = this.get(name);
    if (node?.type !== "array") return this.#refuse(node, `\`${name}\` must be a list of strings.`);
    const texts: string[] = [];
    for (const item of node.items) {
      const wrong = item.type === "string" ? accept?.(String(item.value)) : "must be a string";
      if (wrong === undefined) texts.push(item.type === "string" ? String(item.value) : "");
      else this.error(item, `An item of \`${name}\` ${wrong}.`);
    }
    return texts;
  }

  /** An object of expressions, by what each is for. */
  expressions(name: string): Readonly<Record<string, string>> | undefined {
    const node = this.objectNode(name);
    if (node === undefined) return undefined;
    const sources: (readonly [string, string])[] = [];
    for (const { key, value } of node.properties) {
      if (value?.type === "string") sources.push([key, String(value.value)]);
      else if (value !== undefined) this.error(value, `What \`${name}\` gives to "${key}" must be an expression, written as a string.`);
    }
    return Object.fromEntries(sources);
  }

  objectNode(name: string): ObjectNode | undefined {
    const node = this.get(name);
    return node?.type === "object" ? node : this.#refuse(node, `\`${name}\` must be an object.`);
  }

  /** Adds an error at a place. */
  error(at: TextRange, message: string, code: ErrorCode = "DOCUMENT_SHAPE"): undefined {
    this.problems.push({ severity: "error", code, message, range: { start: at.start, end: at.end } });
  }

  /** Warns of the fields that nobody asked for; `later` are those that the format has and this version does not execute. */
  warnOfRest(later: readonly string[] = []): void {
    const said = new Set(this.#known);
    for (const property of this.#node.properties) {
      if (said.has(property.key)) continue;
      said.add(property.key);
      const message = later.includes(property.key)
        ? `This version does not execute \`${property.key}\` yet; it has no effect.`
        : `\`${property.key}\` is not a field of ${this.#what}; it has no effect.`;
      this.warn(keyRange(property), message);
    }
  }

  /** Adds the warning that something has no effect. */
  warn(at: TextRange, message: string): void {
    this.problems.push({ severity: "warning", code: "UNKNOWN_FIELD", message, range: { start: at.start, end: at.end } });
  }

  #missing(name: string): void {
    this.error({ start: this.#node.start, end: this.#node.start + 1 }, `\`${name}\` is missing: ${this.#what} needs it.`);
  }

  #refuse(node: JsonNode | undefined, message: string): undefined {
    if (node !== undefined) this.error(node, message);
  }
}

/** Where the key of a property is, with its quotes. */
export function keyRange(property: Property): TextRange {
  return { start: property.keyStart, end: property.keyEnd };
}
