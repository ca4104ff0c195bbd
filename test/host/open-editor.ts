import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vsixPath } from "../../scripts/build/vsix.mjs";
import { cacheFolder, inProject } from "../../scripts/layout.mjs";
import { inPath } from "../../scripts/machine/browser.mjs";
import { startCodeServer } from "./code-server.js";
import { findDesktop, hasDisplay, startDesktop } from "./desktop.js";
import { QUIET_SETTINGS } from "./profile.js";

const EXAMPLES = inProject("examples");

/** A VS Code of its own, so that the user's settings and extensions stay as they are; kept from one start to the next. */
function ownProfile(): { userData: string; extensions: string; workspace: string } {
  const folder = join(cacheFolder, "editor");
  const profile = { userData: join(folder, "user-data"), extensions: join(folder, "extensions"), workspace: EXAMPLES };
  const user = join(profile.userData, "User");
  for (const made of [profile.extensions, user]) mkdirSync(made, { recursive: true });
  const settings = join(user, "settings.json");
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(QUIET_SETTINGS, null, 2));
  return profile;
}

/** The command of an installed VS Code, or of one that can be downloaded; else why there is none. */
async function desktopCommand(): Promise<{ readonly executable: string } | { readonly missing: string }> {
  const installed = inPath("code");
  return installed !== undefined && hasDisplay() ? { executable: installed } : findDesktop();
}

/** Opens the examples in desktop VS Code, or serves them to the user's browser, and stays until that ends. */
export async function openEditor(): Promise<number> {
  const profile = ownProfile();
  const desktop = await desktopCommand();
  return "executable" in desktop ? onDesktop(desktop.executable, profile) : inBrowser(desktop.missing, profile);
}

async function onDesktop(executable: string, profile: ReturnType<typeof ownProfile>): Promise<number> {
  console.log("Opening VS Code on examples/. Close its window or press Ctrl+C to end.");
  const window = await startDesktop(executable, profile, { vsix: [vsixPath], folder: EXAMPLES, wait: true });
  await Promise.race([window.end, interrupted()]);
  await window.stop();
  return 0;
}

async function inBrowser(missing: string, profile: ReturnType<typeof ownProfile>): Promise<number> {
  console.log(`Serving VS Code to the browser, as ${missing}.`);
  const server = await startCodeServer(profile, { vsix: [vsixPath] });
  console.log(`\nOpen ${server.address()}\nPress Ctrl+C to end.`);
  await Promise.race([server.end, interrupted()]);
  await server.stop();
  return 0;
}

const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
