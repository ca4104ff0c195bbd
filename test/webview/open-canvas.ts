// Bundles the webview once, and opens it in Chromium with the fake host of `harness.ts`, under the content policy that the
// editor sets, and stricter: no inline styles either.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { chromium, type Browser, type Page } from "playwright-core";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { CompileView, GraphView, RunView } from "../../webview/protocol/views.js";
import type { FakeHost } from "./harness.js";

const root = new URL("../../", import.meta.url);
const ORIGIN = "http://canvas.test";
const POLICY = `default-src 'none'; script-src ${ORIGIN}; style-src ${ORIGIN}; font-src ${ORIGIN}`;
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const types: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", css: "text/css", ttf: "font/ttf" };

/** What a canvas starts with. */
export interface Opening {
  readonly graph: GraphView;
  readonly run?: RunView;
  readonly compile?: CompileView;
  readonly debug?: DebugView;
  readonly theme?: "dark" | "light" | "contrast";
  /** What an earlier life of the webview left behind. */
  readonly memory?: unknown;
  /** Script to run before anything else. */
  readonly before?: () => void;
}

/** A browser with the bundle, from which canvases are opened. */
export class CanvasBrowser {
  readonly #browser: Browser;
  readonly #files: ReadonlyMap<string, Buffer>;

  private constructor(browser: Browser, files: ReadonlyMap<string, Buffer>) {
    this.#browser = browser;
    this.#files = files;
  }

  static async start(): Promise<CanvasBrowser> {
    const files = await bundle();
    const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: flags });
    return new CanvasBrowser(browser, files);
  }

  /** A page with a canvas that has drawn its graph. */
  async open({ graph, run, compile, debug, theme = "dark", memory, before }: Opening): Promise<Page> {
    const page = await this.#browser.newPage({ viewport: { width: 1400, height: 800 }, reducedMotion: "reduce" });
    await page.route(`${ORIGIN}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      const body = this.#files.get(name);
      if (body === undefined) return route.fulfill({ status: 404 });
      return route.fulfill({
        body,
        contentType: types[name.split(".").at(-1) ?? ""] ?? "",
        headers: { "Content-Security-Policy": POLICY },
      });
    });
    if (before !== undefined) await page.addInitScript(before);
    await page.addInitScript(
      (given) => {
        // The harness makes `host` before the bundle asks it for anything.
        let made: FakeHost;
        Object.defineProperty(window, "host", {
          get: () => made,
          set: (host: FakeHost) => {
            made = host;
            Object.assign(host, given.start);
          },
        });
        document.addEventListener("DOMContentLoaded", () => document.documentElement.classList.add(given.theme));
      },
      {
        theme,
        start: Object.fromEntries(Object.entries({ graph, memory, run, compile, debug }).filter(([, given]) => given !== undefined)),
      },
    );
    await page.goto(`${ORIGIN}/harness.html`);
    await page.locator('[data-loaded="true"] .react-flow__node').first().waitFor();
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

async function bundle(): Promise<ReadonlyMap<string, Buffer>> {
  const { outputFiles } = await build({
    entryPoints: { main: new URL("webview/main.tsx", root).pathname, harness: new URL("test/webview/harness.ts", root).pathname },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    keepNames: true,
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".ttf": "file" },
    assetNames: "[name]",
    outdir: "/",
    logLevel: "warning",
  });
  const files = new Map(outputFiles.map((file) => [file.path.slice(1), Buffer.from(file.contents)]));
  for (const name of ["harness.html", "themes.css"]) files.set(name, await readFile(new URL(name, import.meta.url)));
  return files;
}
