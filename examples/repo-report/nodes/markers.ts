import type { Channels, Context, Result, State } from "../.patchbay/types/repo-report.d.ts";
import { readAll } from "./read.ts";

/** A marker as people write it: a word in capitals, then a colon or an author in brackets. */
const pattern = /\b(?:TODO|FIXME|HACK|XXX)(?::|\().*$/;
const LONGEST = 120;

/** Finds the markers that people leave for later, in the order of the files. */
export default async function markers(state: State<"markers", "root" | "files">, ctx: Context<"markers">): Promise<Result<"markers">> {
  const found: Channels["markers"][number][] = [];
  for await (const { file, lines } of readAll(state, ctx)) {
    for (const [index, line] of lines.entries()) {
      const text = pattern.exec(line)?.[0];
      if (text !== undefined) found.push({ path: file.path, line: index + 1, text: shortened(text.trim()) });
    }
  }
  return { markers: found };
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
