// Which fields of an entry have no control of their own, and what control the format makes for them. Pure.
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";
import { nodeFields, type FieldFacts } from "./field-schema.js";

/** A control that a schema makes. */
export type GeneratedControl =
  | { readonly type: "choice"; readonly choices: readonly string[] }
  | { readonly type: "switch" }
  | { readonly type: "number"; readonly min: number; readonly max: number; readonly whole: boolean }
  | { readonly type: "names" | "text" | "json" };

const common = ["label", "note", "join", "fallback", "disabled"];
const policies = ["retry", "timeout", "cache"];

/** The fields that the inspector has controls for, by kind. */
const byHand: Readonly<Record<string, readonly string[]>> = {
  code: [...common, ...policies, "handler", "reads", "writes"],
  expression: [...common, ...policies, "set"],
  barrier: [...common, "prompt", "actions", "output", "schema", "timeout", "default"],
  http: [...common, ...policies, "method", "url", "query", "headers", "body", "output", "take", "as", "expect"],
  map: [
    ...common,
    ...policies,
    "over",
    "handler",
    "reads",
    "graph",
    "in",
    "result",
    "output",
    "concurrency",
    "pool",
    "chunk",
    "onError",
    "errorLimit",
    "stopWhen",
  ],
  subgraph: [...common, ...policies, "graph", "in", "out"],
};
/** What every node has, whatever its kind. */
const always = ["kind", "label", "note", "join"];

/** A field without a control of its own; of one that the format does not know there is no more to say than its JSON. */
export interface OtherField {
  readonly name: string;
  readonly facts: FieldFacts | undefined;
}

/** The fields of a node that have no control by hand: those of the format, and those that the document has all the same. */
export function otherFields(kind: string, fields: Readonly<Record<string, unknown>>): readonly OtherField[] {
  const shown = new Set([...always, ...(Object.hasOwn(byHand, kind) ? (byHand[kind] ?? []) : [])]);
  const format = nodeFields(kind);
  const strange = Object.keys(fields).filter((name) => !format.has(name));
  return [...new Set([...format.keys(), ...strange])].filter((name) => !shown.has(name)).map((name) => ({ name, facts: format.get(name) }));
}

/** Whether the format knows a kind. */
export function isKnownKind(kind: string): boolean {
  return Object.hasOwn(byHand, kind);
}

/** The control for what a schema describes; JSON where it describes much. */
export function controlFor(schema: JsonObject): GeneratedControl {
  const { enum: values, type, minimum, maximum, items } = schema;
  if (isList(values) && values.every((value) => typeof value === "string")) return { type: "choice", choices: values };
  switch (type) {
    case "boolean":
      return { type: "switch" };
    case "integer":
    case "number":
      return { type: "number", min: numberOr(minimum, -Infinity), max: numberOr(maximum, Infinity), whole: type === "integer" };
    case "string":
      return { type: "text" };
    case "array":
      return { type: typeof items === "object" && items !== null && "type" in items && items["type"] === "string" ? "names" : "json" };
    default:
      return { type: "json" };
  }
}

/** `maxSize` as people read it. */
export function titleOf(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function numberOr(value: JsonValue | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
