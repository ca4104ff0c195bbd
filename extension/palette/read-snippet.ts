// Snippets as somebody wrote them, in a file or in the settings. Pure.
import { isObject, type JsonValue } from "../../runtime/model/json.js";
import { slugOf } from "../editor/file-names.js";
import type { SnippetView } from "../../webview/protocol/palette.js";

/** A snippet, or why it is none. */
export type ReadSnippet = { readonly ok: true; readonly snippet: SnippetView } | { readonly ok: false; readonly fault: string };

/** A snippet from what a file holds; its title counts more than the file's name. */
export function snippetFromText(name: string, text: string): ReadSnippet {
  try {
    return snippetFrom(name, JSON.parse(text) as JsonValue);
  } catch (error) {
    return { ok: false, fault: `${name}: ${error instanceof Error ? error.message : "no JSON"}` };
  }
}

/** A snippet from what a setting holds. */
export function snippetFrom(name: string, value: unknown): ReadSnippet {
  if (!isObject(value) || !isObject(value["nodes"]) || Object.keys(value["nodes"]).length === 0)
    return { ok: false, fault: `${name}: it has no nodes` };
  const { title, description, ...document } = value;
  const snippet = {
    name: typeof title === "string" && title !== "" ? title : name,
    description: typeof description === "string" ? description : "",
    text: JSON.stringify(document),
  };
  return { ok: true, snippet };
}

/** The text of a snippet's file, from nodes in the form of the clipboard. Throws on what is no JSON object. */
export function snippetText(name: string, copied: string): string {
  const document: unknown = JSON.parse(copied);
  if (!isObject(document)) throw new TypeError("What was copied is no document.");
  return `${JSON.stringify({ title: name, ...document }, undefined, 2)}\n`;
}

/** The name of a snippet's file. */
export function snippetFile(name: string): string {
  return `${slugOf(name, "snippet")}.json`;
}
