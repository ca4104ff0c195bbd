import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { makeSharedHome } from "../../runtime/platform/store-home.js";
import type { SnippetView } from "../../webview/protocol/palette.js";
import { snippetFile, snippetFrom, snippetFromText, snippetText, type ReadSnippet } from "./read-snippet.js";

/** Snippets of the user's own, and those that cannot be read. */
export interface UserSnippets {
  readonly snippets: readonly SnippetView[];
  readonly faults: readonly string[];
}

/** The snippets of the settings and of a workspace folder's `.patchbay/snippets`; of one name, those of the folder. */
export async function userSnippets(workspace: string): Promise<UserSnippets> {
  const read = [...fromSettings(workspace), ...(await fromFolder(snippetsFolder(workspace)))];
  const byName = new Map(read.flatMap((each) => (each.ok ? [[each.snippet.name, each.snippet] as const] : [])));
  return { snippets: [...byName.values()], faults: read.flatMap((each) => (each.ok ? [] : [each.fault])) };
}

/** Writes a snippet into a workspace folder; resolves to its file. */
export async function writeSnippet(workspace: string, name: string, copied: string): Promise<string> {
  const text = snippetText(name, copied);
  makeSharedHome(join(workspace, ".patchbay"));
  const folder = snippetsFolder(workspace);
  await mkdir(folder, { recursive: true });
  const file = join(folder, snippetFile(name));
  await writeFile(file, text);
  return file;
}

/** Where a workspace folder keeps its snippets. */
function snippetsFolder(workspace: string): string {
  return join(workspace, ".patchbay", "snippets");
}

function fromSettings(workspace: string): readonly ReadSnippet[] {
  const scope = vscode.Uri.file(workspace);
  const setting: unknown = vscode.workspace.getConfiguration("patchbay", scope).get("snippets", {});
  return typeof setting === "object" && setting !== null ? Object.entries(setting).map(([name, value]) => snippetFrom(name, value)) : [];
}

async function fromFolder(folder: string): Promise<readonly ReadSnippet[]> {
  const names = await namesIn(folder);
  return Promise.all(
    names.map(async (name) => snippetFromText(name.slice(0, -".json".length), await readFile(join(folder, name), "utf8"))),
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  } catch {
    return []; // nobody has saved one
  }
}
