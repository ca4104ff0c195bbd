import { resolve } from "node:path";
import { PatchbayError } from "../errors.js";
import { isObject, type JsonObject } from "../model/json.js";
import { readTextFile } from "./text-file.js";
import type { CliIo } from "./io.js";

/** The run's input from `--input`: JSON, `@FILE`, or `-` for stdin. Throws `USAGE`. */
export async function readInput(given: string | undefined, io: CliIo): Promise<JsonObject | undefined> {
  if (given === undefined) return undefined;
  const { text, from } = await sourceOf(given, io);
  const input = parseJson(text, from);
  if (!isObject(input))
    throw new PatchbayError("USAGE", `${from} is not an object. Give one whose keys are channels: --input '{"name":"value"}'.`);
  return input;
}

async function sourceOf(given: string, io: CliIo): Promise<{ readonly text: string; readonly from: string }> {
  if (given === "-") return { text: await io.readStdin(), from: "The input on stdin" };
  if (!given.startsWith("@")) return { text: given, from: "The input" };
  const file = given.slice(1);
  return { text: readTextFile(resolve(io.cwd, file), file), from: `The input in ${file}` };
}

function parseJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PatchbayError("USAGE", `${from} is not JSON: ${reason}. Give JSON, @FILE, or - for stdin.`, {}, error);
  }
}
