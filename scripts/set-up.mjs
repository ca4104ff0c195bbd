/**
 * Makes a fresh clone ready: the dependencies of package-lock.json are installed, and what follows runs on the Node.js
 * that the npm package `node` brings. Runs on any Node.js from 20 and imports nothing that must be installed first.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname } from "node:path";
import { npm, run } from "./command.mjs";
import { isInstalled } from "./installed.mjs";
import { inProject, projectNode, root } from "./layout.mjs";

const OLDEST_NODE = 20;

/** npm may refuse to run the install scripts of packages; the package `node` is nothing without its own. */
async function repairNode() {
  if (existsSync(projectNode)) return;
  console.error("npm did not run the install script of the package node; running it now.");
  await run(process.execPath, ["installArchSpecificPackage.js"], { cwd: inProject("node_modules", "node"), aside: true });
  if (!existsSync(projectNode)) throw new Error(`Node.js is missing at ${projectNode}; delete node_modules and try again`);
}

/** `npm ci` refuses the lock file where a registry lacks the packages for some other platform; `npm install` goes by it as well. */
async function installLeniently() {
  console.error("npm ci failed; trying npm install.");
  const { code } = await npm(["install", "--no-save", "--loglevel=error"], { aside: true });
  if (code !== 0) throw new Error(`npm install ended with ${code}`);
}

async function installDependencies() {
  if (!isInstalled(root)) {
    console.error("Installing dependencies (npm ci).");
    const { code } = await npm(["ci", "--loglevel=error"], { aside: true });
    if (code !== 0) await installLeniently();
  }
  await repairNode();
}

/** The environment in which our own Node.js and the installed commands come first. */
const projectEnvironment = () => ({
  ...process.env,
  PATH: [dirname(projectNode), inProject("node_modules", ".bin"), process.env["PATH"]].join(delimiter),
  PATCHBAY_SET_UP: projectNode,
});

/** Runs this command line again on our own Node.js and ends with its exit code. Interrupts are left to the child. */
function runAgain() {
  const child = spawn(projectNode, process.argv.slice(1), { stdio: "inherit", env: projectEnvironment() });
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("close", (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
}

/** Prepares the machine, then does the work on our own Node.js. @param {() => Promise<number>} work  gives the exit code */
export async function withSetUp(work) {
  if (process.env["PATCHBAY_SET_UP"] === projectNode && existsSync(projectNode)) {
    process.exitCode = await work();
    return;
  }
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    console.error(`Patchbay needs Node.js ${OLDEST_NODE} or later to set itself up; this is ${process.versions.node}.`);
    process.exit(2);
  }
  try {
    await installDependencies();
    runAgain();
  } catch (error) {
    console.error(`Set-up failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
