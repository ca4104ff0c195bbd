// Opens canvases in Chromium, each on a page of its own, with the fake host of `harness.ts`.
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { PaletteView } from "../../webview/protocol/palette.js";
import type { PastView } from "../../webview/protocol/past.js";
import type { DiffView } from "../../webview/protocol/diff.js";
import type { CompileView, GraphView, RunView } from "../../webview/protocol/views.js";
import { launchBrowser } from "../host/browser.js";
import { bundleCanvas, type Programs } from "./canvas-files.js";
import { CanvasServer } from "./canvas-server.js";
import type { FakeHost } from "./harness.js";

const look = { viewport: { width: 1400, height: 800 }, reducedMotion: "reduce" } as const;

/** What a canvas starts with. */
export interface Opening {
  readonly graph: GraphView;
  readonly run?: RunView;
  readonly compile?: CompileView;
  readonly debug?: DebugView;
  readonly palette?: PaletteView;
  readonly pasts?: Readonly<Record<number, PastView>>;
  readonly answers?: FakeHost["answers"];
  readonly diff?: DiffView;
  readonly theme?: "dark" | "light" | "contrast";
  /** What an earlier life of the webview left behind. */
  readonly memory?: unknown;
  /** Whether things glide. */
  readonly motion?: boolean;
  /** Script to run before anything else. */
  readonly before?: () => void;
}

/** A browser with the bundle, from which canvases are opened. */
export class CanvasBrowser {
  readonly #origin: string;
  readonly #pages: { newPage(): Promise<Page> };
  readonly #stop: () => Promise<void>;

  private constructor(origin: string, pages: { newPage(): Promise<Page> }, stop: () => Promise<void>) {
    this.#origin = origin;
    this.#pages = pages;
    this.#stop = stop;
  }

  /** Bundles, and launches a browser, for one who shares neither. Each page has a process of its own. */
  static async start(programs: Programs = {}): Promise<CanvasBrowser> {
    const files = await bundleCanvas(programs);
    const server = await CanvasServer.start(() => Promise.resolve(files));
    const browser = await launchBrowser();
    return new CanvasBrowser(server.origin, { newPage: () => browser.newPage(look) }, async () => {
      await browser.close();
      await server.close();
    });
  }

  /** In a browser that keeps pages of a site together, with the files that are served at `origin`. */
  static async inOneProcess(browser: Browser, origin: string): Promise<CanvasBrowser> {
    const context: BrowserContext = await browser.newContext(look);
    const anchor = await context.newPage(); // while it is open the process stays, with what it has compiled
    await anchor.goto(`${origin}/themes.css`);
    return new CanvasBrowser(origin, context, () => browser.close());
  }

  /** A page with a canvas that has drawn its graph. */
  async open({
    graph,
    run,
    compile,
    debug,
    diff,
    palette,
    pasts,
    answers,
    theme = "dark",
    memory,
    motion = false,
    before,
  }: Opening): Promise<Page> {
    const page = await this.#pages.newPage();
    if (motion) await page.emulateMedia({ reducedMotion: "no-preference" });
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
        start: Object.fromEntries(
          Object.entries({ graph, memory, run, compile, debug, diff, palette, pasts, answers }).filter(([, given]) => given !== undefined),
        ),
      },
    );
    await page.goto(`${this.#origin}/harness.html`);
    await page.locator('[data-loaded="true"] :is(.react-flow__node, .picture)').first().waitFor();
    return page;
  }

  /** A page with one of the programs beside the webview's, which finds `given` on its window. */
  async openOther(name: string, given: Readonly<Record<string, unknown>>): Promise<Page> {
    const page = await this.#pages.newPage();
    await page.addInitScript((values) => Object.assign(window, values), given);
    await page.goto(`${this.#origin}/${name}.html`);
    return page;
  }

  close(): Promise<void> {
    return this.#stop();
  }
}
