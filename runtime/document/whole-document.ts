import type { JsonObject } from "../model/json.js";
import { readJson } from "./json-reader.js";
import { objectToJson, type ObjectNode } from "./json-tree.js";

/** A text that is one JSON object from its first brace to its last. */
export interface WholeDocument {
  readonly root: ObjectNode;
  readonly json: JsonObject;
}

/** Reads a text that has to be whole, because it is rewritten or compared; undefined where it is not. */
export function wholeDocument(text: string): WholeDocument | undefined {
  const { root, problems } = readJson(text);
  return root?.type === "object" && root.closed && problems.length === 0 ? { root, json: objectToJson(root) } : undefined;
}
