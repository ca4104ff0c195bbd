import type { Channels, Context, Result, State } from "../.patchbay/types/repo-report.d.ts";
import { readAll } from "./read.ts";

type LanguageCount = Channels["languages"][number];

/** Counts files, lines and bytes by language, most lines first. */
export default async function count(state: State<"languages", "root" | "files">, ctx: Context<"languages">): Promise<Result<"languages">> {
  const counts = new Map<string, LanguageCount>();
  for await (const { file, lines } of readAll(state, ctx)) {
    const { language } = file;
    const sofar = counts.get(language) ?? { language, files: 0, lines: 0, bytes: 0 };
    counts.set(language, { language, files: sofar.files + 1, lines: sofar.lines + lines.length, bytes: sofar.bytes + file.bytes });
  }
  const languages = [...counts.values()];
  return { languages: languages.sort((a, b) => b.lines - a.lines || b.bytes - a.bytes || (a.language < b.language ? -1 : 1)) };
}
