// What tasks say while they are at work: on their cards, and in the inspector.
import { expect, test } from "vitest";
import { patched, triage, triageAtWork } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const node = (id: string): string => `.react-flow__node[data-id="${id}"]`;
const opening = {
  graph: { ...triage(), problems: [] },
  run: triageAtWork(),
  compile: patched,
  memory: { viewport: { x: -240, y: 100, zoom: 1 }, inspector: { open: true, width: 320 } },
};

test(
  "the last words stand on the card while its node is at work; the inspector has all of them, and keeps them",
  async () => {
    const page = await browser.open(opening);
    const line = page.locator(`${node("customer")} .card-line`);
    await page.evaluate(() => window.host.notify("told/changed", { tails: { customer: "who is\n  Ada?", reply: "Dear Ada" } }));
    await expect.poll(() => line.innerText()).toBe("who is Ada?");
    await expect.poll(() => page.locator(`${node("reply")} .card-line`).innerText()).toBe("./nodes/reply.ts");
    await page.evaluate(() => void (window.host.answers["told/listen"] = { speech: 1, text: "who is Ada?", length: 11 }));
    await page.locator(node("customer")).click();
    const said = page.locator('[data-fact="said"]');
    await expect.poll(() => said.innerText()).toBe("who is Ada?");
    const tell = (added: { speech: number; at: number; text: string }): Promise<void> =>
      page.evaluate((given) => window.host.notify("told/changed", { tails: {}, added: { node: "customer", ...given } }), added);
    await tell({ speech: 1, at: 11, text: " A friend." });
    await expect.poll(() => said.innerText()).toBe("who is Ada? A friend.");
    const aloud = page.getByTestId("said-aloud");
    expect(await aloud.innerText()).toBe("");
    await expect.poll(() => aloud.innerText()).toBe("who is Ada? A friend.");
    await tell({ speech: 2, at: 0, text: "Anew" });
    await expect.poll(() => said.innerText()).toBe("Anew");
    const done = { ...triageAtWork().nodes, customer: { status: "done" as const, count: 1 } };
    await page.evaluate((run) => window.host.setRun(run), { ...triageAtWork(), sequence: 30, nodes: done });
    await expect.poll(() => line.innerText()).toBe("./nodes/customer.ts");
    await expect.poll(() => said.innerText()).toBe("Anew");
    await page.close();
  },
  patience,
);

test(
  "where a message was missed, all of it is asked for again",
  async () => {
    const page = await browser.open(opening);
    await page.evaluate(() => void (window.host.answers["told/listen"] = { speech: 1, text: "all of it", length: 9 }));
    await page.locator(node("customer")).click();
    const said = page.locator('[data-fact="said"]');
    await expect.poll(() => said.innerText()).toBe("all of it");
    await page.evaluate(() => {
      window.host.answers["told/listen"] = { speech: 1, text: "all of it, and more", length: 19 };
      window.host.notify("told/changed", { tails: {}, added: { node: "customer", speech: 1, at: 14, text: " more" } });
    });
    await expect.poll(() => said.innerText()).toBe("all of it, and more");
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const) {
  test(`${theme}: a node that speaks`, async () => {
    const words = "Dear Ada, the lamp that you sent back has arrived, and we are sorry. ".repeat(12);
    const page = await browser.open({ ...opening, theme, answers: { "told/listen": { speech: 1, text: words, length: 4000 } } });
    await page.evaluate((said) => window.host.notify("told/changed", { tails: { customer: said.slice(-160) } }), words);
    await page.locator(node("customer")).click();
    await page.locator('[data-fact="said"]').scrollIntoViewIfNeeded();
    await page.screenshot({ path: new URL(`says-${theme}.png`, folder).pathname });
    expect(await page.evaluate(() => window.host.violations)).toEqual([]);
    await page.close();
  });
}
