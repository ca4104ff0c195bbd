import { resolve } from "node:path";
import { PatchbayError } from "../errors.js";
import type { JsonValue } from "../model/json.js";
import type { StateEdit } from "../run/edit-state.js";
import { readTextFile } from "./text-file.js";
import type { CliIo } from "./io.js";

/** What `--set CHANNEL=JSON` and `--unset CHANNEL` ask for; `@FILE` stands for the JSON in a file. Throws `USAGE`. */
export function readChannelValues(set: readonly string[], unset: readonly string[], io: CliIo): StateEdit {
  const values = new Map<string, JsonValue>();
  for (const text of set) {
    const equals = text.indexOf("=");
    if (equals < 1) throw new PatchbayError("USAGE", `--set ${text}: give CHANNEL=JSON, such as score=3 or name='"Ada"'.`);
    const channel = text.slice(0, equals);
    if (values.has(channel)) throw new PatchbayError("USAGE", `--set ${channel} is given twice.`);
    values.set(channel, readJson(channel, text.slice(equals + 1), io));
  }
  const both = unset.find((channel) => values.has(channel));
  if (both !== undefined) throw new PatchbayError("USAGE", `--set and --unset are both given for ${both}. Give one.`);
  return { values: Object.fromEntries(values), cleared: [...new Set(unset)] };
}

function readJson(channel: string, given: string, io: CliIo): JsonValue {
  const file = given.startsWith("@") ? given.slice(1) : undefined;
  const text = file === undefined ? given : readTextFile(resolve(io.cwd, file), file);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = file === undefined ? ` A text needs its quotes: --set ${channel}='${JSON.stringify(given)}'.` : "";
    throw new PatchbayError("USAGE", `--set ${channel}: ${file ?? "the value"} is not JSON: ${reason}.${hint}`, {}, error);
  }
}
