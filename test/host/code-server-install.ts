import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "../../scripts/command.mjs";
import { cacheFolder } from "../../scripts/layout.mjs";

const VERSION = "4.139.1";
const FOLDER = join(cacheFolder, `code-server-${VERSION}`);
const PACKAGE = join("node_modules", "code-server");

/** Whether both of its installs ran to their end: npm writes its hidden lock file last. */
function isComplete(folder: string): boolean {
  const manifest = join(folder, PACKAGE, "package.json");
  if (!existsSync(manifest) || !existsSync(join(folder, PACKAGE, "lib", "vscode", "node_modules", ".package-lock.json"))) return false;
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return version === VERSION;
}

/**
 * Path of code-server's program, installed into the cache first where it is missing. Nothing is compiled: its native modules
 * serve terminals only. Runs npm on our own Node.js, since its peers refuse an older one.
 */
export async function installedCodeServer(): Promise<string> {
  if (!isComplete(FOLDER)) {
    console.log(`Installing code-server ${VERSION} into ${FOLDER} (600 MB, once).`);
    await install();
  }
  return join(FOLDER, PACKAGE, "out", "node", "entry.js");
}

/** Installs beside the place and moves there when complete, so that an interrupted install is never taken for a good one. */
async function install(): Promise<void> {
  const partial = `${FOLDER}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, "package.json"), JSON.stringify({ private: true }));
  await npmInstall(["--ignore-scripts", `code-server@${VERSION}`], partial);
  await npmInstall(["--omit=dev", "--ignore-scripts"], join(partial, PACKAGE, "lib", "vscode"));
  rmSync(FOLDER, { recursive: true, force: true });
  renameSync(partial, FOLDER);
}

async function npmInstall(args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await npm(["install", "--no-audit", "--no-fund", "--loglevel=error", ...args], { cwd, quiet: true });
  if (code !== 0) throw new Error(`npm install in ${cwd} ended with ${code}:\n${output}`);
}
