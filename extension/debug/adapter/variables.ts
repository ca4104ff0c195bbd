// Values as a debugger shows them: one level at a time, and of long ones a page at a time.
import type { DebugProtocol } from "@vscode/debugprotocol";
import { isObject, type JsonValue } from "../../../runtime/model/json.js";

/** Characters of a value that are shown in a line. */
const LINE = 200;

/** Children of something that is shown. */
export interface Children {
  /** How many there are by name, and by index. */
  readonly named: number;
  readonly indexed: number;
  /** Those from `start` on. */
  list(filter: "named" | "indexed" | undefined, start: number, count: number): readonly Child[];
  /** Gives a child another value, if that can be done. Throws as `RunSession.edit` does. */
  readonly set?: (name: string, value: JsonValue) => void;
}

/** One of them. */
export interface Child {
  readonly name: string;
  readonly value: JsonValue | undefined;
  /** CEL that comes to it, where there is any. */
  readonly expression?: string;
  /** Shown in place of its value. */
  readonly text?: string;
  /** What it is made of, where that is not its value. */
  readonly inside?: Children;
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
  variable({ name, value, expression, text, inside }: Child): DebugProtocol.Variable {
    const children = inside ?? (value === undefined ? undefined : childrenOf(value, expression));
    return {
      name,
      value: text ?? lineOf(value),
      type: typeOf(value),
      variablesReference: this.reference(children),
      ...(children === undefined || children.named === 0 ? {} : { namedVariables: children.named }),
      ...(children === undefined || children.indexed === 0 ? {} : { indexedVariables: children.indexed }),
      ...(expression === undefined ? {} : { evaluateName: expression }),
    };
  }
}

/** What a value is made of; undefined for one that is made of nothing. */
export function childrenOf(value: JsonValue, expression?: string, set?: Children["set"]): Children | undefined {
  const writable = set === undefined ? {} : { set };
  if (Array.isArray(value)) {
    const list: Children["list"] = (filter, start, count) =>
      filter === "named" ? [] : value.slice(start, start + count).map((each, index) => element(each, start + index, expression));
    return { named: 0, indexed: value.length, list, ...writable };
  }
  if (!isObject(value)) return undefined;
  const names = Object.keys(value);
  const list: Children["list"] = (filter, start, count) =>
    filter === "indexed" ? [] : names.slice(start, start + count).map((name) => property(name, value[name], expression));
  return { named: names.length, indexed: 0, list, ...writable };
}

/** A value in a line. */
export function lineOf(value: JsonValue | undefined): string {
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

function element(value: JsonValue, index: number, list: string | undefined): Child {
  const expression = list === undefined ? {} : { expression: `${list}[${index}]` };
  return { name: String(index), value, ...expression };
}

function property(name: string, value: JsonValue | undefined, of: string | undefined): Child {
  const step = /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return { name, value, ...(of === undefined ? {} : { expression: `${of}${step}` }) };
}
