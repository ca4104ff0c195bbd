import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { comparison, newer, older } from "./comparison.js";
import type { Opening } from "./open-canvas.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const browser = sharedBrowser();

const closed = { inspector: { open: false, width: 280 } };
const before: Opening = { graph: older, diff: comparison("before"), memory: closed };
const after: Opening = { graph: newer, diff: comparison("after"), memory: closed };

const marks = (page: Page): Promise<readonly string[]> =>
  page
    .locator(".diff-mark")
    .evaluateAll((all) => all.map((mark) => `${mark.getAttribute("data-of") ?? ""}: ${mark.textContent}`).toSorted());
const ghosts = (page: Page): Promise<readonly string[]> =>
  page.locator(".diff-ghost").evaluateAll((all) => all.map((ghost) => ghost.getAttribute("aria-label") ?? "").toSorted());
const badges = (page: Page): Promise<readonly string[]> =>
  page.locator(".diff-edge-badge").evaluateAll((all) => all.map((badge) => badge.getAttribute("aria-label") ?? "").toSorted());
const sent = (page: Page, name: string): Promise<readonly unknown[]> =>
  page.evaluate((wanted) => window.host.commands.filter((command) => command.name === wanted).map(({ params }) => params), name);

for (const theme of ["dark", "light", "contrast"] as const) {
  for (const [side, opening] of [
    ["before", before],
    ["after", after],
  ] as const) {
    test(`${theme}: the ${side} side of a comparison`, async () => {
      const page = await browser.open({ ...opening, theme });
      await page.setViewportSize({ width: 760, height: 700 });
      await page.locator('[data-command="diff/next"]').click();
      await page.locator('[data-command="diff/next"]').click();
      await page.locator(".diff-card").waitFor();
      await page.locator('[data-command="diff/minimap"]').click();
      await page.locator(".minimap").waitFor();
      await page.screenshot({ path: new URL(`diff-${side}-${theme}.png`, folder).pathname });
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      expect(await sent(page, "webview/failed")).toEqual([]);
      await page.close();
    });
  }
  test(`${theme}: all differences in the inspector`, async () => {
    const page = await browser.open({ ...after, memory: { inspector: { open: true, width: 340 } }, theme });
    await page.locator('.react-flow__node[data-id="lookup"]').click();
    await expect.poll(() => page.getByTestId("change-details").innerText()).toContain("retry.attempts");
    await page.screenshot({ path: new URL(`diff-inspector-${theme}.png`, folder).pathname });
    await page.close();
  });
}

test("each side marks what it has and outlines what the other has", async () => {
  const [left, right] = [await browser.open(before), await browser.open(after)];
  await expect.poll(() => marks(left)).toEqual(["classify: renamed", "faq: removed", "lookup: changedmoved", "reply: moved"]);
  await expect.poll(() => marks(right)).toEqual(["classify: renamed", "lookup: changedmoved", "reply: moved", "score: added"]);
  await expect
    .poll(() => ghosts(left))
    .toEqual(["Look up order, where it stands on the other side", "Reply, where it stands on the other side", "Score, added"]);
  await expect
    .poll(() => ghosts(right))
    .toEqual(["Look up order, where it stands on the other side", "Match the FAQ, removed", "Reply, where it stands on the other side"]);
  await expect
    .poll(() => badges(left))
    .toEqual([
      "Edge added: e8",
      "Edge as the other side has it: e4",
      "Edge changed: e2",
      "Edge changed: e4",
      "Edge removed: e3",
      "Edge removed: e5",
    ]);
  await left.close();
  await right.close();
});

test("F7 walks all differences and selects what is here", async () => {
  const page = await browser.open(after);
  const said = async (): Promise<string> => (await page.getByTestId("diff-announcement").textContent()) ?? "";
  const seen: string[] = [];
  for (let step = 0; step < comparison("after").entries.length; step += 1) {
    await page.keyboard.press("F7");
    await expect.poll(said).not.toBe(seen.at(-1) ?? "");
    seen.push(await said());
  }
  expect(new Set(seen).size).toBe(comparison("after").entries.length);
  expect(seen[0]).toBe("node Sort the ticket, renamed: label");
  await page.keyboard.press("Shift+F7");
  await expect.poll(() => page.getByTestId("diff-announcement").textContent()).toBe(seen.at(-2));
  await page.keyboard.press("Alt+F5");
  await expect.poll(() => page.getByTestId("diff-announcement").textContent()).toBe(seen.at(-1));
  await page.close();
});

test("what only moved can be left out, on both sides", async () => {
  const page = await browser.open(after);
  await page.locator('[data-command="diff/moved"]').click();
  await expect.poll(() => marks(page)).toEqual(["classify: renamed", "lookup: changedmoved", "score: added"]);
  await expect.poll(() => sent(page, "diff/set")).toEqual([{ moved: false }]);
  await page.close();
});

