// A graph of thousands: it is drawn where little could be read, and a hand finds all of it there.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Intent } from "../../runtime/document/intent.js";
import { lattice } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

declare global {
  interface Window {
    /** How many shapes were begun in the picture. */
    painted: number;
    /** Pixels of the picture, by a name. */
    kept: Readonly<Record<string, Uint8ClampedArray>>;
  }
}

const patience = 60_000;
const graph = lattice(40, 50);
const browser = sharedBrowser();

const far = { viewport: { x: 20, y: 80, zoom: 0.2 }, selection: { nodes: [], edges: [] }, inspector: { open: false, width: 280 } };
const near = { ...far, viewport: { x: -2000, y: -1000, zoom: 1 } };

/** Where a place of the graph is in the window, at the view of `far`. */
const at = (x: number, y: number): readonly [number, number] => [20 + x * 0.2, 80 + y * 0.2];
/** The middle of a node of the lattice there. */
const middle = (column: number, row: number): readonly [number, number] => at(column * 280 + 110, row * 80 + 30);

const sent = (page: Page): Promise<readonly Intent[]> => page.evaluate(() => window.host.edits.flatMap(({ intents }) => intents));
const selected = (page: Page): Promise<unknown> =>
  page.evaluate(() => window.host.commands.findLast(({ name }) => name === "selection/changed")?.params);
const elements = (page: Page): Promise<number> => page.locator(".react-flow__node").count();

async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 4, from[1] + 4);
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
}

function check(name: string, memory: unknown, act: (page: Page) => Promise<void>): void {
  test(
    name,
    async () => {
      const page = await browser.open({ graph, memory });
      await act(page);
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      expect(await page.evaluate(() => window.host.commands.filter((command) => command.name === "webview/failed"))).toEqual([]);
      await page.close();
    },
    patience,
  );
}

/** Counts the shapes that are begun in the picture. */
function countPaints(): void {
  window.painted = 0;
  const beginPath: unknown = Reflect.get(CanvasRenderingContext2D.prototype, "beginPath");
  CanvasRenderingContext2D.prototype.beginPath = function (this: CanvasRenderingContext2D) {
    if (this.canvas.className === "picture") window.painted += 1;
    if (typeof beginPath === "function") beginPath.call(this);
  };
}

/** Keeps the pixels of the picture, and gives how far any of their colours is, of 255, from what was kept as `others`. */
function furthestFrom({ name, others }: { readonly name: string; readonly others: string }): number {
  const picture = document.querySelector<HTMLCanvasElement>(".picture");
  const pixels = picture?.getContext("2d")?.getImageData(0, 0, picture.width, picture.height).data ?? new Uint8ClampedArray();
  window.kept = { ...window.kept, [name]: pixels };
  const before = window.kept[others] ?? pixels;
  const inkAt = (data: Uint8ClampedArray, index: number): number => ((data[index] ?? 0) * (data[index - (index % 4) + 3] ?? 0)) / 255;
  return pixels.reduce((most, _, index) => Math.max(most, Math.abs(inkAt(pixels, index) - inkAt(before, index))), 0);
}

check("far away nothing has elements but what is at the pointer", far, async (page) => {
  expect(await elements(page)).toBe(0);
  await expect.poll(() => page.locator(".picture").getAttribute("aria-label")).toMatch(/^2,002 nodes and 1,950 edges/);
  await page.mouse.move(...middle(3, 4));
  await expect
    .poll(() => page.locator(".react-flow__node").evaluateAll((all) => all.map((each) => each.getAttribute("data-id"))))
    .toEqual(["n3_4"]);
  await expect.poll(() => page.locator(".react-flow__node").getAttribute("title")).toBe("n3_4, code");
  await page.mouse.move(...middle(5, 6));
  await expect
    .poll(() => page.locator(".react-flow__node").evaluateAll((all) => all.map((each) => each.getAttribute("data-id"))))
    .toEqual(["n5_6"]);
});

check("a click selects what is drawn there, alone or with the others", far, async (page) => {
  await page.mouse.click(...middle(3, 4));
  await expect.poll(() => selected(page)).toEqual({ nodes: ["n3_4"], edges: [] });
  await page.keyboard.down("Control");
  await page.mouse.click(...middle(5, 6));
  await page.keyboard.up("Control");
  await expect.poll(() => selected(page)).toEqual({ nodes: ["n3_4", "n5_6"], edges: [] });
  await page.mouse.click(...at(3 * 280 + 250, 4 * 80 + 30));
  await expect.poll(() => selected(page)).toEqual({ nodes: [], edges: ["e3_4"] });
  await page.mouse.click(1300, 90);
  await expect.poll(() => selected(page)).toEqual({ nodes: [], edges: [] });
});

check("a node that is drawn is dragged", far, async (page) => {
  const [x, y] = middle(3, 4);
  await drag(page, [x, y], [x + 40, y + 20]);
  await expect.poll(() => sent(page)).toEqual([{ type: "node/move", positions: { n3_4: [1020, 400] } }]);
});

