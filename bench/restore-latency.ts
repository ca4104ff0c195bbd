import { join } from "node:path";
import type { Locator } from "playwright-core";
import { openSqliteStore } from "../runtime/index.js";
import { buildAll } from "../scripts/build/bundle.mjs";
import { packVsix, vsixPath } from "../scripts/build/vsix.mjs";
import { root } from "../scripts/layout.mjs";
import { openWorkbench, type WorkbenchSession } from "../test/e2e/session.js";
import type { Benchmark } from "./benchmark.js";
import { keepApi } from "./edit-latency/in-webview.js";
import { countingDocument } from "./graphs.js";
import { expectCount } from "./measure.js";
import { handlersInProcess, prepared, runToEnd } from "./ours.js";
import { takeClicks, takeDrawn, watchCanvas, watchClicks, type Drawn } from "./restore-latency/in-frames.js";
import { row, type Row } from "./table.js";

const FILE = "counting.patchbay.json";
const CHECKPOINTS = 10_000;
const CLICKS = 120;
const WARM_UP = 20;
/** Clicks on the row that shows more of the list; each has 200. */
const PAGES = 4;
/** Nothing lies over the rows. */
const SETTINGS = { "workbench.tree.enableStickyScroll": false };
const WINDOW = { width: 1600, height: 1200 };
const DONE_WITHIN_MS = 30_000;
/** The list that is shown is about so high, in pixels. */
const LIST_PIXELS = 20_000;
/** A prime, so that clicks are spread over all of it. */
const STRIDE = 7_919;
const SCROLLED_MS = 150;
/** A hand that clicks; what the click led to elsewhere (the list, the trace) is done by then. */
const REST_MS = 400;

/** From a click on a checkpoint of a long run to the canvas that shows it, in a real VS Code. */
export const restoreLatency: Benchmark = {
  name: "restore-latency",
  apart: true,
  run: async () => {
    if ((await buildAll([])) !== 0 || (await packVsix(root, vsixPath)) !== 0) throw new Error("The extension could not be packed.");
    const text = countingDocument(CHECKPOINTS - 1);
    const session = await openWorkbench({ files: { [FILE]: text }, initScript: keepApi, settings: SETTINGS, window: WINDOW });
    try {
      await makeRun(session, text);
      return rowsOf(await measureClicks(session));
    } finally {
      await session.close();
    }
  },
};

/** A run that has ended, beside the graph, as the command line would leave it. */
async function makeRun({ profile }: WorkbenchSession, text: string): Promise<void> {
  const store = openSqliteStore(join(profile.workspace, ".patchbay"));
  await runToEnd(prepared(text), {}, store, handlersInProcess(), "long", FILE);
  expectCount("checkpoints", store.tree("long").length, CHECKPOINTS);
  store.close();
}

/** Milliseconds from a click. */
interface Times {
  /** Until the canvas was told where the run stands. */
  readonly told: number;
  /** Until a frame showed it. */
  readonly drawn: number;
}

async function measureClicks(session: WorkbenchSession): Promise<readonly Times[]> {
  const { workbench } = session;
  await workbench.openFile(FILE);
  await workbench.canvas.waitUntilLoaded();
  await workbench.sideBar.show("Patchbay");
  for (const other of ["Trace", "Compile Queue"]) await workbench.sideBar.fold(other);
  await showMore(session);
  const canvas = workbench.canvas.frame.locator("body");
  const list = await workbench.sideBar.view("Checkpoints");
  await canvas.evaluate(watchCanvas);
  await list.evaluate(watchClicks);
  const times: Times[] = [];
  for (let click = 0; click < WARM_UP + CLICKS; click += 1) {
    await scrollTo(list, click);
    const rows = list.locator(".monaco-list-row", { hasText: /^Superstep/ });
    const chosen = rows.nth((click * 7) % Math.max(1, (await rows.count()) - 2));
    const superstep = Number(/\d+/.exec(await chosen.innerText())?.[0]);
    await canvas.evaluate(takeDrawn);
    await list.evaluate(takeClicks);
    await chosen.click();
    const drawn = await untilDrawn(canvas, superstep);
    const [clicked = Number.NaN] = await list.evaluate(takeClicks);
    if (click >= WARM_UP) times.push({ told: drawn.arrived - clicked, drawn: drawn.at - clicked });
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }
  return times;
}

async function showMore({ workbench }: WorkbenchSession): Promise<void> {
  const list = await workbench.sideBar.view("Checkpoints");
  for (let page = 0; page < PAGES; page += 1) {
    await list
      .locator(".monaco-list-row", { hasText: /^Superstep/ })
      .first()
      .waitFor();
    await list.locator(".monaco-list").first().press("End");
    await list.locator(".monaco-list-row", { hasText: "Show more" }).click();
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }
}

/** Another part of the list each time: rows far outside of the view are not drawn. */
async function scrollTo(list: Locator, click: number): Promise<void> {
  await list.hover();
  const { mouse } = list.page();
  await mouse.wheel(0, -LIST_PIXELS);
  await mouse.wheel(0, (click * STRIDE) % LIST_PIXELS);
  await new Promise((resolve) => setTimeout(resolve, SCROLLED_MS));
}

async function untilDrawn(canvas: Locator, superstep: number): Promise<Drawn> {
  for (const end = Date.now() + DONE_WITHIN_MS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const drawn = (await canvas.evaluate(takeDrawn)).find((each) => each.superstep === superstep);
    if (drawn !== undefined) return drawn;
  }
  throw new Error(`The canvas did not show superstep ${superstep} in time.`);
}

function rowsOf(times: readonly Times[]): readonly Row[] {
  expectCount("clicks", times.filter(({ drawn }) => Number.isFinite(drawn)).length, CLICKS);
  const note = `${CLICKS} clicks on rows of the Checkpoints view in a real VS Code (code-server, headless Chromium).`;
  const name = `click on one of ${CHECKPOINTS.toLocaleString("en-US")} checkpoints`;
  const both = (to: string, values: readonly number[]): readonly Row[] => {
    const sorted = values.toSorted((a, b) => a - b);
    return [50, 95].map((share) =>
      row({
        name: `${name} to ${to}, p${share}`,
        unit: "ms",
        better: "less",
        ours: sorted[Math.ceil((sorted.length * share) / 100) - 1],
        note,
      }),
    );
  };
  return [
    ...both(
      "the canvas that shows it",
      times.map(({ drawn }) => drawn),
    ),
    ...both(
      "the news in the canvas",
      times.map(({ told }) => told),
    ),
  ];
}
