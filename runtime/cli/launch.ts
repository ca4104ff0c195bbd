/**
 * dist/cli.js: starts the command on a Node.js that can run it. Kept apart from the command because loading that on an
 * older Node.js fails before it could say anything.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

/** `node:sqlite` without a flag and synchronous module hooks. */
const OLDEST = [22, 15] as const;
const EXIT_USAGE = 2;

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Hands the command line to another Node.js and ends as that ends. */
function runOn(node: string): void {
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.on("close", (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
}

function launch(): void {
  const bundled = join(__dirname, "..", "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (isRecent(process.versions.node)) {
    const { main } = require(join(__dirname, "cli-main.js")) as typeof import("./main.js");
    void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
  } else if (existsSync(bundled) && process.execPath !== bundled) runOn(bundled);
  else {
    console.error(`patchbay needs Node.js ${OLDEST.join(".")} or later; this is ${process.versions.node}.`);
    process.exit(EXIT_USAGE);
  }
}

launch();
