import type { Browser } from "playwright-core";
import { vsixPath } from "../../scripts/build/vsix.mjs";
import { launchBrowser } from "../host/browser.js";
import { type CodeServer, startCodeServer } from "../host/code-server.js";
import { createProfile, type Profile } from "../host/profile.js";
import { Workbench } from "./workbench.js";

const WINDOW = { width: 1440, height: 900 };

/** A real VS Code with the packaged extension, on a fresh copy of examples/, open in a browser. */
export interface WorkbenchSession {
  readonly workbench: Workbench;
  readonly profile: Profile;
  readonly server: CodeServer;
  close(): Promise<void>;
}

/** Starts the server and the browser; what was started is stopped again when a later part fails. */
export async function openWorkbench(vsix: readonly string[] = [vsixPath]): Promise<WorkbenchSession> {
  const profile = createProfile({ "workbench.colorTheme": "Dark Modern" });
  let server: CodeServer | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server?.stop();
    profile.remove();
  };
  try {
    server = await startCodeServer(profile, { vsix });
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: WINDOW });
    return { workbench: await Workbench.open(page, server.address()), profile, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}
