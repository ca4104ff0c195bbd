import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { lattice, runOf } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

interface Fiber {
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
  readonly flags: number;
  readonly type: unknown;
  readonly memoizedProps: { readonly id?: unknown; readonly nodeTypes?: unknown; readonly edgeTypes?: unknown } | null;
}

declare global {
  interface Window {
    /** Ids of nodes and edges rendered since it was emptied, each render once. */
    rendered: string[];
  }
}

/** Notes which of React Flow's nodes and edges React renders, through the hook that developer tools use. */
function noteRenders(): void {
  const PERFORMED_WORK = 1;
  const walk = (fiber: Fiber | null): void => {
    for (let next = fiber; next !== null; next = next.sibling) {
      const { memoizedProps: props, alternate, flags } = next;
      const isElement = typeof next.type === "function" && typeof props?.id === "string" && ("nodeTypes" in props || "edgeTypes" in props);
      if (isElement && (flags & PERFORMED_WORK) !== 0) window.rendered.push(props.id);
      // Children shared with the tree before were not visited.
      if (alternate === null || alternate.child !== next.child) walk(next.child);
    }
  };
  window.rendered = [];
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onCommitFiberRoot: (_id: number, root: { readonly current: Fiber }) => walk(root.current),
    },
  });
}

async function renderedBy(page: Page, act: () => Promise<void>): Promise<readonly string[]> {
  await page.evaluate(() => {
    window.rendered = [];
  });
  await act();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return page.evaluate(() => [...new Set(window.rendered)].sort());
}

test(
  "of 200 nodes, moving one renders it and its edges; a state of one renders that one",
  async () => {
    const graph = lattice(20, 10);
    const page = await browser.open({ graph, before: noteRenders });
    await expect.poll(() => page.evaluate(() => new Set(window.rendered).size)).toBe(2 + graph.nodes.length + graph.edges.length);

    const box = await page.locator('.react-flow__node[data-id="n5_4"]').boundingBox();
    if (box === null) throw new Error("not on the page");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 12); // selects, and starts the drag
    const dragged = await renderedBy(page, () => page.mouse.move(box.x + 60, box.y + 40, { steps: 5 }));
    expect(dragged).toEqual(["e4_4", "e5_4", "n5_4"]);
    const dropped = await renderedBy(page, () => page.mouse.up());
    expect(dropped).toEqual(["e4_4", "e5_4", "n5_4"]); // they are no longer held

    const moved = { ...(await page.evaluate(() => window.host.graph)) };
    moved.nodes = moved.nodes.map((node) => (node.id === "n9_9" ? { ...node, position: [5000, 900] } : node));
    const byText = await renderedBy(page, () => page.evaluate((next) => window.host.setGraph(next), moved));
    expect(byText).toEqual(["e8_9", "e9_9", "n9_9"]);

    const run = runOf({ nodes: { n3_3: { status: "running", count: 0 } } });
    const byRun = await renderedBy(page, () => page.evaluate((next) => window.host.setRun(next), run));
    expect(byRun).toEqual(["n3_3"]);
    await page.close();
  },
  patience,
);

const view = (zoom: number): unknown => ({
  viewport: { x: 0, y: 0, zoom },
  selection: { nodes: [], edges: [] },
  inspector: { open: false, width: 280 },
});
const stateOf = (id: string, sequence: number): ReturnType<typeof runOf> =>
  runOf({ sequence, nodes: { [id]: { status: "running", count: 0 } } });

test(
  "of 5,000 nodes that are drawn none is rendered but what the hand is at, whatever the run does",
  async () => {
    const page = await browser.open({ graph: lattice(100, 50), memory: view(0.1), before: noteRenders });
    expect(await page.evaluate(() => window.rendered)).toEqual([]);
    expect(await renderedBy(page, () => page.mouse.move(14 * 28 + 11, 20 * 8 + 3))).toEqual(["n14_20"]);
    expect(await renderedBy(page, () => page.mouse.wheel(0, 40))).toEqual([]);
    expect(await renderedBy(page, () => page.evaluate((next) => window.host.setRun(next), stateOf("n60_7", 2)))).toEqual([]);
    expect(await renderedBy(page, () => page.evaluate((next) => window.host.setRun(next), stateOf("n14_20", 3)))).toEqual(["n14_20"]);
    await page.close();
  },
  patience,
);

test(
  "of 5,000 nodes near what is in view is rendered, once: a move of the view renders what comes into it, a drag what is dragged",
  async () => {
    const page = await browser.open({ graph: lattice(100, 50), memory: view(1), before: noteRenders });
    const first = await page.evaluate(() => new Set(window.rendered).size);
    expect(first).toBeGreaterThan(60);
    expect(first).toBeLessThan(300);
    await page.mouse.move(700, 400);
    expect(await renderedBy(page, () => page.mouse.wheel(100, 100))).toEqual([]); // there is some around the view
    const beyond = await renderedBy(page, async () => {
      await page.mouse.wheel(400, 0);
      await page.waitForFunction(() => window.rendered.length > 0); // at once, or when the view rests
    });
    expect(beyond.length).toBeGreaterThan(0);
    expect(beyond.length).toBeLessThan(100);
    expect(await renderedBy(page, () => page.evaluate((next) => window.host.setRun(next), stateOf("n60_7", 2)))).toEqual([]);

    const box = await page.locator('.react-flow__node[data-id="n3_5"]').boundingBox();
    if (box === null) throw new Error("not on the page");
    await page.mouse.move(box.x + 110, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 40);
    expect(await renderedBy(page, () => page.mouse.move(box.x + 160, box.y + 70, { steps: 4 }))).toEqual(["e2_5", "e3_5", "n3_5"]);
    await page.mouse.up();
    await page.close();
  },
  patience,
);
