import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Channels, Context } from "../.patchbay/types/repo-report.d.ts";

/** Files from one report of progress to the next: each report becomes an event of the trace. */
const PROGRESS_EVERY = 250;

/** What the branches that read files are given. */
export interface Reads {
  readonly root: string;
  readonly files: Channels["files"];
}

/** A file with its lines; a binary file has none. */
export interface ReadFile {
  readonly file: Channels["files"][number];
  readonly lines: readonly string[];
}

/** Reads one file after the other, reports how far it is, and stops when the run does. */
export async function* readAll({ root, files }: Reads, ctx: Context): AsyncGenerator<ReadFile> {
  for (const [index, file] of files.entries()) {
    ctx.signal.throwIfAborted();
    if (index % PROGRESS_EVERY === 0) ctx.progress(index / files.length, file.path);
    try {
      yield { file, lines: linesOf(await readFile(join(root, file.path))) };
    } catch (error) {
      ctx.log(`${file.path} is not counted: ${String(error)}`);
    }
  }
}

function linesOf(content: Buffer): readonly string[] {
  if (content.includes(0)) return [];
  const lines = content.toString("utf8").split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
