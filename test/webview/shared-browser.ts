import { chromium } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";
import { CanvasBrowser } from "./open-canvas.js";

/** The browser of this worker, for all tests of a file. */
export function sharedBrowser(): Pick<CanvasBrowser, "open"> {
  let browser: CanvasBrowser | undefined;
  beforeAll(async () => {
    browser = await connect(inject("canvasOrigin"));
  });
  afterAll(() => browser?.close());
  return {
    open: (opening) => {
      if (browser === undefined) throw new Error("canvases are opened in tests");
      return browser.open(opening);
    },
  };
}

async function connect(origin: string): Promise<CanvasBrowser> {
  const answer = await fetch(`${origin}/browser/${process.env["VITEST_POOL_ID"] ?? "1"}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`no browser: ${text}`);
  return CanvasBrowser.inOneProcess(await chromium.connect(text), origin);
}
