import { readFileSync } from "node:fs";

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
}

interface FormatSchema extends Schema {
  readonly definitions: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(readFileSync(new URL("../../schemas/graph-1.schema.json", import.meta.url), "utf8")) as FormatSchema;

/** The kinds of nodes that the format has. */
export const kindsOfFormat: readonly string[] = schema.definitions["node"]?.properties?.["kind"]?.enum ?? [];

/** Every field that the JSON Schema of the format names: `title`, `compile.strategy`, `channel.default`, `code.retry.attempts`, `edge.when`. */
export function fieldsOfFormat(): readonly string[] {
  const entries = ["channel", "edge"].flatMap((name) => named(name, fieldsOf(definition(name))));
  const nodes = kindsOfFormat.flatMap((kind) => named(kind, ["kind", ...fieldsOf(definition(`${kind}Node`))]));
  return [...new Set([...fieldsOf(schema), ...entries, ...nodes])].toSorted();
}

function named(name: string, fields: readonly string[]): readonly string[] {
  return fields.map((field) => `${name}.${field}`);
}

/** The fields of an object and, dotted, of the objects in them. What is only a condition (`if`, `not`) names none. */
function fieldsOf(node: Schema): readonly string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, value]) => [name, ...named(name, fieldsOf(value))]);
  const referred = node.$ref === undefined ? [] : fieldsOf(definition(node.$ref.replace("#/definitions/", "")));
  return [...own, ...referred, ...[...(node.allOf ?? []), ...(node.anyOf ?? [])].flatMap(fieldsOf)];
}

function definition(name: string): Schema {
  const found = schema.definitions[name];
  if (found === undefined) throw new Error(`The schema has no definition "${name}".`);
  return found;
}
