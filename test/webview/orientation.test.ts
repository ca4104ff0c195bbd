// A graph that runs downwards, and edges between the same two nodes.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { edge, graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 30_000;
const browser = sharedBrowser();

const nodes = [node("a", {}, [0, 140]), node("b", {}, [-140, 320]), node("c", {}, [140, 320]), node("d", {}, [0, 500])];
const edges = [
  edge("e1", "@start", "a"),
  edge("e2", "a", "b", { when: "total > 100" }),
  edge("e3", "a", "c", { else: true }),
  edge("e4", "b", "d"),
  edge("e5", "c", "d"),
  edge("e6", "d", "a", { when: "again" }),
  edge("e7", "c", "c", { when: "more" }),
  edge("e8", "d", "@end"),
];
const down = graphOf(nodes, edges, { orientation: "top-to-bottom", terminals: { start: [70, 0], end: [70, 660] } });

async function look(page: Page, name: string): Promise<void> {
  const folder = process.env["LOOK"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}-${name}.png` });
}

const centre = async (page: Page, id: string, side: "source" | "target"): Promise<readonly [number, number]> => {
  const box = await page.locator(`.react-flow__node[data-id="${id}"] .react-flow__handle.${side}`).boundingBox();
  return box === null ? [0, 0] : [box.x + box.width / 2, box.y + box.height / 2];
};

test(
  "ports are at the top and the bottom, edges run down, and what is dropped behind a port is put below it",
  async () => {
    const page = await browser.open({ graph: down, memory: { viewport: { x: 600, y: 60, zoom: 1 } } });
    await look(page, "down");
    const card = await page.locator('.react-flow__node[data-id="a"]').boundingBox();
    if (card === null) throw new Error("not on the page");
    await expect.poll(() => centre(page, "a", "target")).toEqual([card.x + card.width / 2, card.y]);
    await expect.poll(() => centre(page, "a", "source")).toEqual([card.x + card.width / 2, card.y + card.height]);
    const way = (id: string): Promise<string | null> => page.locator(`.react-flow__edge[data-id="${id}"] .wire`).getAttribute("d");
    await expect.poll(() => way("e1")).toMatch(/^M 110,\d+ C 110,[\d.]+ 110,[\d.]+ 110,135$/);
    await expect.poll(() => way("e6")).toContain(" 400,"); // at the right of everything between
    const [x, y] = await centre(page, "d", "source");
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 200, y + 60, { steps: 5 });
    await page.mouse.up();
    await page.locator('.palette [data-kind="expression"]').first().click();
    const added = (): Promise<unknown> => page.evaluate(() => window.host.graph.nodes.find(({ id }) => id === "expression")?.position);
    await expect.poll(added).toEqual([200, 620]);
    await page.close();
  },
  patience,
);

test(
  "a setting turns a canvas that is open, and changes no place",
  async () => {
    const page = await browser.open({ graph: { ...down, orientation: "left-to-right" }, memory: { viewport: { x: 600, y: 60, zoom: 1 } } });
    const before = await centre(page, "a", "source");
    await page.evaluate((graph) => window.host.setGraph(graph), down);
    await expect.poll(() => centre(page, "a", "source")).not.toEqual(before);
    expect(await page.evaluate(() => window.host.edits)).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "pills of edges between the same two nodes do not cover one another",
  async () => {
    const graph = graphOf(
      [node("a", {}, [0, 0]), node("b", {}, [460, 60])],
      [
        edge("p1", "a", "b", { when: "total > 100" }),
        edge("p2", "a", "b", { on: "retry" }),
        edge("p3", "a", "b", { else: true }),
        edge("q1", "b", "a", { on: "back" }),
        edge("q2", "b", "a", { on: "@error" }),
        edge("l1", "b", "b", { when: "more" }),
        edge("l2", "b", "b", { on: "again" }),
      ],
      { terminals: { start: [-200, 0], end: [900, 60] } },
    );
    for (const theme of ["dark", "light", "contrast"] as const) {
      const page = await browser.open({ graph, theme, memory: { viewport: { x: 350, y: 300, zoom: 1 } } });
      await look(page, `parallel-${theme}`);
      const boxes = await page
        .locator(".pill")
        .evaluateAll((pills) => pills.map((pill) => pill.getBoundingClientRect().toJSON() as DOMRect));
      expect(boxes).toHaveLength(7);
      for (const [index, a] of boxes.entries())
        for (const b of boxes.slice(index + 1))
          expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
      await page.close();
    }
  },
  patience,
);
