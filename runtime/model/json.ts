/** A value that survives JSON: what channels hold, what is written, what is stored. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Whether a value is a plain JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy that nobody else can change: what a run keeps must stay as it was given. As JSON has it: members that are undefined go. */
export function ownCopy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
