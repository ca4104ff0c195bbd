import type { HttpNode } from "../../model/graph.js";
import type { JsonValue } from "../../model/json.js";
import type { HttpAnswer } from "../../ports.js";

/** What a body says, or why it cannot be read. */
export type Decoded = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly reason: string };

type Reading = Exclude<HttpNode["as"], "auto">;

const JSON_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?json$/;
const TEXT_TYPE = /^text\/|^application\/(?:xml|javascript|ecmascript|graphql|yaml|x-www-form-urlencoded|x-ndjson)$|\+(?:xml|yaml)$/;

/** Reads a body as the node wants it; without the request's secrets. An empty one of no particular kind is null. */
export function decodeBody(answer: HttpAnswer, as: HttpNode["as"]): Decoded {
  const type = answer.headers["content-type"];
  const reading = as === "auto" ? readingOf(type) : as;
  if (answer.body.length === 0 && (reading === "json" || (as === "auto" && type === undefined))) return { ok: true, value: null };
  const hide = answer.redact ?? ((text: string) => text);
  if (reading === "base64") return { ok: true, value: btoa(hide(binary(answer.body))) };
  const text = decodeText(answer.body, type);
  return reading === "text" ? { ok: true, value: hide(text) } : parse(text, answer.redact);
}

/** A body as text in the character set that the content type names. */
export function decodeText(bytes: Uint8Array, type: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type ?? "")?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // a character set that nobody knows
  }
}

function readingOf(type: string | undefined): Reading {
  const name = type?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (JSON_TYPE.test(name)) return "json";
  return name === "" || TEXT_TYPE.test(name) || /;\s*charset\s*=/i.test(type ?? "") ? "text" : "base64";
}

function parse(text: string, redact: HttpAnswer["redact"]): Decoded {
  try {
    const value = JSON.parse(text) as JsonValue;
    return { ok: true, value: redact === undefined ? value : hidden(value, redact) };
  } catch (error) {
    // The engine's message quotes the text: a secret in it could be cut in two.
    const place = redact === undefined && error instanceof Error ? `: ${error.message}` : "";
    return { ok: false, reason: `is no JSON${place}` };
  }
}

function hidden(value: JsonValue, redact: (text: string) => string): JsonValue {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return redact(String(value)) === String(value) ? value : redact(String(value));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => hidden(item, redact));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), hidden(item, redact)]));
}

/** One character a byte. */
function binary(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
