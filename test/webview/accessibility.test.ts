import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeFindings } from "../support/axe.js";
import type { Opening } from "./open-canvas.js";
import { graphOf, patched, triage, triageAtWork, triageBroken, triageRedirected, triageWaiting, triageWithFaults } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const browser = sharedBrowser();

type Arrange = (page: Page) => Promise<unknown>;
const nothing: Arrange = () => Promise.resolve();
const node = (id: string): string => `.react-flow__node[data-id="${id}"]`;
const waiting = { graph: triage(), run: triageWaiting(), compile: patched };

const surfaces: readonly (readonly [name: string, opening: Opening, arrange: Arrange])[] = [
  ["an empty graph", { graph: graphOf([], []) }, nothing],
  ["a run that waits, a node selected", waiting, (page) => page.locator(node("approve")).click()],
  ["an edge selected", { ...waiting, run: { ...triageWaiting(), questions: [] } }, (page) => page.locator('[data-pill="e8"]').click()],
  [
    "problems listed, breakpoints",
    { graph: triage(), debug: triageBroken() },
    (page) => page.locator('[data-command="problems/toggle"]').click(),
  ],
  ["a run at work", { graph: triage(), run: triageAtWork(), compile: patched }, (page) => page.locator(node("policy")).click()],
  ["an error edge, joins, a node passed by", { graph: triageWithFaults(), run: triageWaiting() }, nothing],
  ["a run sent elsewhere", { graph: triageWithFaults(), run: triageRedirected() }, nothing],
  ["the palette", waiting, (page) => page.keyboard.press("Tab")],
  [
    "something looked for",
    waiting,
    async (page) => {
      await page.locator(node("approve")).click();
      await page.keyboard.press("Control+f");
      await page.keyboard.type("re");
    },
  ],
];

for (const theme of ["dark", "light", "contrast"] as const) {
  test.each(surfaces)(`${theme}: %s`, async (_name, opening, arrange) => {
    const page = await browser.open({ ...opening, theme });
    await arrange(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.close();
  });
}

test("what is wrong is found", async () => {
  const page = await browser.open(waiting);
  await page.evaluate(() => {
    const pale = Object.assign(document.createElement("p"), { textContent: "pale", className: "quiet" });
    pale.style.color = "#303030";
    document.querySelector("[data-surface=inspector] .inspector-body")?.append(pale, document.createElement("button"));
  });
  const found = await axeFindings(page);
  expect(found.map((line) => line.split(" ", 2).join(" ")).toSorted()).toEqual(["critical button-name", "serious color-contrast"]);
  await page.close();
});
