// What the tests of the canvas share while they run: the bundle, and for each worker a browser of its own, since what is
// copied is the whole browser's. Made when a test file first asks, so that a run without such tests pays nothing.
import type { BrowserServer } from "playwright-core";
import type { TestProject } from "vitest/node";
import { launchBrowserServer } from "../host/browser.js";
import { bundleCanvas, type CanvasFiles } from "./canvas-files.js";
import { CanvasServer } from "./canvas-server.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the files of a canvas are served, and browsers are asked for. */
    readonly canvasOrigin: string;
  }
}

/** Vitest's global set-up: starts the server and gives what ends it all. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let files: Promise<CanvasFiles> | undefined;
  const browsers = new Map<string, Promise<BrowserServer>>();
  const browserOf = (worker: string): Promise<BrowserServer> => {
    const browser = browsers.get(worker) ?? launchBrowserServer();
    browsers.set(worker, browser);
    return browser;
  };
  const server = await CanvasServer.start(
    () => (files ??= bundleCanvas()),
    async (path) => {
      const worker = /^browser\/(\d+)$/.exec(path)?.[1];
      return worker === undefined ? undefined : (await browserOf(worker)).wsEndpoint();
    },
  );
  project.onTestsRerun(() => {
    files = undefined;
    return Promise.resolve();
  });
  project.provide("canvasOrigin", server.origin);
  return async () => {
    for (const browser of browsers.values()) await (await browser).close();
    await server.close();
  };
}
