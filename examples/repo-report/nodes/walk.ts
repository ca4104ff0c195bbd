import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import type { Channels, Context, Result, State } from "../.patchbay/types/repo-report.d.ts";
import { fromExample } from "./folder.ts";
import { languageOf } from "./languages.ts";

/** Folders that hold what others wrote or what a build made. */
const ignored = new Set(["node_modules", ".git", "dist", "out", "coverage", "test-results", ".vscode-test", ".patchbay"]);

/** Lists the files of a folder, sorted by path. Symbolic links are not followed. */
export default async function walk({ folder }: State<"walk">, ctx: Context<"walk">): Promise<Result<"walk">> {
  const root = fromExample(folder);
  if (!(await stat(root)).isDirectory()) throw new Error(`${root} is no folder.`);
  const files: Channels["files"][number][] = [];
  for await (const path of pathsUnder(root, ctx.signal)) {
    const bytes = await sizeOf(path);
    if (bytes !== undefined) files.push({ path: relative(root, path).replaceAll(sep, "/"), bytes, language: languageOf(path) });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  ctx.log(`${files.length} files under ${root}`);
  return { name: basename(root), root, files };
}

async function* pathsUnder(folder: string, signal: AbortSignal): AsyncGenerator<string> {
  signal.throwIfAborted();
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !ignored.has(entry.name)) yield* pathsUnder(path, signal);
    else if (entry.isFile()) yield path;
  }
}

/** Nothing for a folder that has gone since it was listed, or that may not be read. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Nothing for a file that has gone since its folder was listed. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
