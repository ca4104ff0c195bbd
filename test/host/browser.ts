import { type Browser, chromium } from "playwright-core";
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
