import { spawn } from "node:child_process";
import { root } from "./layout.mjs";

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]  default: the project
 * @property {NodeJS.ProcessEnv} [env]  added to the environment
 * @property {boolean} [quiet]  keep the output back and hand it over in the result
 * @property {boolean} [aside]  its output goes to stderr: stdout is for what our own caller asked for
 * @property {number} [timeoutMs]  the command is killed after so long
 *
 * @typedef {{ code: number, output: string }} CommandResult
 */

/** Runs a program to its end; a program that cannot be started counts as ended with 127. @param {string} program @param {readonly string[]} args @param {CommandOptions} [options] @returns {Promise<CommandResult>} */
export function run(program, args, { cwd = root, env = {}, quiet = false, aside = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", quiet ? "pipe" : aside ? 2 : "inherit", quiet ? "pipe" : "inherit"],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: /** @type {const} */ ("SIGKILL") }),
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    child.stderr?.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 127, output: output + error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs npm, the one that runs us where there is one. @param {readonly string[]} args @param {CommandOptions} [options] */
export function npm(args, options) {
  const self = process.env["npm_execpath"];
  return self === undefined
    ? run(process.platform === "win32" ? "npm.cmd" : "npm", args, options)
    : run(process.execPath, [self, ...args], options);
}
