// What is typed about how a node is run, as the document has it. Pure.
import { parseDuration } from "../../runtime/model/duration.js";
import { isObject, type JsonObject, type JsonValue } from "../../runtime/model/json.js";
import { readJsonField, showJson, type Typed } from "./values.js";

/** The fields that say how a node is run. */
const policyFields = ["retry", "timeout", "fallback", "cache", "disabled", "default"] as const;

/** A field that is an object, with one part set to a value, or removed by `null`; what it is without parts is removed. */
export function withPart(current: unknown, part: string, value: JsonValue): JsonValue {
  const parts = partsOf(current);
  const { [part]: _former, ...others } = parts;
  const next = value === null ? others : { ...parts, [part]: value };
  return Object.keys(next).length === 0 ? null : next;
}

/** A time-out with one limit set or removed: where only the whole run is limited, in the short form. */
export function withLimit(current: unknown, limit: "run" | "idle", value: string | null): JsonValue {
  const next = withPart(limitsOf(current), limit, value);
  return isObject(next) && Object.keys(next).join() === "run" ? (next["run"] ?? null) : next;
}

/** One limit of a time-out as it is typed. */
export function limitIn(current: unknown, limit: "run" | "idle"): string {
  return showPart(limitsOf(current), limit);
}

/** A part of a field as it is typed. */
export function showPart(current: unknown, part: string): string {
  const value = partsOf(current)[part];
  return typeof value === "string" ? value : showJson(value);
}

/** Reads a duration; blank is none. */
export function readDuration(typed: string): Typed {
  const text = typed.trim();
  if (text === "") return { ok: true, value: null };
  return parseDuration(text) === undefined ? { ok: false, message: "A duration, such as 250ms, 30s, 5m or 1d" } : { ok: true, value: text };
}

/** Reads a number within bounds; blank is none. */
export function readNumber(min: number, max: number, whole: boolean): (typed: string) => Typed {
  const kind = whole ? "whole number" : "number";
  const message = max === Infinity ? `A ${kind}, ${String(min)} or more` : `A ${kind} from ${String(min)} to ${String(max)}`;
  return (typed) => {
    const text = typed.trim();
    if (text === "") return { ok: true, value: null };
    const value = Number(text);
    const fits = value >= min && value <= max && Number.isFinite(value) && (!whole || Number.isInteger(value));
    return fits ? { ok: true, value } : { ok: false, message };
  };
}

/** Reads what takes the place of a result: an object of channels as JSON, else the path of a handler; blank is nothing. */
export function readFallback(typed: string): Typed {
  const text = typed.trim();
  if (text === "") return { ok: true, value: null };
  if (!text.startsWith("{")) return { ok: true, value: text };
  return readJsonField(text);
}

/** Whether a node says anything of how it is run. */
export function hasPolicies(fields: Readonly<Record<string, unknown>>): boolean {
  return policyFields.some((field) => fields[field] !== undefined);
}

function limitsOf(current: unknown): unknown {
  return typeof current === "string" ? { run: current } : current;
}

function partsOf(current: unknown): JsonObject {
  return isObject(current) ? current : {};
}
