// Questions answered where they are asked: on the card of their node.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { patched, triage, triageWaiting } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const schema = {
  type: "object",
  properties: {
    amount: { type: "number", title: "Amount", description: "in euros" },
    speed: { enum: ["fast", "slow"], title: "Speed" },
    tell: { type: "boolean", title: "Tell the customer" },
  },
  required: ["amount"],
};
const waiting = triageWaiting();
const opening = {
  graph: { ...triage(), problems: [] },
  run: { ...waiting, questions: waiting.questions.map((question) => ({ ...question, schema })) },
  compile: patched,
  memory: { viewport: { x: -440, y: 100, zoom: 1 }, inspector: { open: false, width: 280 } },
};
const node = '.react-flow__node[data-id="approve"]';
const dialog = (page: Page) => page.getByRole("dialog", { name: "Question of Approve refund" });
const decided = (page: Page): Promise<readonly unknown[]> =>
  page.evaluate(() => window.host.commands.filter(({ name }) => name === "question/decide").map(({ params }) => params));

test(
  "the mark of the card opens the question, which is answered by a form of its schema",
  async () => {
    const page = await browser.open(opening);
    await page.locator(`${node} [data-mark="asks"]`).click();
    await dialog(page).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-answer"))).toBe("amount");
    await page.keyboard.type("12.5");
    await dialog(page).getByLabel("Speed").selectOption("slow");
    await dialog(page).getByLabel("Tell the customer").selectOption("no");
    await dialog(page).locator('[data-action="approve"]').click();
    await expect
      .poll(() => decided(page))
      .toEqual([{ key: "approve", action: "approve", value: { amount: 12.5, speed: "slow", tell: false } }]);
    await expect.poll(() => dialog(page).count()).toBe(0);
    await page.close();
  },
  patience,
);

test(
  "A opens it, Escape closes it, and the focus goes back to the node; no key of the canvas fires in between",
  async () => {
    const page = await browser.open(opening);
    await page.locator(node).click();
    await page.keyboard.press("a");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-answer"))).toBe("amount");
    await page.keyboard.type("da");
    await expect.poll(() => dialog(page).getByRole("alert").innerText()).toBe("Amount: must be a number");
    await expect.poll(() => dialog(page).locator('[data-action="approve"]').getAttribute("disabled")).not.toBeNull();
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog(page).count()).toBe(0);
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-id"))).toBe("approve");
    expect(await page.evaluate(() => window.host.edits)).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "a node that is out of view is answered in the dock by the same form, and A leads to it",
  async () => {
    const page = await browser.open({ ...opening, memory: { ...opening.memory, viewport: { x: 4000, y: 100, zoom: 1 } } });
    const card = page.locator('[data-question="approve"]');
    await expect.poll(() => card.locator("[data-answer]").count()).toBe(3);
    await page.keyboard.press("a");
    await expect.poll(() => dialog(page).isVisible()).toBe(true);
    await expect.poll(async () => (await dialog(page).boundingBox())?.x ?? -1).toBeGreaterThan(0);
    await expect.poll(() => card.locator("[data-answer]").count()).toBe(0);
    await card.getByRole("button", { name: "Answer here instead" }).click();
    await expect.poll(() => dialog(page).count()).toBe(0);
    await card.locator('[data-action="reject"]').click();
    await expect.poll(() => decided(page)).toEqual([{ key: "approve", action: "reject" }]);
    await page.locator(".react-flow__pane").click({ position: { x: 5, y: 300 } });
    await page.keyboard.press("a");
    await dialog(page).waitFor();
    await page.evaluate((run) => window.host.setRun({ ...run, status: "paused", questions: [], sequence: 40 }), waiting);
    await expect.poll(() => dialog(page).count()).toBe(0);
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const) {
  test(`${theme}: a question at its node`, async () => {
    const page = await browser.open({ ...opening, theme });
    await page.locator(`${node} [data-mark="asks"]`).click();
    await dialog(page).waitFor();
    await page.screenshot({ path: new URL(`asks-${theme}.png`, folder).pathname });
    expect(await page.evaluate(() => window.host.violations)).toEqual([]);
    await page.close();
  });
}