test("a node that differs tells its fields, old beside new", async () => {
  const page = await browser.open(after);
  await page.locator('.react-flow__node[data-id="lookup"]').click();
  const rows = page.locator(".diff-card [data-field-change]");
  const cells = (): Promise<readonly string[]> =>
    rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent).join(" | ")));
  await expect.poll(cells).toEqual(["retry.attempts | 3 | 5", "timeout | nothing | 30s", "place | [300,20] | [300,0]"]);
  await page.locator('.react-flow__node[data-id="archive"]').click();
  await page.locator(".diff-card").waitFor({ state: "detached" });
  await page.close();
});

test("the views move together: what was moved is told, what is told is followed and not told again", async () => {
  const page = await browser.open(after);
  await expect.poll(async () => (await sent(page, "view/moved")).length).toBeGreaterThan(0);
  await page.evaluate(() => window.host.notify("view/follow", { x: 100, y: 60, zoom: 0.5 }));
  const transform = (): Promise<string> =>
    page.locator(".react-flow__viewport").evaluate((viewport) => getComputedStyle(viewport).transform);
  await expect.poll(transform).toBe("matrix(0.5, 0, 0, 0.5, 100, 60)");
  const told = (await sent(page, "view/moved")).length;
  await page.mouse.move(500, 400);
  await page.mouse.wheel(0, 120);
  await expect.poll(async () => (await sent(page, "view/moved")).length).toBeGreaterThan(told);
  expect((await sent(page, "view/moved")).at(told)).not.toEqual({ x: 100, y: 60, zoom: 0.5 });
  await page.locator('[data-command="diff/linked"]').click();
  const unlinked = (await sent(page, "view/moved")).length;
  await page.mouse.move(500, 400);
  await page.mouse.wheel(0, 120);
  await expect.poll(transform).not.toBe("matrix(0.5, 0, 0, 0.5, 100, 60)");
  expect((await sent(page, "view/moved")).length).toBe(unlinked);
  await page.close();
});

test("an earlier revision has no tools to run or edit it, and refuses edits in words", async () => {
  const page = await browser.open(before);
  expect(await page.locator('.toolbar[aria-label="Graph"]').count()).toBe(0);
  await page.locator('.react-flow__node[data-id="faq"]').click();
  await page.keyboard.press("Delete");
  await expect.poll(() => page.getByTestId("notice").textContent()).toContain("earlier revision");
  await page.close();
});

/** How many pixels of the minimap have the colour of a token. */
const inked = (page: Page, token: string): Promise<number> =>
  page.locator(".minimap > canvas").evaluate((canvas, name) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error("the map is drawn");
    const probe = document.body.appendChild(document.createElement("span"));
    probe.style.color = `var(${name})`;
    const wanted = getComputedStyle(probe).color.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
    probe.remove();
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let found = 0;
    for (let at = 0; at < data.length; at += 4) if (wanted.every((value, index) => data[at + index] === value)) found += 1;
    return found;
  }, token);

test("the minimap is there when it is wanted, on either side, and shows what differs and what the other side has", async () => {
  for (const [opening, spoken] of [
    [before, "1 added, 1 renamed, 1 changed, 1 removed, 1 moved"],
    [after, "1 removed, 1 renamed, 1 changed, 1 added, 1 moved"],
  ] as const) {
    const page = await browser.open(opening);
    expect(await page.locator(".minimap").count()).toBe(0);
    await page.locator('[data-command="diff/minimap"]').click();
    const map = page.getByRole("application", { name: `Minimap, nodes: ${spoken}.` });
    await map.waitFor();
    for (const token of ["--pb-added", "--pb-removed", "--pb-changed", "--pb-moved"]) {
      await expect.poll(() => inked(page, token), { message: token }).toBeGreaterThan(0);
    }
    await page.locator('[data-command="diff/moved"]').click();
    await expect.poll(() => inked(page, "--pb-moved")).toBe(0);
    await page.close();
  }
});

test("the minimap has room for what only the other side has", async () => {
  const far = { ...after, diff: comparison("after") };
  const away = far.diff.ghosts.nodes.map((each) => (each.id === "faq" ? { ...each, position: [300, 2000] as [number, number] } : each));
  const page = await browser.open({ ...far, diff: { ...far.diff, ghosts: { ...far.diff.ghosts, nodes: away } } });
  await page.locator('[data-command="diff/minimap"]').click();
  const box = await page.locator(".minimap").boundingBox();
  expect(box?.height).toBeGreaterThan(box?.width ?? 0);
  await page.close();
});
