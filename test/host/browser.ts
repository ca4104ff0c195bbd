import { type Browser, type BrowserServer, chromium } from "playwright-core";
import { ensureBrowser } from "../../scripts/machine/browser.mjs";

/** What keeps Chromium quiet and working in a container without a GPU. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless browser of the machine. */
export const launchBrowser = async (): Promise<Browser> => chromium.launch({ executablePath: await ensureBrowser(), args: FLAGS });

/** The same, for other processes to connect to. Pages of one context and site share one process, and so what that has compiled. */
export const launchBrowserServer = async (): Promise<BrowserServer> =>
  chromium.launchServer({ executablePath: await ensureBrowser(), args: [...FLAGS, "--process-per-site"] });
