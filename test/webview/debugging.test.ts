import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Opening } from "./open-canvas.js";
import { edge, graphOf, node, runOf, triage, triageBroken } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

const opening: Opening = {
  graph: graphOf(
    [node("near", {}, [0, 0]), node("beside", {}, [0, 120]), node("far", {}, [3000, 0])],
    [edge("e1", "near", "beside"), edge("e2", "near", "far")],
  ),
  run: runOf({ nodes: { near: { status: "due", count: 0 } } }),
  memory: { viewport: { x: 400, y: 200, zoom: 1 }, selection: { nodes: [], edges: [] }, inspector: { open: false, width: 280 } },
};

const due = { status: "due" as const, count: 0 };
const view = (page: Page): Promise<string> => page.locator(".react-flow__viewport").evaluate((element) => element.style.transform);
const lit = (page: Page): Promise<readonly (string | null)[]> =>
  page
    .locator('.react-flow__node:has(> .card[data-paused="true"])')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-id")));

/** Pauses a run elsewhere, and expects these nodes to be lit, and the view to have moved or not. */
function check(name: string, nodes: readonly string[], at: string | undefined, moves: boolean, expected: readonly string[]): void {
  test(
    `a run that pauses ${name}`,
    async () => {
      const page = await browser.open(opening);
      await page.locator('[data-command="view/fit"]').focus();
      const before = await view(page);
      const run = runOf({ sequence: 2, superstep: 2, nodes: Object.fromEntries(nodes.map((id) => [id, due])) });
      await page.evaluate(
        ([debug, next]) => {
          window.host.setRun(next);
          window.host.setDebug(debug);
        },
        [{ nodes: {}, edges: {}, ...(at === undefined ? {} : { at }) }, run] as const,
      );
      await expect.poll(() => lit(page)).toEqual(expected);
      if (moves) await expect.poll(() => view(page)).not.toBe(before);
      else expect(await view(page)).toBe(before);
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-command"))).toBe("view/fit");
      expect(await page.locator(".react-flow__node.selected").count()).toBe(0);
      const [id = ""] = expected;
      const isInView = async (): Promise<boolean> => {
        const box = await page.locator(`.react-flow__node[data-id="${id}"]`).boundingBox();
        return box !== null && box.x > 0 && box.x + box.width < 1400;
      };
      await expect.poll(isInView).toBe(true);
      await page.close();
    },
    patience,
  );
}

check("where it can be seen: the view stays", ["beside"], undefined, false, ["beside"]);
check("out of view: the view follows, the focus does not", ["far"], undefined, true, ["far"]);
check("at several nodes, some of them in view", ["near", "far"], undefined, false, ["near", "far"]);
check("at several nodes, and the debugger shows the one that is out of view", ["near", "far"], "far", true, ["far"]);
check("in a graph whose own run does not stand there", [], "beside", false, ["beside"]);

test(
  "a canvas that is opened on a paused run stays as it was left",
  async () => {
    const page = await browser.open({ ...opening, run: runOf({ nodes: { far: due } }) });
    await expect.poll(() => lit(page)).toEqual(["far"]);
    await expect.poll(() => view(page)).toBe("translate(400px, 200px) scale(1)");
    await page.close();
  },
  patience,
);

test(
  "a click on a breakpoint takes it away; nothing is selected by that",
  async () => {
    const page = await browser.open({ graph: triage(), debug: triageBroken() });
    await page.locator('.react-flow__node[data-id="customer"] [data-breakpoint="after"]').click();
    await page.locator('[data-pill="e8"] [data-breakpoint="tested"]').click();
    const sent = (): Promise<readonly unknown[]> =>
      page.evaluate(() => window.host.commands.filter(({ name }) => name === "breakpoint/remove").map(({ params }) => params));
    await expect.poll(sent).toEqual([
      { node: "customer", at: "after" },
      { edge: "e8", at: "tested" },
    ]);
    expect(await page.locator(".selected").count()).toBe(0);
    await page.close();
  },
  patience,
);
