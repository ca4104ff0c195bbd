// Which modules of the workspace a handler can be.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { exportsOf } from "../../runtime/platform/module-exports.js";
import type { CompletionsView, CompletionView } from "../../webview/protocol/expressions.js";
import { pathFrom } from "../editor/file-names.js";
import type { GraphDocument } from "../editor/graph-document.js";

const MODULES = "**/*.{ts,mts,cts,js,mjs,cjs}";
const ELSEWHERE = "**/{node_modules,.patchbay,.git}/**";
/** More nobody reads. */
const LIMIT = 100;

/** Paths that fit what is typed; behind `#`, what the module exports. */
export async function suggestHandlers({ uri, directory }: GraphDocument, text: string): Promise<CompletionsView> {
  const hash = text.indexOf("#");
  const none = { from: 0, to: text.length, items: [] };
  if (directory === undefined) return none;
  if (hash !== -1) return { ...none, from: hash + 1, items: await exportsIn(join(directory, text.slice(0, hash)), text.slice(hash + 1)) };
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const pattern = folder === undefined ? new vscode.RelativePattern(directory, MODULES) : new vscode.RelativePattern(folder, MODULES);
  const files = await vscode.workspace.findFiles(pattern, ELSEWHERE);
  const paths = files.filter(({ path }) => !path.endsWith(".d.ts")).map(({ fsPath }) => pathFrom(directory, fsPath));
  return { ...none, items: fitting(paths, text).map((path) => item(path, "module")) };
}

/** Those that begin so, then those that have it within, the nearest first. */
function fitting(paths: readonly string[], text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  const place = (path: string): number => path.toLowerCase().indexOf(wanted);
  const fit = paths.filter((path) => place(path) !== -1);
  const depth = (path: string): number => path.split("/").length + (path.startsWith("../") ? 100 : 0);
  return fit.toSorted((a, b) => Number(place(a) > 0) - Number(place(b) > 0) || depth(a) - depth(b) || (a < b ? -1 : 1)).slice(0, LIMIT);
}

async function exportsIn(path: string, started: string): Promise<CompletionView[]> {
  try {
    const names = [...(exportsOf(await readFile(path, "utf8"), path) ?? [])];
    return names.filter((name) => name !== "default" && name.startsWith(started)).map((name) => item(name, "export"));
  } catch {
    return []; // there is no such file, yet
  }
}

function item(label: string, detail: string): CompletionView {
  return { label, kind: "file", detail, help: "", insert: label, caret: label.length };
}
