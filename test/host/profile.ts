import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inProject } from "../../scripts/layout.mjs";

/** The folders of one VS Code that knows nothing of the user's own, and a workspace in it. */
export interface Profile {
  readonly folder: string;
  readonly userData: string;
  readonly extensions: string;
  /** A fresh copy of examples/. */
  readonly workspace: string;
  remove(): void;
}

/** Nothing that asks, greets, updates or suggests. */
export const QUIET_SETTINGS: Readonly<Record<string, unknown>> = {
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** What runs of the examples leave behind. */
const GENERATED = /[\\/](?:out|\.patchbay)$/;

/** Makes the folders and writes the settings. */
export function createProfile(settings: Readonly<Record<string, unknown>> = {}): Profile {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "patchbay-")));
  const [userData, extensions, workspace] = [join(folder, "user-data"), join(folder, "extensions"), join(folder, "examples")];
  cpSync(inProject("schemas"), join(folder, "schemas"), { recursive: true }); // the examples name it by a relative path
  cpSync(inProject("examples"), workspace, { recursive: true, filter: (path) => !GENERATED.test(path) });
  for (const made of [extensions, join(userData, "User")]) mkdirSync(made, { recursive: true });
  writeFileSync(join(userData, "User", "settings.json"), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  return {
    folder,
    userData,
    extensions,
    workspace,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
