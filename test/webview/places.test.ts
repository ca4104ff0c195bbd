// The ways between graphs and places: breadcrumbs, back and forward, what counts as a jump.
import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { inProject } from "../../scripts/layout.mjs";
import type { Opening } from "./open-canvas.js";
import { edge, graphOf, node, runOf } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

const graph = graphOf(
  [node("a", {}, [0, 0]), node("sub", { kind: "subgraph", graph: "./inner.patchbay.json" }, [320, 0]), node("far", {}, [6000, 4000])],
  [edge("e1", "@start", "a"), edge("e2", "a", "sub"), edge("e3", "sub", "far")],
  { terminals: { start: [-200, 0], end: [700, 0] } },
);
const viewport = { x: 280, y: 200, zoom: 1 };
const opening: Opening = { graph, memory: { viewport, selection: { nodes: ["a"], edges: [] } } };
const way = {
  crumbs: [
    { graph: "Shop", node: "Check the order" },
    { graph: "Checks", node: "Each of the things that are in the basket" },
  ],
  here: "Item",
  callers: 3,
};

const commands = (page: Page, name: string): Promise<readonly unknown[]> =>
  page.evaluate((wanted) => window.host.commands.filter((command) => command.name === wanted).map(({ params }) => params), name);
const crumb = (page: Page, name: RegExp) => page.locator("nav.way").getByRole("button", { name });

test(
  "breadcrumbs lead back along the way, and to the others who run the graph",
  async () => {
    const page = await browser.open(opening);
    expect(await page.locator("nav.way").count()).toBe(0);
    await page.evaluate((told) => window.host.notify("way/changed", told), way);
    await crumb(page, /Show the node Check the order in Shop/).click();
    await crumb(page, /in Checks/).press("Enter");
    await crumb(page, /Run by 3 nodes/).click();
    await expect.poll(() => commands(page, "callers/show")).toEqual([{ crumb: 0 }, { crumb: 1 }, {}]);
    await expect.poll(() => page.locator('nav.way [aria-current="page"]').innerText()).toBe("Item");
    await page.close();
  },
  patience,
);

test(
  "breadcrumbs leave the toolbar its place in all themes, and go below it where there is no room",
  async () => {
    const folder = inProject("test-results", "screenshots");
    mkdirSync(folder, { recursive: true });
    for (const theme of ["dark", "light", "contrast"] as const) {
      const page = await browser.open({ ...opening, theme });
      await page.evaluate((told) => window.host.notify("way/changed", told), way);
      for (const width of [1400, 900]) {
        await page.setViewportSize({ width, height: 700 });
        const [strip, toolbar] = await Promise.all([page.locator("nav.way").boundingBox(), page.locator(".toolbar").boundingBox()]);
        if (strip === null || toolbar === null) throw new Error("not on the page");
        expect(strip.x + strip.width <= toolbar.x || strip.y >= toolbar.y + toolbar.height).toBe(true);
        await page.screenshot({ path: `${folder}/breadcrumbs-${width}-${theme}.png` });
      }
      await page.close();
    }
  },
  patience,
);

test(
  "the way says which of the runs inside a node is shown, and has another one chosen",
  async () => {
    const folder = inProject("test-results", "screenshots");
    mkdirSync(folder, { recursive: true });
    for (const theme of ["dark", "light", "contrast"] as const) {
      const page = await browser.open({ ...opening, theme });
      await page.evaluate((told) => window.host.notify("way/changed", { ...told, callers: 1 }), way);
      const tell = (sequence: number, place: string | null): Promise<void> =>
        page.evaluate((run) => window.host.setRun(run), runOf({ sequence, inside: { place, count: 3 } }));
      await tell(2, "superstep 3, item 2");
      await crumb(page, /What ran inside the node is shown: superstep 3, item 2. Choose another of 4 runs/).click();
      await page.screenshot({ path: `${folder}/inside-run-${theme}.png` });
      const redirect = page.getByRole("button", { name: /Send this run elsewhere/ });
      await expect.poll(() => redirect.getAttribute("title")).toContain("redirect the run around it instead");
      await tell(3, null);
      await crumb(page, /own run is shown/).press("Enter");
      await expect.poll(() => commands(page, "inside/choose")).toEqual([{}, {}]);
      await page.close();
    }
  },
  patience,
);

