// What can be written next in an expression: names of what there is, by its value and, where it has none, by its schema.
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ExpressionFunction } from "../../../runtime/expression/cel.js";
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";
import { placeIn } from "./channel-edit.js";
import { evaluateIn } from "./evaluate.js";

type Item = DebugProtocol.CompletionItem;

/** `start`: the offset from which on it stands. */
type PlacedItem = Item & { readonly start: number };

/** What is being written: a name, of a part of something or by itself. */
const WRITING = /(?:((?:[A-Za-z_]\w*)(?:\.[A-Za-z_]\w*|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*)\.)?([A-Za-z_]?\w*)$/;
const NAME = /^[A-Za-z_]\w*$/;

/** What can stand where an expression ends, in a frame. */
export function completionsFor(level: Level, before: string): readonly PlacedItem[] {
  const [, whole, started = ""] = WRITING.exec(before) ?? [];
  const { length } = started;
  const all = whole === undefined ? inScope(level) : inside(level, whole);
  return all
    .filter(({ label }) => label.toLowerCase().startsWith(started.toLowerCase()))
    .map((item) => ({ ...item, start: before.length - length, length }));
}

function inScope({ run }: Level): readonly Item[] {
  const { channels, scope } = run.moment.plan;
  const names = [...channels.keys(), "input", "output", "run"];
  return [...names.map((label): Item => ({ label, type: "variable" })), ...called(scope.functions, "none", "function")];
}

function inside(level: Level, whole: string): readonly Item[] {
  const result = evaluateIn(level, whole);
  const value = result.ok ? result.value : undefined;
  const names = isObject(value) ? Object.keys(value) : propertiesOf(schemaAt(level, whole));
  const properties = names.filter((name) => NAME.test(name)).map((label): Item => ({ label, type: "property" }));
  const kind = value === undefined || value === null ? typeIn(schemaAt(level, whole)) : kindOf(value);
  return [...properties, ...called(level.run.moment.plan.scope.functions, kind, "method")];
}

function called(functions: readonly ExpressionFunction[], on: string, type: "function" | "method"): readonly Item[] {
  const named = new Map(functions.filter((each) => each.on === on && NAME.test(each.name)).map((each) => [each.name, each]));
  const macros = type === "function" ? ["has"] : on === "list" || on === "map" ? ["all", "exists", "exists_one", "filter", "map"] : [];
  return [
    ...macros.map((label): Item => ({ label, text: `${label}(`, type })),
    ...[...named.values()].map(({ name, signature }): Item => ({ label: name, text: `${name}(`, type, detail: signature })),
  ];
}

function kindOf(value: JsonValue): string {
  return Array.isArray(value) ? "list" : isObject(value) ? "map" : typeof value;
}

/** The schema of what stands at a place in a channel; empty where nothing is said. */
function schemaAt(level: Level, expression: string): JsonObject {
  const { channel, path } = placeIn(level, expression) ?? {};
  const declared = channel === undefined ? undefined : level.run.moment.plan.channels.get(channel)?.def.schema;
  let at: JsonObject = declared ?? {};
  for (const step of path ?? []) {
    const properties = at["properties"];
    const next = isObject(properties) && Object.hasOwn(properties, step) ? properties[step] : at["items"];
    at = isObject(next) ? next : {};
  }
  return at;
}

function propertiesOf({ properties }: JsonObject): readonly string[] {
  return isObject(properties) ? Object.keys(properties) : [];
}

function typeIn({ type }: JsonObject): string {
  return type === "array" ? "list" : type === "object" ? "map" : typeof type === "string" ? type : "";
}
