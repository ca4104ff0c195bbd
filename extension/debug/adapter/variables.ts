// Values as a debugger shows them: one level at a time, and of long ones a page at a time.
import type { DebugProtocol } from "@vscode/debugprotocol";
import { isObject, type JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";

/** Characters of a value that are shown in a line. */
const LINE = 200;

/** Children of something that is shown. */
export interface Children {
  /** How many there are by name, and by index. */
  readonly named: number;
  readonly indexed: number;
  /** Those from `start` on. */
  list(filter: "named" | "indexed" | undefined, start: number, count: number): readonly Child[];
  /** Of what is in a channel: in which frame. It can be given other values, and be watched. */
  readonly of?: Level;
  /** CEL that comes to a child, where there is any. */
  readonly expressionOf?: (name: string) => string;
}

/** One of them. */
export interface Child {
  readonly name: string;
  readonly value: JsonValue | undefined;
  /** CEL that comes to it, where there is any. */
  readonly expression?: string;
  /** In which frame it is a channel, or part of one. */
  readonly of?: Level;
}

/** What a debugger has been shown since the run has stopped, by the number it knows it by. */
export class Shown {
  #children: Children[] = [];

  /** Forgets all: numbers of before mean nothing any more. */
  clear(): void {
    this.#children = [];
  }

  /** The number of something that has children; 0 for what has none. */
  reference(children: Children | undefined): number {
    if (children === undefined || children.named + children.indexed === 0) return 0;
    return this.#children.push(children);
  }

  /** What a number stands for; undefined for one that is not known, or no more. */
  get(reference: number): Children | undefined {
    return this.#children[reference - 1];
  }

  /** A value as the protocol has it. */
  variable({ name, value, expression, of }: Child): DebugProtocol.Variable {
    const children = value === undefined ? undefined : childrenOf(value, expression, of);
    return {
      name,
      value: lineOf(value),
      type: typeOf(value),
      variablesReference: this.reference(children),
      ...(children === undefined || children.named === 0 ? {} : { namedVariables: children.named }),
      ...(children === undefined || children.indexed === 0 ? {} : { indexedVariables: children.indexed }),
      ...(expression === undefined ? {} : { evaluateName: expression }),
      ...(of === undefined ? { presentationHint: { attributes: ["readOnly"] } } : {}),
    };
  }
}

/** What a value is made of; undefined for one that is made of nothing. `expression`: CEL that comes to the value; `of`: where it is in a channel. */
export function childrenOf(value: JsonValue, expression?: string, of?: Level): Children | undefined {
  const names = Array.isArray(value) ? undefined : isObject(value) ? Object.keys(value) : [];
  if (names?.length === 0 && !isObject(value)) return undefined;
  const step = names === undefined ? indexStep : nameStep;
  const expressionOf = (name: string): string => `${expression ?? ""}${step(name)}`;
  const named = expression === undefined ? {} : { expressionOf };
  const child = (name: string): Child => ({
    name,
    value: partOf(value, name),
    ...(expression === undefined ? {} : { expression: expressionOf(name) }),
    ...(of === undefined ? {} : { of }),
  });
  const list: Children["list"] = (filter, start, count) => {
    if (filter === (names === undefined ? "named" : "indexed")) return [];
    return namesFrom(value, names, start, count).map(child);
  };
  const indexed = Array.isArray(value) ? value.length : 0;
  return { named: names?.length ?? 0, indexed, list, ...named, ...(of === undefined ? {} : { of }) };
}

function namesFrom(value: JsonValue, names: readonly string[] | undefined, start: number, count: number): readonly string[] {
  if (names !== undefined) return names.slice(start, start + count);
  const length = Array.isArray(value) ? value.length : 0;
  return Array.from({ length: Math.max(0, Math.min(count, length - start)) }, (_, index) => String(start + index));
}

function partOf(value: JsonValue, name: string): JsonValue | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[])[Number(name)] : isObject(value) ? value[name] : undefined;
}

/** A value in a line. */
function lineOf(value: JsonValue | undefined): string {
  if (value === undefined) return "no value";
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (isObject(value)) return shortened(preview(value));
  return scalar(value, LINE);
}

function typeOf(value: JsonValue | undefined): string {
  if (value === undefined) return "none";
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : isObject(value) ? "map" : typeof value;
}

/** The first few properties, without what is inside them. */
function preview(value: { readonly [name: string]: JsonValue }): string {
  const parts: string[] = [];
  for (const name of Object.keys(value).slice(0, 6)) {
    const each = value[name];
    parts.push(`${name}: ${Array.isArray(each) ? `list of ${each.length}` : isObject(each) ? "{…}" : scalar(each ?? null, 40)}`);
  }
  return `{${parts.join(", ")}${Object.keys(value).length > parts.length ? ", …" : ""}}`;
}

/** Of a long text only the part that is shown is looked at. */
function scalar(value: JsonValue, most: number): string {
  return shortened(JSON.stringify(typeof value === "string" ? value.slice(0, most) : value), most);
}

function shortened(text: string, most = LINE): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function indexStep(index: string): string {
  return `[${index}]`;
}

function nameStep(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
