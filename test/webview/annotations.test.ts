import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Intent } from "../../runtime/document/intent.js";
import type { GraphView } from "../../webview/protocol/views.js";
import type { Opening } from "./open-canvas.js";
import { edge, graphOf, group, node, note } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const nodes = [node("a", {}, [0, 0]), node("b", {}, [320, 0]), node("c", {}, [320, 260])];
const edges = [edge("e1", "@start", "a"), edge("e2", "a", "b")];
const terminals: GraphView["terminals"] = { start: [-200, 0], end: [700, 0] };
const memory = { viewport: { x: 280, y: 200, zoom: 1 }, selection: { nodes: [], edges: [] } };
const plain: Opening = { graph: graphOf(nodes, edges, { terminals }), memory };
const annotated: Opening = {
  graph: graphOf(nodes, edges, {
    terminals,
    notes: [note("why", "Why **this**", [0, 120, 200, 80])],
    groups: [group("first", ["a", "why"], { label: "First" })],
  }),
  memory,
};

const element = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
const header = (page: Page, id: string): Locator => element(page, id).locator(".group-header");
const sent = (page: Page): Promise<readonly Intent[]> => page.evaluate(() => window.host.edits.flatMap((edit) => edit.intents));
const edits = (page: Page): Promise<number> => page.evaluate(() => window.host.edits.length);

async function centre(place: Locator): Promise<readonly [number, number]> {
  const box = await place.boundingBox();
  if (box === null) throw new Error("not on the page");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Drags something by so many pixels, and leaves it in the air. */
async function lift(page: Page, from: Locator, dx: number, dy: number): Promise<void> {
  const [x, y] = await centre(from);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8);
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
}

async function drag(page: Page, from: Locator, dx: number, dy: number): Promise<void> {
  await lift(page, from, dx, dy);
  await page.mouse.up();
}

/** Opens a canvas, does something by hand, and expects these intents. */
function check(name: string, hand: (page: Page) => Promise<void>, expected: readonly Intent[], from: Opening = annotated): void {
  test(
    name,
    async () => {
      const page = await browser.open(from);
      await hand(page);
      await expect.poll(() => sent(page)).toEqual(expected);
      expect(
        await page.evaluate(() => [window.host.violations, window.host.commands.filter(({ name: each }) => each === "webview/failed")]),
      ).toEqual([[], []]);
      await page.close();
    },
    patience,
  );
}

check(
  "a key puts a note under the pointer, and what is typed is its text",
  async (page) => {
    await page.mouse.move(500, 500);
    await page.keyboard.press("n");
    await page.keyboard.type("Do this");
    await page.keyboard.press("Enter");
    await page.keyboard.type("first");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => element(page, "note").innerText()).toBe("Do this\nfirst");
  },
  [
    { type: "note/add", id: "note", fields: { text: "" }, box: [120, 260, 200, 100] },
    { type: "note/update", id: "note", patch: { text: "Do this\nfirst" } },
  ],
  plain,
);
check(
  "a note is written by double-click, and leaving it commits",
  async (page) => {
    await element(page, "why").dblclick();
    await page.keyboard.type("?");
    await page.mouse.click(700, 600);
  },
  [{ type: "note/update", id: "why", patch: { text: "Why **this**?" } }],
);
check(
  "Escape leaves a note as it was",
  async (page) => {
    await element(page, "why").click();
    await page.keyboard.press("Enter");
    await page.keyboard.type(" not");
    await page.keyboard.press("Escape");
    await element(page, "why").locator("strong").waitFor();
  },
  [],
);
check("a note is resized by its corner, on the grid", (page) => drag(page, element(page, "why").locator(".sticky-corner"), 47, 33), [
  { type: "note/resize", id: "why", box: [0, 120, 240, 120] },
]);
check("a note moves, with its size", (page) => drag(page, element(page, "why"), 40, 0), [
  { type: "node/move", positions: { why: [40, 120] } },
]);
check(
  "Ctrl+G makes a group of what is selected, and its name can be typed",
  async (page) => {
    await element(page, "a").click();
    await element(page, "b").click({ modifiers: ["Shift"] });
    await page.keyboard.press("Control+g");
    await page.keyboard.type("Both");
    await page.keyboard.press("Enter");
    await expect.poll(() => header(page, "group").innerText()).toBe("Both");
  },
  [
    { type: "group/add", id: "group", fields: { label: "Group", nodes: ["a", "b"] } },
    { type: "group/update", id: "group", patch: { label: "Both" } },
  ],
  plain,
);
check(
  "a frame's header moves all that is in it, as one edit",
  async (page) => {
    await drag(page, header(page, "first"), 60, 100);
    await expect.poll(() => edits(page)).toBe(1);
  },
  [{ type: "node/move", positions: { a: [60, 100], why: [60, 220] } }],
);
check(
  "Delete on a group takes the frame away and nothing else",
  async (page) => {
    await header(page, "first").click();
    await page.keyboard.press("Delete");
    await element(page, "first").waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate(() => window.host.graph.nodes.length)).toBe(3);
  },
  [{ type: "group/remove", ids: ["first"] }],
);
check(
  "Ctrl+Shift+G ungroups, and what was in the group is selected",
  async (page) => {
    await element(page, "a").click();
    await page.keyboard.press("Control+Shift+G");
    await expect.poll(() => page.locator(".react-flow__node.selected").count()).toBe(2);
  },
  [{ type: "group/remove", ids: ["first"] }],
);
check(
  "what is dropped in a frame is in the group, as one edit, and the frame says so before",
  async (page) => {
    await lift(page, element(page, "b"), -260, 60);
    await page.getByText("Drop to add").waitFor();
    await page.mouse.up();
    await expect.poll(() => edits(page)).toBe(1);
  },
  [
    { type: "node/move", positions: { b: [60, 60] } },
    { type: "group/update", id: "first", patch: { nodes: ["a", "why", "b"] } },
  ],
);
check(
  "what is dragged beyond the frame leaves the group",
  async (page) => {
    await drag(page, element(page, "a"), 0, 400);
    await expect.poll(() => edits(page)).toBe(1);
  },
  [
    { type: "node/move", positions: { a: [0, 400] } },
    { type: "group/update", id: "first", patch: { nodes: ["why"] } },
  ],
);
check("what still touches the frame stays in the group", (page) => drag(page, element(page, "a"), 200, 0), [
  { type: "node/move", positions: { a: [200, 0] } },
]);
check(
  "F2 names a group in its frame",
  async (page) => {
    await header(page, "first").click();
    await page.keyboard.press("F2");
    await page.keyboard.type("Now");
    await page.keyboard.press("Enter");
  },
  [{ type: "group/update", id: "first", patch: { label: "Now" } }],
);
check(
  "a marquee that begins in a frame marks what is in it, not the frame",
  async (page) => {
    const [x, y] = await centre(header(page, "first"));
    await page.mouse.move(x - 122, y + 70);
    await page.mouse.down();
    await page.mouse.move(x + 50, y + 82, { steps: 5 });
    await page.mouse.up();
    await expect
      .poll(() => page.locator(".react-flow__node.selected").evaluateAll((all) => all.map((each) => each.dataset["id"])))
      .toEqual(["a"]);
  },
  [],
);

