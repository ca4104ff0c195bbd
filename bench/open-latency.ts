import { buildAll } from "../scripts/build/bundle.mjs";
import { packVsix, vsixPath } from "../scripts/build/vsix.mjs";
import { root } from "../scripts/layout.mjs";
import { openWorkbench, type WorkbenchSession } from "../test/e2e/session.js";
import type { Benchmark } from "./benchmark.js";
import { layeredDocument, layeredGraph } from "./graphs.js";
import { sampleOf } from "./measure.js";
import { noteTimes, takeDrawn, takePressed } from "./open-latency/in-frames.js";
import { row, type Row } from "./table.js";

const SIZES = [2_000, 10_000];
/** How often each is opened; the first time counts on its own. */
const OPENED = 6;
const DONE_WITHIN_MS = 60_000;

/** From the key that opens a graph to its canvas drawn and free, in a real VS Code. */
export const openLatency: Benchmark = {
  name: "open-latency",
  apart: true,
  run: async () => {
    if ((await buildAll([])) !== 0 || (await packVsix(root, vsixPath)) !== 0) throw new Error("The extension could not be packed.");
    const files = Object.fromEntries(SIZES.map((size) => [fileOf(size), layeredDocument(layeredGraph(size))]));
    const handlers = { "large/nodes/pass.ts": "export default () => ({});\n" };
    const session = await openWorkbench({ files: { ...files, ...handlers }, initScript: noteTimes });
    try {
      const rows: Row[] = [];
      for (const size of SIZES) rows.push(...(await openings(session, size)));
      return rows;
    } finally {
      await session.close();
    }
  },
};

function fileOf(size: number): string {
  return `large/of-${size}.patchbay.json`;
}

async function openings(session: WorkbenchSession, size: number): Promise<readonly Row[]> {
  const times: number[] = [];
  for (let turn = 0; turn < OPENED; turn += 1) {
    times.push(await openOnce(session, size));
    await session.workbench.run("View: Close Editor");
  }
  const note =
    "In a real VS Code (code-server, headless Chromium): from the key that opens the file until its graph is drawn and the canvas is free.";
  const [first = Number.NaN, ...later] = times;
  const name = `opening ${size.toLocaleString("en-US")} nodes`;
  const common = { unit: "ms", better: "less", note } as const;
  return [
    row({ name: `${name}, the first time`, ours: first, ...common }),
    row({ name: `${name}, again`, ours: sampleOf(later), ...common }),
  ];
}

async function openOnce({ workbench }: WorkbenchSession, size: number): Promise<number> {
  await workbench.openFile(fileOf(size));
  await workbench.canvas.waitUntilLoaded();
  const body = workbench.canvas.frame.locator("body");
  const pressed = await body.page().evaluate(takePressed);
  for (const end = Date.now() + DONE_WITHIN_MS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const drawn = await body.evaluate(takeDrawn);
    if (drawn !== undefined) return drawn - pressed;
  }
  throw new Error(`The graph of ${size} nodes was not drawn in time.`);
}
