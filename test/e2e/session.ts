import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { vsixPath } from "../../scripts/build/vsix.mjs";
import { launchBrowser } from "../host/browser.js";
import { type CodeServer, startCodeServer } from "../host/code-server.js";
import { placeExtensions } from "../host/installed-extensions.js";
import { createProfile, type Profile } from "../host/profile.js";
import { Workbench } from "./workbench.js";

const WINDOW = { width: 1440, height: 900 };

const SETTINGS: Readonly<Record<string, unknown>> = {
  "workbench.colorTheme": "Dark Modern",
  // When its palette closes, VS Code hands the keyboard back to the webview by a message; one that arrives late would close the quick
  // pick that the command has opened since.
  "workbench.quickOpen.closeOnFocusLost": false,
};

/** A real VS Code with the packaged extension, on a fresh copy of examples/, open in a browser. */
export interface WorkbenchSession {
  readonly workbench: Workbench;
  readonly profile: Profile;
  readonly server: CodeServer;
  close(): Promise<void>;
}

/** What a session has besides the examples. */
export interface SessionOptions {
  /** Files to write into the workspace: path to text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A `.code-workspace` among the files, which is opened in place of the folder. */
  readonly workspaceFile?: string;
  /** Leave workspace trust on, as for users. */
  readonly trust?: boolean;
  readonly window?: { readonly width: number; readonly height: number };
  /** Extensions to install beside ours, as VSIX files. */
  readonly vsix?: readonly string[];
  /** A script that runs in every frame before its own. */
  readonly initScript?: string;
}

/** Starts the server and the browser; what was started is stopped again when a later part fails. */
export async function openWorkbench(options: SessionOptions = {}): Promise<WorkbenchSession> {
  const { files = {}, settings = {}, trust = false, window = WINDOW, vsix = [], initScript, workspaceFile } = options;
  const profile = createProfile({ ...SETTINGS, ...settings });
  let server: CodeServer | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server?.kill(); // nothing of it is wanted any more
    profile.remove();
  };
  try {
    for (const [path, text] of Object.entries(files)) writeInto(profile.workspace, path, text);
    await placeExtensions(profile.extensions, [vsixPath, ...vsix]);
    server = await startCodeServer(profile, { vsix: [], trust });
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: window, reducedMotion: "reduce" });
    if (initScript !== undefined) await page.addInitScript(initScript);
    return { workbench: await Workbench.open(page, addressOf(server, profile, workspaceFile)), profile, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressOf(server: CodeServer, { workspace }: Profile, workspaceFile: string | undefined): string {
  return workspaceFile === undefined ? server.address() : server.address(join(workspace, workspaceFile), "workspace");
}

function writeInto(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
