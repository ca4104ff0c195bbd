// What happens while the pointer is down, and beside what it is on.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { edge, graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

const graph = graphOf(
  [node("a", {}, [0, 0]), node("b", {}, [460, 0]), node("c", {}, [100, 240])],
  [edge("e1", "@start", "a"), edge("e2", "a", "b", { when: "n > 1" })],
  { terminals: { start: [-200, 0], end: [780, 0] } },
);
const memory = { viewport: { x: 240, y: 200, zoom: 1 }, selection: { nodes: [], edges: [] } };
const card = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
const port = (page: Page, id: string, side: "source" | "target"): Locator => card(page, id).locator(`.react-flow__handle.${side}`);
const edits = (page: Page) => page.evaluate(() => window.host.edits.map(({ intents }) => intents));
const selected = (page: Page): Promise<string[]> =>
  page.locator(".react-flow__node.selected").evaluateAll((cards) => cards.map((element) => element.getAttribute("data-id") ?? "").sort());

async function grab(page: Page, id: string): Promise<readonly [number, number]> {
  const box = await card(page, id).boundingBox();
  if (box === null) throw new Error("not on the page");
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.mouse.move(...middle);
  await page.mouse.down();
  await page.mouse.move(middle[0] + 6, middle[1] + 6);
  return middle;
}

test(
  "guides show where a dragged node lines up, and draw it there; Alt suspends them",
  async () => {
    const page = await browser.open({ graph, memory });
    const [x, y] = await grab(page, "c");
    await page.mouse.move(x + 371, y - 51, { steps: 6 }); // c would be at 471, 189
    await expect.poll(() => page.locator('[data-guide="down"]').count()).toBe(1);
    await page.screenshot({ path: "test-results/webview/guides-dark.png" });
    await page.keyboard.down("Alt");
    await page.mouse.move(x + 372, y - 51);
    await expect.poll(() => page.locator("[data-guide]").count()).toBe(0);
    await page.keyboard.up("Alt");
    await page.mouse.move(x + 371, y - 51);
    await page.mouse.up();
    await expect.poll(() => edits(page)).toEqual([[{ type: "node/move", positions: { c: [460, 180] } }]]);
    await expect.poll(() => page.getByTestId("guides").count()).toBe(0);
    await page.close();
  },
  patience,
);

test(
  "a node that stands alone is put onto the edge that it is dropped on, as one edit",
  async () => {
    const page = await browser.open({ graph, memory });
    const [x, y] = await grab(page, "c");
    await page.mouse.move(x + 130, y - 232, { steps: 8 });
    await expect.poll(() => page.getByTestId("edge-insert").getAttribute("data-edge")).toBe("e2");
    await page.screenshot({ path: "test-results/webview/edge-insert-dark.png" });
    await page.mouse.up();
    await expect
      .poll(() => edits(page))
      .toEqual([
        [
          { type: "node/move", positions: { b: [600, 0], "@end": [920, 0], c: [300, 0] } },
          { type: "edge/update", id: "e2", patch: { to: "c" } },
          { type: "edge/add", id: "e3", fields: { from: "c", to: "b" } },
        ],
      ]);
    await expect.poll(() => page.getByTestId("edge-insert").count()).toBe(0);
    await page.close();
  },
  patience,
);

test(
  "a connected node is only moved over an edge, unless Ctrl is held",
  async () => {
    const connected = { ...graph, edges: [...graph.edges, edge("e9", "c", "@end")] };
    const page = await browser.open({ graph: connected, memory });
    const [x, y] = await grab(page, "c");
    await page.mouse.move(x + 130, y - 232, { steps: 8 });
    await expect.poll(() => page.getByTestId("edge-insert").count()).toBe(0);
    await page.keyboard.down("Control");
    await page.mouse.move(x + 131, y - 232);
    await expect.poll(() => page.getByTestId("edge-insert").count()).toBe(1);
    await page.mouse.up();
    await page.keyboard.up("Control");
    await expect.poll(async () => (await edits(page)).flat().map(({ type }) => type)).toEqual(["node/move", "edge/update", "edge/add"]);
    await page.close();
  },
  patience,
);

