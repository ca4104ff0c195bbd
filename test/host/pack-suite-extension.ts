import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { packVsix } from "../../scripts/build/vsix.mjs";
import { inProject, root } from "../../scripts/layout.mjs";

/** Bundles the suite and packs it as a second extension, which is installed beside ours. */
export async function packSuiteExtension(): Promise<string> {
  const folder = inProject("out", "suite-extension");
  mkdirSync(folder, { recursive: true });
  for (const [from, to] of [
    [inProject("test", "host", "suite-extension", "package.json"), "package.json"],
    [inProject("LICENSE"), "LICENSE"],
  ] as const)
    cpSync(from, join(folder, to));
  await build({
    entryPoints: ["test/host/suite-extension/main.ts"],
    outfile: join(folder, "main.js"),
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    sourcemap: "inline",
  });
  const target = inProject("out", "patchbay-tests.vsix");
  if ((await packVsix(folder, target)) !== 0) throw new Error("the suite could not be packed");
  return target;
}
