import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Context, Result, State } from "../.patchbay/types/repo-report.d.ts";
import { fromExample } from "./folder.ts";
import { render, type Findings } from "./render.ts";

/** Writes the report and says where. */
export default async function report(
  { report: path, ...findings }: State<"report", keyof Findings>,
  ctx: Context<"report">,
): Promise<Result<"report">> {
  const file = fromExample(path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, render(findings));
  ctx.log(`written to ${path}`);
  return { written: path };
}