check("a drag draws what it changes, and leaves the picture as if all had been drawn", far, async (page) => {
  const painted = (): Promise<number> => page.evaluate(() => window.painted);
  const keep = (name: string, others = name): Promise<number> => page.evaluate(furthestFrom, { name, others });
  await page.evaluate(countPaints);
  await keep("untouched");
  const [x, y] = middle(3, 4);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 20, { steps: 8 });
  await expect.poll(painted).toBeGreaterThan(0);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const ofDrag = await painted();
  await keep("in parts");
  await page.evaluate(() => document.body.setAttribute("data-vscode-theme-id", "anew")); // all of it is drawn again
  await expect.poll(painted).toBeGreaterThan(ofDrag + 1000);
  expect(ofDrag).toBeLessThan(500);
  await expect.poll(() => keep("whole", "in parts")).toBeLessThan(4); // the edge of a line is a shade lighter where it was cut out
  await expect.poll(() => keep("whole", "untouched")).toBeGreaterThan(40);
  await page.mouse.up();
});

check("the marquee selects what is drawn, and all of that is dragged by one of them", far, async (page) => {
  await drag(page, at(260, -30), at(560, 75));
  await expect.poll(() => selected(page)).toEqual({ nodes: ["n1_0", "n2_0"], edges: ["e0_0", "e1_0", "e2_0"] });
  const [x, y] = middle(1, 0);
  await drag(page, [x, y], [x + 20, y]);
  await expect.poll(() => sent(page)).toEqual([{ type: "node/move", positions: { n1_0: [360, -20], n2_0: [640, -20] } }]);
});

check("all can be selected, dragged by one, and let go by a click on another", far, async (page) => {
  await page.keyboard.press("Control+a");
  const [x, y] = middle(3, 4);
  await drag(page, [x, y], [x + 20, y]);
  await expect
    .poll(async () => (await sent(page)).map((each) => each.type === "node/move" && Object.keys(each.positions).length))
    .toEqual([2002]);
  await page.mouse.click(...at(100 * 4 + 3 * 280, -40));
  await page.mouse.click(...middle(20, 20));
  await expect.poll(() => selected(page)).toMatchObject({ nodes: [expect.stringMatching(/^n/)] });
});

check("a double click and a context menu find what is drawn", far, async (page) => {
  await page.mouse.dblclick(...middle(3, 4));
  await expect
    .poll(() => page.evaluate(() => window.host.commands.filter(({ name }) => name === "handler/open").map(({ params }) => params)))
    .toEqual([{ node: "n3_4" }]);
  const menu = await page.locator('.react-flow__node[data-id="n3_4"]').getAttribute("data-vscode-context");
  expect(menu).toMatch(/"node":"n3_4"/);
});

check("arrow keys walk, and the node that they come to has the focus", far, async (page) => {
  await page.mouse.click(...middle(3, 4));
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => selected(page)).toEqual({ nodes: ["n4_4"], edges: [] });
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-id"))).toBe("n4_4");
});

check("near, what is in view has elements, and some around it", near, async (page) => {
  const first = await elements(page);
  expect(first).toBeGreaterThan(30);
  expect(first).toBeLessThan(250);
  await page.mouse.move(700, 400);
  await page.mouse.wheel(1500, 900);
  await expect.poll(() => page.locator('.react-flow__node[data-id="n15_26"]').count()).toBe(1);
  await expect.poll(() => elements(page)).toBeLessThan(250);
});

check("an edge is there where it passes, wherever its ends are", near, async (page) => {
  const long = { ...(await page.evaluate(() => window.host.graph)) };
  long.edges = [...long.edges, { id: "long", from: "n0_20", to: "n30_20", condition: "plain", text: "", fields: {} }];
  await page.evaluate((next) => window.host.setGraph(next), long);
  await page.locator('.react-flow__edge[data-id="long"]').waitFor();
  expect(await page.locator('.react-flow__node[data-id="n30_20"]').count()).toBe(0);
});

/** What is there of `selectors`, noted at each change of the page: polling would miss what is there for a moment. */
async function noteChanges(page: Page, selectors: Readonly<Record<string, string>>): Promise<() => Promise<readonly string[]>> {
  await page.evaluate((wanted) => {
    const noted: string[] = [];
    const note = (): void => {
      const there = Object.keys(wanted).filter((name) => document.querySelector(wanted[name] ?? "") !== null);
      if (noted.at(-1) !== there.join()) noted.push(there.join());
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true });
    Object.assign(window, { noted });
  }, selectors);
  return () => page.evaluate(() => (window as unknown as { readonly noted: readonly string[] }).noted);
}

check("while the view moves, what comes into it is drawn, and has elements once it rests", near, async (page) => {
  const node = (id: string): string => `.react-flow__node[data-id="${id}"]`;
  const noted = await noteChanges(page, { near: node("n13_20"), beyond: node("n17_20"), drawn: ".picture[aria-hidden=true]" });
  await page.mouse.move(700, 400);
  await page.evaluate(() => {
    const standing = performance.now() + 1000; // however long it takes to make elements
    performance.now = () => standing;
  });
  await page.mouse.wheel(800, 0); // makes elements at once, and no more for a while
  await page.mouse.wheel(2400, 0);
  await page.screenshot({ path: "test-results/webview/large-on-the-way.png" });
  await page.locator(node("n17_20")).waitFor();
  await page.locator(".picture[aria-hidden=true]").waitFor({ state: "detached" });
  const there = (await noted()).filter((names) => names !== "");
  expect(there.slice(0, 2)).toEqual(["near", "near,drawn"]);
  expect(there.at(-1)).toMatch(/beyond$/);
  await page.screenshot({ path: "test-results/webview/large-at-rest.png" });
});
