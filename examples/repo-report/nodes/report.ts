import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fromExample } from "./folder.ts";
import { render, type Findings } from "./render.ts";

interface Context {
  log(message: string): void;
}

/** Writes the report and says where. */
export default async function report(
  { report: path, ...findings }: Findings & { readonly report: string },
  ctx: Context,
): Promise<{ readonly written: string }> {
  const file = fromExample(path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, render(findings));
  ctx.log(`written to ${path}`);
  return { written: path };
}
