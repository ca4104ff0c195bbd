/** The browser in which the tests open the workbench: Chromium, or one of its kin. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../command.mjs";
import { inProject } from "../layout.mjs";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

/** Where the browsers' own installers put them, outside the PATH. */
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ...["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].flatMap((variable) => {
    const folder = process.env[variable];
    return folder === undefined
      ? []
      : [join(folder, "Google/Chrome/Application/chrome.exe"), join(folder, "Microsoft/Edge/Application/msedge.exe")];
  }),
];

/** The first program of this name in the PATH. @param {string} command */
export function inPath(command) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.flatMap((folder) => endings.map((ending) => join(folder, command + ending))).find((path) => existsSync(path));
}

/** Path of an installed browser: CHROME_PATH, one in the PATH or in its usual place, or Playwright's own. @returns {Promise<string | undefined>} */
async function findBrowser() {
  const named = process.env["CHROME_PATH"];
  if (named !== undefined && existsSync(named)) return named;
  for (const command of COMMANDS) {
    const path = inPath(command);
    if (path !== undefined) return path;
  }
  const { chromium } = await import("playwright-core");
  return [...PLACES, chromium.executablePath()].find((path) => existsSync(path));
}

/** As root on Debian and its kin: the distribution's package. */
async function installWithApt() {
  if (process.getuid?.() !== 0 || inPath("apt-get") === undefined) return;
  console.log("Installing chromium (apt-get).");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env, quiet: true });
  const { code, output } = await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env, quiet: true });
  if (code !== 0) console.error(output);
}

/** Elsewhere: the build that Playwright downloads. */
async function installWithPlaywright() {
  console.log("Installing chromium (playwright-core install).");
  const { code, output } = await run(process.execPath, [inProject("node_modules", "playwright-core", "cli.js"), "install", "chromium"], {
    quiet: true,
    timeoutMs: 5 * 60_000,
  });
  if (code !== 0) console.error(output);
}

/** Finds a browser, or installs one. @returns {Promise<string>} its path */
export async function ensureBrowser() {
  for (const install of [async () => {}, installWithApt, installWithPlaywright]) {
    await install();
    const path = await findBrowser();
    if (path !== undefined) return path;
  }
  throw new Error("No browser: install Chromium, Chrome or Edge, or name one in the environment variable CHROME_PATH.");
}
