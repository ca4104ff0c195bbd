import { isObject, type JsonObject } from "../../runtime/model/json.js";

/** An input as it was written: the object, or what is wrong with it. */
export type InputReading =
  | { readonly ok: true; readonly input: JsonObject }
  | { readonly ok: false; readonly reason: "not-json" | "not-object" | "unknown-channel"; readonly detail: string };

/** Reads the input of a run: a JSON object whose keys are channels. */
export function readInput(text: string, isChannel: (name: string) => boolean): InputReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    return { ok: false, reason: "not-json", detail: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  if (!isObject(value)) return { ok: false, reason: "not-object", detail: "" };
  const stranger = Object.keys(value).find((name) => !isChannel(name));
  return stranger === undefined ? { ok: true, input: value } : { ok: false, reason: "unknown-channel", detail: stranger };
}
