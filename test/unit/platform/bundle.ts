import { build } from "esbuild";
import { withoutProtobuf } from "../../../scripts/build/without-protobuf.mjs";
import { inProject } from "../../../scripts/layout.mjs";

/** Bundles a program of the project (path from its root) into `outfile`, as the build does, for a child process to run. */
export async function bundle(entry: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [inProject(entry)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
    plugins: [withoutProtobuf],
    logLevel: "error",
  });
  return outfile;
}
