import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { packVsix } from "../../scripts/build/vsix.mjs";
import { inProject, root } from "../../scripts/layout.mjs";

/** Bundles the extension in a folder of the project (its main.ts) and packs it, to be installed beside ours; gives the VSIX. */
export async function packExtension(source: string, name: string): Promise<string> {
  const folder = inProject("out", name);
  mkdirSync(folder, { recursive: true });
  for (const [from, to] of [
    [inProject(source, "package.json"), "package.json"],
    [inProject("LICENSE"), "LICENSE"],
  ] as const)
    cpSync(from, join(folder, to));
  await build({
    entryPoints: [`${source}/main.ts`],
    outfile: join(folder, "main.js"),
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    sourcemap: "inline",
  });
  const target = inProject("out", `${name}.vsix`);
  if ((await packVsix(folder, target)) !== 0) throw new Error(`${source} could not be packed`);
  return target;
}