check(
  "the inspector writes a note and gives it a colour",
  async (page) => {
    await element(page, "why").click();
    await page.locator('[data-surface="inspector"] select[data-field="color"]').selectOption("blue");
    await element(page, "why").locator('[data-color="blue"]').waitFor();
    await page.locator('[data-surface="inspector"] [data-field="text"] textarea').fill("Otherwise");
    await page.mouse.click(700, 600);
  },
  [
    { type: "note/update", id: "why", patch: { color: "blue" } },
    { type: "note/update", id: "why", patch: { text: "Otherwise" } },
  ],
);
check(
  "the inspector lists what is in a group, and lets it go",
  async (page) => {
    await header(page, "first").click();
    const members = page.getByRole("list", { name: "Members" }).getByRole("button");
    await expect.poll(() => members.allInnerTexts()).toEqual(["a", "Why this"]);
    await page.locator('[data-command="group/remove"]').click();
    await expect.poll(() => page.getByTestId("said").innerText()).toBe("Ungrouped 2 members");
  },
  [{ type: "group/remove", ids: ["first"] }],
);
check(
  "Ctrl+D duplicates a group with all that is in it",
  async (page) => {
    await header(page, "first").click();
    await page.keyboard.press("Control+d");
    await element(page, "first2").waitFor();
  },
  [
    { type: "node/add", id: "a2", fields: { kind: "code", handler: "./nodes/a.ts" }, position: [40, 40] },
    { type: "note/add", id: "why2", fields: { text: "Why **this**" }, box: [40, 160, 200, 80] },
    { type: "group/add", id: "first2", fields: { label: "First", nodes: ["a2", "why2"] } },
  ],
);
check(
  "the palette offers a note, and lets it be typed",
  async (page) => {
    await page.mouse.move(500, 500);
    await page.keyboard.press("Tab");
    await page.keyboard.type("note");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Here");
    await page.keyboard.press("Control+Enter");
  },
  [
    { type: "note/add", id: "note", fields: { text: "" }, box: [120, 260, 200, 100] },
    { type: "note/update", id: "note", patch: { text: "Here" } },
  ],
  plain,
);
check(
  "arrows walk to notes, which say what is in them",
  async (page) => {
    await element(page, "a").click();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Note: Why this");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Group First, 2 members");
  },
  [],
);
check(
  "a note that is typed is committed for whoever looks away, and typed on",
  async (page) => {
    await element(page, "why").dblclick();
    await page.keyboard.type("!");
    await page.evaluate(() => document.documentElement.dispatchEvent(new PointerEvent("pointerleave")));
    await expect.poll(() => edits(page)).toBe(1);
    await page.keyboard.type("?");
    await page.keyboard.press("Control+Enter");
  },
  [
    { type: "note/update", id: "why", patch: { text: "Why **this**!" } },
    { type: "note/update", id: "why", patch: { text: "Why **this**!?" } },
  ],
);

test.each(["dark", "light", "contrast"] as const)(
  "notes and groups in %s",
  async (theme) => {
    const colors = ["yellow", "orange", "red", "purple", "blue", "green"] as const;
    const page = await browser.open({
      graph: graphOf([...nodes, node("d", {}, [640, 300])], [...edges, edge("e3", "b", "c"), edge("e4", "c", "d")], {
        terminals,
        notes: [
          note(
            "why",
            "Why **this** is *here*:\n- it calls `order()`\n- it waits, for a long time, with words that go on",
            [0, 120, 200, 120],
          ),
          ...colors.map((color, index) => note(color, `A ${color} note`, [index * 160 - 180, 440, 140, 60], { color })),
          note("empty", "", [-180, 120, 140, 60]),
        ],
        groups: [
          group("first", ["a", "why"], { label: "Where it begins" }),
          group("rest", ["c", "d"], { label: "The rest", color: "blue" }),
        ],
      }),
      memory: { ...memory, selection: { nodes: ["rest"], edges: [] } },
      theme,
    });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: new URL(`annotations-${theme}.png`, folder).pathname });
    await expect.poll(() => page.locator(".sticky").count()).toBe(8);
    await expect.poll(() => page.locator(".group-frame").count()).toBe(2);
    await page.close();
  },
  patience,
);
