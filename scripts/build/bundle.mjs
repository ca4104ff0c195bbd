import { chmodSync, rmSync } from "node:fs";
import { build, context } from "esbuild";
import { run } from "../command.mjs";
import { inProject, root } from "../layout.mjs";
import { writeNotices } from "./notices.mjs";
import { sizeLines } from "./sizes.mjs";
import { targets } from "./targets.mjs";

/** Makes dist/ anew and prints the size of what it holds. @param {readonly string[]} names  of targets; none: all, and the type declarations @returns {Promise<number>} exit code */
export async function buildAll(names) {
  if (names.length === 0) rmSync(inProject("dist"), { recursive: true, force: true });
  let failed = 0;
  const made = [];
  for (const [name] of chosen(names)) {
    try {
      const metafile = await bundle(name);
      made.push(metafile);
      console.log(sizeLines(metafile).join("\n"));
      if (name === "launcher") chmodSync(inProject("dist", "cli.js"), 0o755);
    } catch {
      failed += 1; // esbuild has printed the problems
      console.error(`  ${name}: not built`);
    }
  }
  if (names.length === 0) {
    writeNotices(made);
    failed += await declareTypes();
  }
  return failed === 0 ? 0 : 1;
}

/** Makes one target and tells what is in it. @param {string} name */
export async function bundle(name) {
  const { metafile } = await build({ ...targets[name], metafile: true, absWorkingDir: root });
  return metafile;
}

/** Builds on every change until interrupted. @param {readonly string[]} names */
export async function watch(names) {
  for (const [, options] of chosen(names)) {
    const watched = await context({ ...options, minify: false, logLevel: "info", absWorkingDir: root });
    await watched.watch();
  }
}

/** @param {readonly string[]} names */
const chosen = (names) => Object.entries(targets).filter(([name]) => names.length === 0 || names.includes(name));

/** The types of "patchbay/runtime", in dist/types. */
async function declareTypes() {
  const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", "dist/types"];
  const { code, output } = await run(process.execPath, [inProject("node_modules", "typescript", "bin", "tsc"), "-p", "runtime", ...emit], {
    quiet: true,
  });
  if (code !== 0) console.error(output);
  return code === 0 ? 0 : 1;
}
