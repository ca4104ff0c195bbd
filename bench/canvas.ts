import type { Page } from "playwright-core";
import reactFlow from "reactflow/package.json" with { type: "json" };
import { CanvasBrowser } from "../test/webview/open-canvas.js";
import type { Benchmark } from "./benchmark.js";
import { COUNTED_MS, framesDuring, framesWhile, type Seen } from "./canvas/frames.js";
import { layeredView, runOver } from "./canvas/graph.js";
import { drag, MIDDLE, pan, zoom } from "./canvas/hands.js";
import { nearestNode, tellEvents, twoFrames } from "./canvas/in-page.js";
import { sampleOf, type Sample } from "./measure.js";
import { row, type Row } from "./table.js";

const TURNS = 3;
/** Turns that are thrown away: a browser compiles what it runs often, and takes seconds to know what that is. */
const WARM_UPS = 3;
/** Of so many nodes, one beneath the other, one is dragged. */
const APART = 3;
const VIEW = ".react-flow__viewport";
const EVENTS_A_SECOND = 1_000;
const PEER = "React Flow has plain nodes of the same graph, in the same headless Chromium without a graphics card, in turn.";
const peerName = `React Flow ${reactFlow.version}`;
const COUNTED = `${PEER} Counted are frames that show something new.`;

/** Where a graph is looked at from. */
type At = "all in view" | "at 100 %";

/** How many frames a second the canvas draws of graphs of thousands of nodes, beside raw React Flow; each part can be measured alone. */
export const canvas: readonly Benchmark[] = [
  part("canvas-2000", async (browser) => [
    ...(await looking(browser, 2_000, "all in view")),
    ...(await looking(browser, 2_000, "at 100 %")),
  ]),
  part("canvas-5000", async (browser) => [
    ...(await looking(browser, 5_000, "all in view")),
    ...(await looking(browser, 5_000, "at 100 %")),
  ]),
  part("canvas-10000", async (browser) => [
    ...(await looking(browser, 10_000, "all in view", false)),
    ...(await looking(browser, 10_000, "at 100 %", false)),
  ]),
  part("canvas-drag", async (browser) => [await dragging(browser, 5_000, "all in view"), await dragging(browser, 5_000, "at 100 %")]),
  part("canvas-run", async (browser) => [await running(browser, 2_000, "all in view"), await running(browser, 2_000, "at 100 %")]),
];

function part(name: string, measure: (browser: CanvasBrowser) => Promise<readonly Row[]>): Benchmark {
  return {
    name,
    apart: true,
    run: async () => {
      const browser = await CanvasBrowser.start({ more: { "raw-flow": "bench/canvas/raw-flow.ts" }, minify: true });
      try {
        return await measure(browser);
      } finally {
        await browser.close();
      }
    },
  };
}

async function looking(browser: CanvasBrowser, size: number, at: At, besidePeer = true): Promise<readonly Row[]> {
  const pages = [await ours(browser, size, at), ...(besidePeer ? [await peers(browser, size, at)] : [])];
  const rows = [];
  for (const [name, hand] of [
    ["zooming", zoom],
    ["panning", pan],
  ] as const) {
    const [our, peer] = await inTurn(
      pages,
      ({ shown }) => shown,
      (page) => framesWhile(page, VIEW, hand),
    );
    rows.push(rowOf(`${name} ${counted(size)}, ${at}`, our, peer, besidePeer ? COUNTED : undefined));
  }
  await Promise.all(pages.map((page) => page.close()));
  return rows;
}

async function dragging(browser: CanvasBrowser, size: number, at: At): Promise<Row> {
  const graph = layeredView(size);
  const pages = [await ours(browser, size, at), await peers(browser, size, at)];
  const dragged = new Map(pages.map((page) => [page, new Set<string>()]));
  const [our, peer] = await inTurn(
    pages,
    ({ all }) => all,
    async (page) => {
      const before = dragged.get(page) ?? new Set();
      // One that was dragged does not stand exactly where it stood, and may cover its neighbours.
      const untouched = graph.nodes.filter(({ id }, index) => index % APART === 0 && !before.has(id));
      const { node, x, y } = await page.evaluate(nearestNode, { nodes: untouched, ...MIDDLE });
      before.add(node);
      return dragNode(page, node, { x, y });
    },
  );
  await Promise.all(pages.map((page) => page.close()));
  return rowOf(`dragging one of ${counted(size)}, ${at}`, our, peer, PEER);
}

/** Drags a node around, and back to where it was. */
async function dragNode(page: Page, node: string, { x, y }: { readonly x: number; readonly y: number }): Promise<Seen> {
  const element = `.react-flow__node[data-id="${node}"]`;
  const place = () => page.locator(element).evaluate((each) => (each as HTMLElement).style.transform);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const before = await place();
  const seen = await framesWhile(page, element, drag);
  await page.evaluate(twoFrames); // the peer may not have drawn anything yet
  if ((await place()) === before) throw new Error(`Node ${node} was not moved.`);
  await page.mouse.move(x, y);
  await page.evaluate(twoFrames);
  await page.mouse.up();
  return seen;
}

async function running(browser: CanvasBrowser, size: number, at: At): Promise<Row> {
  const graph = layeredView(size);
  const page = await ours(browser, size, at);
  const events = {
    run: runOver(graph),
    nodes: graph.nodes.map(({ id }) => id),
    edges: graph.edges.map(({ id }) => id),
    aSecond: EVENTS_A_SECOND,
    ms: 2 * COUNTED_MS,
  };
  const [our] = await inTurn(
    [page],
    ({ all }) => all,
    (each) => framesDuring(each, VIEW, () => each.evaluate(tellEvents, events)),
  );
  await page.close();
  return rowOf(`${EVENTS_A_SECOND.toLocaleString("en-US")} events of a run a second, ${counted(size)}, ${at}`, our, undefined, undefined);
}

async function ours(browser: CanvasBrowser, size: number, at: At): Promise<Page> {
  const graph = layeredView(size);
  const view = at === "all in view" ? {} : { viewport: { x: -400, y: -300, zoom: 1 } };
  const page = await browser.open({ graph, run: runOver(graph), memory: { ...view, inspector: { open: false, width: 280 } } });
  await page.evaluate(twoFrames);
  return page;
}

async function peers(browser: CanvasBrowser, size: number, at: At): Promise<Page> {
  const page = await browser.openOther("raw-flow", { given: layeredView(size), zoom: at === "all in view" ? undefined : 1 });
  await page.locator(".react-flow__node").first().waitFor();
  await page.evaluate(twoFrames);
  return page;
}

/** Measures pages in turn. */
async function inTurn(
  pages: readonly Page[],
  figure: (seen: Seen) => number,
  look: (page: Page) => Promise<Seen>,
): Promise<readonly (Sample | undefined)[]> {
  const values = pages.map((): number[] => []);
  for (let turn = 0; turn < WARM_UPS + TURNS; turn += 1) {
    for (const [index, page] of pages.entries()) {
      await page.bringToFront();
      await page.mouse.move(MIDDLE.x, MIDDLE.y);
      const value = figure(await look(page));
      if (turn >= WARM_UPS) values[index]?.push(value);
    }
  }
  return values.map(sampleOf);
}

function rowOf(name: string, our: Sample | undefined, peer: Sample | undefined, note: string | undefined): Row {
  return row({ name, unit: "frames a second", better: "more", ours: our, peer, peerName, note });
}

function counted(size: number): string {
  return `${size.toLocaleString("en-US")} nodes`;
}