test(
  "a graph that was opened by itself says who runs it",
  async () => {
    const page = await browser.open(opening);
    await page.evaluate(() => window.host.notify("way/changed", { crumbs: [], here: "Item", callers: 1 }));
    await crumb(page, /Run by a node of another graph/).click();
    await expect.poll(() => commands(page, "callers/show")).toEqual([{}]);
    await page.close();
  },
  patience,
);

test(
  "a jump tells where it was made from, a small step does not",
  async () => {
    const page = await browser.open(opening);
    await page.locator('.react-flow__node[data-id="a"]').click();
    await page.keyboard.press("ArrowRight"); // to "sub", which is in view
    expect(await commands(page, "place/left")).toEqual([]);
    await page.keyboard.press("Shift+ArrowRight"); // to "far", which is not
    await expect.poll(() => commands(page, "place/left")).toEqual([{ nodes: ["sub"], edges: [], viewport }]);
    await expect.poll(async () => (await commands(page, "place/changed")).length).toBe(1);
    await page.evaluate(() => window.host.notify("selection/reveal", { nodes: ["a"], edges: [] }));
    await expect.poll(async () => (await commands(page, "place/left"))[1]).toMatchObject({ nodes: ["far"] });
    await page.close();
  },
  patience,
);

test(
  "who comes back finds selection and view as they were, and leaves no place behind",
  async () => {
    const page = await browser.open(opening);
    await page.evaluate(() => window.host.notify("selection/reveal", { nodes: ["sub"], edges: [], viewport: { x: 10, y: 20, zoom: 0.5 } }));
    const view = page.locator(".react-flow__viewport");
    await expect.poll(() => view.evaluate((element) => getComputedStyle(element).transform)).toBe("matrix(0.5, 0, 0, 0.5, 10, 20)");
    await expect.poll(() => page.locator(".react-flow__node.selected").getAttribute("data-id")).toBe("sub");
    expect(await commands(page, "place/left")).toEqual([]);
    await expect.poll(() => commands(page, "place/changed")).toEqual([{ viewport: { x: 10, y: 20, zoom: 0.5 } }]);
    await page.close();
  },
  patience,
);

test(
  "keys and the mouse's own buttons go back and forward, but not while somebody types",
  async () => {
    const page = await browser.open(opening);
    await page.locator('.react-flow__node[data-id="a"]').click();
    await page.keyboard.press("Alt+ArrowLeft");
    await page.keyboard.press("Alt+ArrowRight");
    for (const button of [3, 4])
      await page.evaluate((which) => {
        for (const type of ["mousedown", "mouseup"])
          document
            .querySelector(".react-flow__pane")
            ?.dispatchEvent(new MouseEvent(type, { button: which, bubbles: true, cancelable: true }));
      }, button);
    await expect
      .poll(async () => [(await commands(page, "place/back")).length, (await commands(page, "place/forward")).length])
      .toEqual([2, 2]);
    await page.keyboard.press("Control+f");
    await page.keyboard.press("Alt+ArrowLeft");
    expect((await commands(page, "place/back")).length).toBe(2);
    await page.close();
  },
  patience,
);

test(
  "a double click with a key held opens the graph of a node beside",
  async () => {
    const page = await browser.open(opening);
    const sub = page.locator('.react-flow__node[data-id="sub"]');
    await sub.dblclick();
    await sub.dblclick({ modifiers: ["Alt"] });
    await expect.poll(() => commands(page, "graph/open")).toEqual([{ node: "sub" }, { node: "sub", beside: true }]);
    await page.close();
  },
  patience,
);

test(
  "Ctrl+Shift+E asks for a subgraph of what is selected",
  async () => {
    const page = await browser.open(opening);
    await page.locator('.react-flow__node[data-id="a"]').click();
    await page.keyboard.press("Control+Shift+E");
    await expect.poll(() => commands(page, "graph/fold")).toEqual([{}]);
    await page.close();
  },
  patience,
);
