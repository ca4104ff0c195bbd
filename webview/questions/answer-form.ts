// The value of an answer, as a form of the schema that asks for it. Pure.
import type { JsonValue } from "../../runtime/model/json.js";

/** One field of a form. */
export interface FormField {
  /** Property of the value; empty where the field is all of it. */
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "number" | "choice";
  /** What can be chosen, with what each stands for. */
  readonly choices: readonly { readonly text: string; readonly value: JsonValue }[];
  readonly isInteger: boolean;
  readonly required: boolean;
  readonly description: string;
  /** What is there before anything is typed. */
  readonly initial: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** What was typed, by field. */
export type TypedAnswer = Readonly<Record<string, string>>;

/** The value that was typed, none, or why it is not one. */
export type AnswerValue =
  | { readonly ok: true; readonly value: JsonValue | undefined }
  | { readonly ok: false; readonly field: string; readonly message: string };

/** A form for values of a schema: of a text, a number, a truth, a choice, or of an object of those; undefined for all others, which are typed as JSON. */
export function formOf(schema: Schema | undefined): readonly FormField[] | undefined {
  if (schema === undefined) return undefined;
  const whole = fieldOf("", schema, false);
  if (whole !== undefined) return [whole];
  const { type, properties, required } = schema;
  if (type !== "object" || !isSchema(properties) || Object.keys(properties).length === 0) return undefined;
  const needed = Array.isArray(required) ? required : [];
  const fields = Object.entries(properties).map(([name, each]) =>
    isSchema(each) ? fieldOf(name, each, needed.includes(name)) : undefined,
  );
  return fields.every((field) => field !== undefined) ? fields : undefined;
}

/** What a form has been filled in with. Nothing at all is no value. */
export function readForm(fields: readonly FormField[], typed: TypedAnswer): AnswerValue {
  const values: Record<string, JsonValue> = {};
  const given = fields.some((field) => textOf(field, typed) !== "");
  for (const field of fields) {
    const text = textOf(field, typed);
    if (text === "" && !(field.required && given)) continue;
    const read = readField(field, text);
    if (!read.ok) return read;
    if (field.name === "") return read;
    if (read.value !== undefined) values[field.name] = read.value;
  }
  return { ok: true, value: given ? values : undefined };
}

/** What stands in a field. */
export function textOf({ name, initial }: FormField, typed: TypedAnswer): string {
  return typed[name] ?? initial;
}

function readField({ name, label, kind, choices, isInteger }: FormField, text: string): AnswerValue {
  const wrong = (message: string): AnswerValue => ({ ok: false, field: name, message: label === "" ? message : `${label}: ${message}` });
  if (kind === "choice") {
    const chosen = choices.find((choice) => choice.text === text);
    return chosen === undefined ? wrong("choose one") : { ok: true, value: chosen.value };
  }
  if (text === "") return wrong("fill this in");
  if (kind === "text") return { ok: true, value: text };
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return wrong("must be a number");
  return isInteger && !Number.isInteger(value) ? wrong("must be a whole number") : { ok: true, value };
}

function fieldOf(name: string, schema: Schema, required: boolean): FormField | undefined {
  const { type, title, description, default: first } = schema;
  const choices = choicesOf(schema);
  const kind = choices.length > 0 ? "choice" : type === "string" ? "text" : type === "number" || type === "integer" ? "number" : undefined;
  if (kind === undefined) return undefined;
  const known = choices.find(({ value }) => value === first)?.text;
  return {
    name,
    label: typeof title === "string" ? title : name,
    kind,
    choices,
    isInteger: type === "integer",
    required,
    description: typeof description === "string" ? description : "",
    initial: known ?? (kind !== "choice" && (typeof first === "string" || typeof first === "number") ? String(first) : ""),
  };
}

function choicesOf({ type, enum: listed }: Schema): FormField["choices"] {
  if (type === "boolean")
    return [
      { text: "yes", value: true },
      { text: "no", value: false },
    ];
  if (!Array.isArray(listed)) return [];
  const plain = listed.filter((value) => value === null || ["string", "number", "boolean"].includes(typeof value)) as readonly JsonValue[];
  return plain.length < listed.length
    ? []
    : plain.map((value) => ({ text: typeof value === "string" ? value : JSON.stringify(value), value }));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
