// JSON Schema (draft 2020-12) as a TypeScript type.
//
// 1. The type accepts every value that the schema accepts. What types cannot say (bounds, patterns, `not`, `if`) is left out, so it
//    may accept more.
// 2. Nothing is guessed: `properties` without `"type": "object"` says nothing of a number, so a number is accepted too.
// 3. A declaration never refers to itself outside of an object or array: TypeScript refuses such a circle.
// 4. Where a schema refers to itself there are no tuples, but lists of all that their items may be. TypeScript looks into an array or
//    object when it needs to, and into many a tuple at once, without end.
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { Declarations } from "./declarations.js";
import { arrayKeywords, arrayType } from "./array-type.js";
import { objectKeywords, objectType } from "./object-type.js";
import { valueAt } from "./pointer.js";
import { isRecursive } from "./recursion.js";
import { literalOf, pascalCase } from "./text.js";
import { atom, intersectionOf, NEVER, UNKNOWN, unionOf, type TypeText } from "./type-text.js";

/** What a JSON value can be. */
type JsonType = "null" | "boolean" | "number" | "string" | "array" | "object";

/** Where a type stands. */
interface Place {
  /** What the schemas around say that the value can be. */
  readonly allowed: readonly JsonType[];
  /** The declarations whose meaning this is a part of, with no object or array between; absent: none. */
  readonly within?: readonly string[];
}

const everything: readonly JsonType[] = ["null", "boolean", "number", "string", "array", "object"];
const shapes: readonly string[] = [...objectKeywords, ...arrayKeywords];

/** Types of one schema and its parts; what its references name becomes declarations. */
export class SchemaTypes {
  readonly #root: JsonValue;
  readonly #name: string;
  readonly #declarations: Declarations;
  readonly #recursive: boolean;
  /** Pointer -> what its declaration is called. */
  readonly #names = new Map<string, string>();
  readonly #declared = new Set<string>();
  #open = false;

  /** `name` is what declarations are called after. */
  constructor(root: JsonValue, name: string, declarations: Declarations) {
    this.#root = root;
    this.#name = name;
    this.#declarations = declarations;
    this.#recursive = isRecursive(root);
  }

  /** Whether a type so far has properties that no schema names. */
  get open(): boolean {
    return this.#open;
  }

  /** The type of a part of the schema. `only` says what the value can be at all. */
  typeOf(schema: JsonValue | undefined, only: readonly JsonType[] = everything): TypeText {
    const type = this.#type(schema, { allowed: only });
    for (const pointer of this.#names.keys()) this.#declare(pointer, []); // the map grows while it is walked
    return type;
  }

  #type(schema: JsonValue | undefined, place: Place): TypeText {
    if (schema === false) return NEVER;
    if (!isObject(schema)) return this.#shape({}, place.allowed);
    if (schema !== this.#root && schema["$id"] !== undefined) return UNKNOWN; // its references have another root
    const allowed = typesOf(schema).filter((type) => place.allowed.includes(type));
    const parts = this.#parts(schema, { ...place, allowed });
    const combined = intersectionOf(parts);
    const bare = combined === UNKNOWN || shapes.some((keyword) => Object.hasOwn(schema, keyword));
    const values = valuesOf(schema);
    if (values === undefined) return bare ? intersectionOf([this.#shape(schema, allowed), combined]) : combined;
    return intersectionOf([unionOf(values.filter((value) => allowed.includes(typeOfValue(value))).map(literalType)), combined]);
  }

  /** What the schemas say that this one refers to or is made of. */
  #parts(schema: JsonObject, place: Place): readonly TypeText[] {
    const { $ref, allOf, anyOf, oneOf } = schema;
    const of = (list: JsonValue | undefined): TypeText[] => listOfSchemas(list).map((part) => this.#type(part, place));
    return [
      ...(typeof $ref === "string" ? [this.#reference($ref, place)] : []),
      ...of(allOf),
      ...[anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? [unionOf(of(list))] : [])),
    ];
  }

  #shape(schema: JsonObject, allowed: readonly JsonType[]): TypeText {
    const plain = !shapes.some((keyword) => Object.hasOwn(schema, keyword));
    if (plain && allowed.length === everything.length) return UNKNOWN;
    const nested = (part: JsonValue | undefined) => this.#type(part, { allowed: everything });
    return unionOf(
      allowed.map((type) => {
        if (type === "array") return arrayType(schema, nested, this.#recursive); // 4
        if (type !== "object") return atom(type);
        const { type: object, open } = objectType(schema, nested);
        this.#open ||= open;
        return object;
      }),
    );
  }

  #reference(reference: string, { within }: Place): TypeText {
    if (reference !== "#" && !reference.startsWith("#/")) return UNKNOWN; // an anchor or another document
    if (valueAt(this.#root, reference) === undefined) return UNKNOWN;
    if (within?.includes(reference) === true) return UNKNOWN; // 3
    const known = this.#names.get(reference);
    const name =
      known ?? this.#declarations.freeName(pascalCase(`${this.#name}-${reference.split("/").at(-1)?.replace("#", "") || "value"}`));
    this.#names.set(reference, name);
    // One that stands in no declaration, or deeper in one, waits its turn: only then does `within` tell of every circle.
    if (within !== undefined) this.#declare(reference, within);
    return atom(name);
  }

  #declare(pointer: string, within: readonly string[]): void {
    const name = this.#names.get(pointer);
    if (name === undefined || this.#declared.has(pointer)) return;
    this.#declared.add(pointer);
    const schema = valueAt(this.#root, pointer);
    const { text } = this.#type(schema, { allowed: everything, within: [...within, pointer] });
    this.#declarations.add(name, text, isObject(schema) ? schema["description"] : undefined);
  }
}

function listOfSchemas(list: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(list) ? (list as readonly JsonValue[]) : [];
}

function typesOf({ type, nullable }: JsonObject): readonly JsonType[] {
  if (type === undefined) return everything;
  const named = (Array.isArray(type) ? (type as readonly JsonValue[]) : [type]).map((name) => (name === "integer" ? "number" : name));
  return everything.filter((each) => named.includes(each) || (each === "null" && nullable === true));
}

/** The only values that a schema accepts, where it lists them. */
function valuesOf(schema: JsonObject): readonly JsonValue[] | undefined {
  if (Object.hasOwn(schema, "const")) return [schema["const"] ?? null];
  return Array.isArray(schema["enum"]) ? (schema["enum"] as readonly JsonValue[]) : undefined;
}

function typeOfValue(value: JsonValue): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as Exclude<JsonType, "null" | "array">;
}

function literalType(value: JsonValue): TypeText {
  return { text: literalOf(value), binding: Array.isArray(value) ? "operator" : "atom" };
}
