import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ConflictView } from "../../webview/protocol/conflicts.js";
import type { Opening } from "./open-canvas.js";
import { edge, graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const browser = sharedBrowser();

const kept = [
  { take: "here" as const, title: "Keep What Is Here" },
  { take: "theirs" as const, title: "Take Theirs" },
  { take: "base" as const, title: "Take What Was Before" },
];
const conflicts: ConflictView[] = [
  {
    at: "/nodes/classify/prompt",
    node: "classify",
    field: "prompt",
    name: "nodes.classify.prompt",
    base: "Sort it.",
    ours: "Sort the ticket by intent.\nAnswer with one word.",
    theirs: "Which intent has the ticket?",
    ways: kept,
  },
  {
    at: "/nodes/faq",
    node: "faq",
    field: "",
    name: "nodes.faq",
    base: { kind: "code", handler: "./faq.ts" },
    theirs: { kind: "code", handler: "./faq2.ts" },
    ways: [{ take: "ours", title: "Remove It, as Ours Does" }, ...kept.slice(1)],
  },
  { at: "/edges/e2/when", edge: "e2", field: "when", name: "edges.e2.when", base: "a", ours: "b", theirs: "c", ways: kept },
  { at: "/channels/n/reducer", field: "reducer", name: "channels.n.reducer", ours: "sum", theirs: "max", ways: kept },
  {
    at: "/nodes/gone/label",
    node: "gone",
    field: "label",
    name: "nodes.gone.label",
    ours: "A",
    theirs: "B",
    ways: kept,
    place: [620, 220],
  },
];
const graph = graphOf(
  [
    node("classify", { label: "Classify" }, [0, 120]),
    node("faq", { label: "Match the FAQ" }, [300, 220]),
    node("lookup", { label: "Look up order" }, [300, 20]),
  ],
  [edge("e1", "@start", "classify"), edge("e2", "classify", "lookup", { when: "b" }), edge("e3", "classify", "faq", { else: true })],
  { terminals: { start: [-220, 120], end: [700, 20] }, conflicts },
);
const opening: Opening = { graph, memory: { inspector: { open: false, width: 300 } } };

const sent = (page: Page, name: string): Promise<readonly unknown[]> =>
  page.evaluate((wanted) => window.host.commands.filter((command) => command.name === wanted).map(({ params }) => params), name);
const shownConflicts = (page: Page): Promise<readonly (string | null)[]> =>
  page.locator("[data-conflict]").evaluateAll((all) => all.map((panel) => panel.getAttribute("data-conflict")));

for (const theme of ["dark", "light", "contrast"] as const) {
  test(`${theme}: what a merge left to decide`, async () => {
    const page = await browser.open({ ...opening, theme });
    await page.locator('[data-command="conflict/next"]').click();
    await expect.poll(() => shownConflicts(page)).toEqual(["/nodes/classify/prompt"]);
    await page.screenshot({ path: new URL(`conflicts-${theme}.png`, folder).pathname });
    expect(await page.evaluate(() => window.host.violations)).toEqual([]);
    expect(await sent(page, "webview/failed")).toEqual([]);
    await page.close();
  });
}

test("each conflict has a mark where it is, one of an entry that is gone at the place of then", async () => {
  const page = await browser.open(opening);
  const marks = await page
    .locator(".conflict-badge")
    .evaluateAll((all) =>
      all.map((mark) => `${mark.getAttribute("data-conflicts") ?? ""}: ${mark.getAttribute("title") ?? ""}`).toSorted(),
    );
  expect(marks).toEqual([
    "classify: both changed prompt",
    "e2: both changed when",
    "faq: ours deleted it, theirs changed it",
    "gone: both changed label",
  ]);
  await expect.poll(() => page.locator('.conflict-mark[data-gone="true"]').getAttribute("data-of")).toBe("gone");
  await expect.poll(() => page.locator('.conflict-mark[data-half="true"]').getAttribute("data-of")).toBe("faq");
  await page.close();
});

test("one goes from conflict to conflict, and decides each as its quick fix does", async () => {
  const page = await browser.open(opening);
  const seen: (string | null)[] = [];
  for (let step = 0; step < 4; step += 1) {
    await page.locator('[data-command="conflict/next"]').click();
    await expect.poll(() => shownConflicts(page)).toEqual([conflicts[step]?.at]);
    seen.push(await page.locator(".conflict-place").textContent());
  }
  expect(seen).toEqual(["1/5", "2/5", "3/5", "4/5"]);
  await page.locator('[data-command="conflict/previous"]').click();
  await expect.poll(() => shownConflicts(page)).toEqual(["/edges/e2/when"]);
  await page.locator('[data-take="theirs"]').click();
  await page.locator(".conflict-badge", { hasText: "conflict" }).nth(1).click();
  await expect.poll(() => shownConflicts(page)).toEqual(["/nodes/faq"]);
  await page.locator('[data-take="ours"]').click();
  await page.locator('[data-command="conflict/choose"]').click();
  await expect
    .poll(() => sent(page, "conflict/resolve"))
    .toEqual([
      { at: "/edges/e2/when", take: "theirs" },
      { at: "/nodes/faq", take: "ours" },
    ]);
  await expect.poll(() => sent(page, "conflict/choose")).toEqual([{}]);
  await page.close();
});

test("a graph without conflicts has neither strip nor marks", async () => {
  const page = await browser.open({ ...opening, graph: { ...graph, conflicts: [] } });
  expect(await page.getByTestId("conflicts").count()).toBe(0);
  expect(await page.locator(".conflict-mark, .conflict-badge").count()).toBe(0);
  await page.close();
});
