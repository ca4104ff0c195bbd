import { existsSync, readFileSync } from "node:fs";
import { vsixPath } from "../../scripts/build/vsix.mjs";
import { inProject } from "../../scripts/layout.mjs";
import { launchBrowser } from "./browser.js";
import { startCodeServer } from "./code-server.js";
import { findDesktop, startDesktop } from "./desktop.js";
import { packExtension } from "./pack-extension.js";
import { createProfile, type Profile } from "./profile.js";
import { type HostResult, RESULTS_SETTING } from "./suite-extension/result.js";

const DONE_WITHIN_MS = 180_000;

/** What a real VS Code made of the suite, and which VS Code that was. */
export interface HostRun {
  readonly host: string;
  readonly results: readonly HostResult[];
}

/** Runs the suite inside the extension host: of desktop VS Code where it can be had, else of code-server. */
export async function runHostSuite(): Promise<HostRun> {
  const vsix = [vsixPath, await packExtension("test/host/suite-extension", "suite-extension")];
  const results = inProject("out", "test", `host-results-${process.pid}.json`);
  const profile = createProfile({ [RESULTS_SETTING]: results });
  try {
    const desktop = await findDesktop();
    return "executable" in desktop
      ? { host: "desktop VS Code", results: await onDesktop(desktop.executable, profile, vsix, results) }
      : { host: `code-server, as ${desktop.missing}`, results: await onCodeServer(profile, vsix, results) };
  } finally {
    profile.remove();
  }
}

async function onDesktop(executable: string, profile: Profile, vsix: readonly string[], results: string): Promise<readonly HostResult[]> {
  const window = await startDesktop(executable, profile, { vsix, folder: profile.workspace });
  try {
    return await resultsIn(results, () => window.output);
  } finally {
    await window.stop();
  }
}

/** Its extension host starts when a browser opens the workbench. */
async function onCodeServer(profile: Profile, vsix: readonly string[], results: string): Promise<readonly HostResult[]> {
  const server = await startCodeServer(profile, { vsix });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(server.address());
    return await resultsIn(results, () => server.output);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function resultsIn(path: string, output: () => string): Promise<readonly HostResult[]> {
  for (const end = Date.now() + DONE_WITHIN_MS; !existsSync(path); await new Promise((resolve) => setTimeout(resolve, 200)))
    if (Date.now() > end) throw new Error(`the suite did not end within ${DONE_WITHIN_MS / 1000} s:\n${output()}`);
  return JSON.parse(readFileSync(path, "utf8")) as readonly HostResult[];
}
