import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { edge, graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const browser = sharedBrowser();

const graph = graphOf([node("a"), node("b", {}, [300, 0])], [edge("e1", "a", "b", { when: "n > 1" })]);
const inspector = { open: true, width: 280 };
const memoryOf = (page: Page): Promise<unknown> => page.evaluate(() => window.host.memory);
const editsOf = (page: Page) => () => page.evaluate(() => window.host.edits.flatMap(({ intents }) => intents));

/** Types into a field of what is selected; the canvas is gone the next moment, and opened again. */
async function typedAndHidden(selection: { nodes: string[]; edges: string[] }, field: string, typed: string): Promise<Page> {
  const page = await browser.open({ graph, memory: { selection, inspector } });
  await page.locator(`[data-field="${field}"]`).locator("input, textarea").first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(typed);
  await expect.poll(async () => JSON.stringify(await memoryOf(page))).toContain(JSON.stringify(typed));
  expect(await editsOf(page)()).toEqual([]);
  const memory = await memoryOf(page);
  await page.close();
  return browser.open({ graph, memory });
}

test.each([
  ["text", { nodes: ["a"], edges: [] }, "label", "Half", { type: "node/update", id: "a", patch: { label: "Half" } }],
  ["an expression", { nodes: [], edges: ["e1"] }, "when", "n > 10", { type: "edge/update", id: "e1", patch: { when: "n > 10" } }],
])("%s that is being typed while the canvas is hidden is committed when it is back", async (_what, selection, field, typed, intent) => {
  const page = await typedAndHidden(selection, field, typed);
  await expect.poll(editsOf(page)).toEqual([intent]);
  await expect.poll(() => memoryOf(page)).not.toHaveProperty("draft");
  await page.close();
});

test("what is let go by Escape is not kept", async () => {
  const page = await browser.open({ graph, memory: { selection: { nodes: ["a"], edges: [] }, inspector } });
  await page.locator('[data-field="label"] input').click();
  await page.keyboard.type("x");
  await expect.poll(() => memoryOf(page)).toHaveProperty("draft");
  await page.keyboard.press("Escape");
  await expect.poll(() => memoryOf(page)).not.toHaveProperty("draft");
  await page.close();
});