test(
  "Escape takes back a drag, an edge that is drawn, and a frame",
  async () => {
    const page = await browser.open({ graph, memory });
    await card(page, "a").click();
    const [x, y] = await grab(page, "c");
    await page.mouse.move(x + 200, y + 80, { steps: 4 });
    await page.keyboard.press("Escape");
    await page.mouse.move(x + 240, y + 90, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => card(page, "c").evaluate((element) => element.style.transform)).toBe("translate(100px, 240px)");

    await page.mouse.click(400, 620);
    await card(page, "a").click();
    const from = await port(page, "a", "source").boundingBox();
    await page.mouse.move((from?.x ?? 0) + 5, (from?.y ?? 0) + 5);
    await page.mouse.down();
    await page.mouse.move(600, 500, { steps: 5 });
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await expect.poll(() => page.locator(".palette, .react-flow__connection").count()).toBe(0);

    await card(page, "a").click();
    await page.mouse.move(200, 620);
    await page.mouse.down();
    await page.mouse.move(700, 400, { steps: 5 });
    await expect.poll(() => selected(page)).toEqual(["c"]);
    await page.keyboard.press("Escape");
    await expect.poll(() => selected(page)).toEqual(["a"]);
    await page.mouse.move(720, 380);
    await page.mouse.up();
    await expect.poll(() => selected(page)).toEqual(["a"]);
    expect(await edits(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => selected(page)).toEqual([]);
    // And everything works as before.
    await card(page, "b").click();
    await expect.poll(() => selected(page)).toEqual(["b"]);
    await page.close();
  },
  patience,
);

test(
  "a frame selects what it touches; with Ctrl besides what is selected",
  async () => {
    const page = await browser.open({ graph, memory });
    await card(page, "b").click();
    const frame = async (): Promise<void> => {
      await page.mouse.move(200, 620);
      await page.mouse.down();
      await page.mouse.move(500, 400, { steps: 5 });
      await page.mouse.up();
    };
    await frame();
    await expect.poll(() => selected(page)).toEqual(["c"]);
    await card(page, "b").click();
    await page.keyboard.down("Control");
    await frame();
    await page.keyboard.up("Control");
    await expect.poll(() => selected(page)).toEqual(["b", "c"]);
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const)
  test(
    `the plus of an edge and of a port; ${theme}`,
    async () => {
      const page = await browser.open({ graph, memory, theme });
      const plus = page.locator(".plus");
      await page.locator('[data-pill="e2"]').hover();
      await expect.poll(() => plus.getAttribute("data-plus")).toBe("e2");
      await page.screenshot({ path: `test-results/webview/plus-edge-${theme}.png` });
      await plus.click();
      await page.keyboard.type("http");
      await page.keyboard.press("Enter");
      await expect.poll(async () => (await edits(page)).flat().at(-2)).toEqual({ type: "edge/update", id: "e2", patch: { to: "http" } });

      await port(page, "c", "target").hover();
      await expect.poll(() => plus.getAttribute("data-plus")).toBe("c in");
      await page.screenshot({ path: `test-results/webview/plus-port-${theme}.png` });
      await plus.click();
      await page.keyboard.type("barr");
      await page.keyboard.press("Enter");
      await expect.poll(async () => (await edits(page)).flat().at(-1)).toMatchObject({ fields: { from: "barrier", to: "c" } });
      await page.mouse.move(500, 700);
      await expect.poll(() => plus.count()).toBe(0);
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      await page.close();
    },
    patience,
  );

test(
  "nodes nudged while Ctrl is held are one edit, also when something else follows or the canvas is left",
  async () => {
    const page = await browser.open({ graph, memory });
    await card(page, "c").click();
    await page.keyboard.down("Control");
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
    await expect.poll(() => card(page, "c").evaluate((element) => element.style.transform)).toBe("translate(140px, 260px)");
    expect(await edits(page)).toEqual([]);
    await page.keyboard.up("Control");
    await expect.poll(() => edits(page)).toEqual([[{ type: "node/move", positions: { c: [140, 260] } }]]);
    await page.keyboard.down("Control");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("d"); // duplicates it where it is now
    await page.keyboard.up("Control");
    await expect.poll(async () => (await edits(page)).flat().map(({ type }) => type)).toEqual(["node/move", "node/move", "node/add"]);
    await page.keyboard.down("Control");
    await page.keyboard.press("ArrowUp");
    await page.evaluate(() => window.dispatchEvent(new Event("blur")));
    await expect.poll(async () => (await edits(page)).length).toBe(4);
    await page.keyboard.up("Control");
    await page.close();
  },
  patience,
);
