import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { GraphView } from "../../webview/protocol/views.js";
import { lattice, triage } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

const memory = { viewport: { x: 0, y: 0, zoom: 1 }, selection: { nodes: [], edges: [] }, inspector: { open: false, width: 280 } };
const map = ".minimap";

/** The place of the graph that is in the middle of the view. */
const middle = (page: Page): Promise<readonly [number, number]> =>
  page.locator(".react-flow__viewport").evaluate((element) => {
    const { e, f, a } = new DOMMatrix(getComputedStyle(element).transform);
    const { width, height } = document.querySelector(".stage")?.getBoundingClientRect() ?? { width: 0, height: 0 };
    return [Math.round((width / 2 - e) / a), Math.round((height / 2 - f) / a)] as const;
  });

function check(name: string, graph: GraphView, act: (page: Page) => Promise<void>): void {
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

check("a graph that fits has no minimap until somebody wants it, which is remembered", triage(), async (page) => {
  expect(await page.locator(map).count()).toBe(0);
  await page.getByRole("button", { name: "Minimap" }).click();
  await page.locator(map).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Minimap" }).getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => page.evaluate(() => window.host.memory)).toMatchObject({ minimap: true });
});

check("one that does not fit has one; a click in it moves the view there, and so does a drag", lattice(40, 20), async (page) => {
  const box = await page.locator(map).boundingBox();
  if (box === null) throw new Error("There is no minimap.");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const away = async (): Promise<number> => {
    const [x, y] = await middle(page);
    return Math.abs(x - 5470) + Math.abs(y - 790);
  };
  await expect.poll(away).toBeLessThan(120); // a pixel of it is 60 of the graph
  const [x] = await middle(page);
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 20, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => (await middle(page))[0]).toBeLessThan(x - 1000);
  await expect.poll(() => page.evaluate(() => window.host.memory)).toMatchObject({ viewport: { zoom: 1 } });
});

check("it has a name, and arrow keys in it move the view, not the selection", lattice(40, 20), async (page) => {
  await page.getByRole("application", { name: /^Minimap/ }).focus();
  const [x, y] = await middle(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => middle(page)).toEqual([x + 350, y + 200]);
  expect(await page.locator(".react-flow__node.selected").count()).toBe(0);
});

check("the frame in it shows what is in view", lattice(40, 20), async (page) => {
  const share = (): Promise<number> =>
    page.locator(".minimap-view").evaluate((element) => element.getBoundingClientRect().width / (element.parentElement?.clientWidth ?? 1));
  const near = await share();
  await page.keyboard.press("Control+1");
  await expect.poll(share).toBeGreaterThan(4 * near);
});
