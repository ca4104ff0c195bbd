import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CanvasBrowser } from "./open-canvas.js";
import { lattice, runOf } from "./samples.js";

const patience = 60_000;
let browser: CanvasBrowser;

beforeAll(async () => {
  browser = await CanvasBrowser.start();
}, patience);
afterAll(() => browser.close());

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
    expect(await page.evaluate(() => new Set(window.rendered).size)).toBe(2 + graph.nodes.length + graph.edges.length);

    const box = await page.locator('.react-flow__node[data-id="n5_4"]').boundingBox();
    if (box === null) throw new Error("not on the page");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 12); // selects, and starts the drag
    const dragged = await renderedBy(page, () => page.mouse.move(box.x + 60, box.y + 40, { steps: 5 }));
    expect(dragged).toEqual(["e4_4", "e5_4", "n5_4"]);
    const dropped = await renderedBy(page, () => page.mouse.up());
    expect(dropped).toEqual(["n5_4"]); // it is no longer being dragged

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
