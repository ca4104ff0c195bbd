// What hands find on the canvas besides dragging: menus, keys that are listed, nodes brought into line.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { CanvasAction } from "../../webview/protocol/canvas-actions.js";
import { edge, graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

const graph = graphOf(
  [node("a", {}, [0, 0]), node("b", {}, [320, 60]), node("c", {}, [640, 160])],
  [edge("e1", "@start", "a"), edge("e2", "a", "b", { when: "n > 1" })],
  { terminals: { start: [-200, 0], end: [920, 0] } },
);
const memory = { viewport: { x: 220, y: 200, zoom: 1 }, selection: { nodes: [], edges: [] } };
const card = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
const edits = (page: Page) => page.evaluate(() => window.host.edits.map(({ intents }) => intents));
const ask = (page: Page, action: CanvasAction, text?: string): Promise<void> =>
  page.evaluate((what) => window.host.notify("canvas/perform", what), text === undefined ? { action } : { action, text });

/** What VS Code would choose a menu's entries by. */
function menuAt(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(() => window.menu ?? {});
}

declare global {
  interface Window {
    menu?: Record<string, unknown>;
  }
}

/** Puts together what elements say around the pointer, as VS Code does. */
function noteMenus(): void {
  document.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    let about: Record<string, unknown> = {};
    let element = event.target instanceof Element ? event.target.closest("[data-vscode-context]") : null;
    while (element !== null) {
      about = { ...(JSON.parse(element.getAttribute("data-vscode-context") ?? "{}") as object), ...about };
      element = element.parentElement?.closest("[data-vscode-context]") ?? null;
    }
    window.menu = about;
  });
}

test(
  "several nodes are brought into line by buttons and by commands, each as one edit",
  async () => {
    const page = await browser.open({ graph, memory });
    const bar = page.getByRole("toolbar", { name: "Arrange" });
    await card(page, "a").click();
    expect(await bar.count()).toBe(0);
    await card(page, "b").click({ modifiers: ["Control"] });
    await expect.poll(() => bar.getAttribute("aria-label")).toBe("Arrange 2 nodes");
    await expect.poll(() => page.locator('[data-command="arrange/across"]').isDisabled()).toBe(true);
    await page.locator('[data-command="arrange/top"]').click();
    await card(page, "c").click({ modifiers: ["Control"] });
    await ask(page, "align-bottom");
    await ask(page, "distribute-across");
    await expect
      .poll(() => edits(page))
      .toEqual([[{ type: "node/move", positions: { b: [320, 0] } }], [{ type: "node/move", positions: { a: [0, 160], b: [320, 160] } }]]);
    await page.close();
  },
  patience,
);

test(
  "a menu is about what is under the pointer, which it selects; on several it knows how many",
  async () => {
    const page = await browser.open({ graph, memory, before: noteMenus });
    await page.mouse.click(400, 600, { button: "right" });
    await expect.poll(() => menuAt(page)).toMatchObject({ webviewSection: "canvas", selected: 0, preventDefaultContextMenuItems: true });
    await card(page, "b").click({ button: "right" });
    await expect.poll(() => menuAt(page)).toMatchObject({ webviewSection: "node", node: "b", selected: 1 });
    await card(page, "a").click({ modifiers: ["Control"] });
    await card(page, "a").click({ button: "right" });
    await expect.poll(() => menuAt(page)).toMatchObject({ webviewSection: "node", node: "a", selected: 2 });
    await page.locator('[data-pill="e2"]').click({ button: "right" });
    await expect.poll(() => menuAt(page)).toMatchObject({ webviewSection: "edge", edge: "e2", selected: 0, selectedEdges: 1 });
    await page.close();
  },
  patience,
);

for (const key of ["ContextMenu", "Shift+F10"])
  test(
    `${key} opens the menu of what is selected, wherever the focus is`,
    async () => {
      const page = await browser.open({ graph, memory: { ...memory, selection: { nodes: ["c"], edges: [] } }, before: noteMenus });
      await page.evaluate(() => document.body.focus());
      await page.keyboard.press(key);
      await expect.poll(() => menuAt(page)).toMatchObject({ webviewSection: "node", node: "c" });
      await card(page, "a").focus();
      await page.keyboard.press(key);
      await expect.poll(() => menuAt(page)).toMatchObject({ node: "a" });
      await page.close();
    },
    patience,
  );

test(
  "what a menu adds or pastes is put where the menu was opened",
  async () => {
    const page = await browser.open({ graph, memory, before: noteMenus });
    await page.mouse.click(550, 630, { button: "right" });
    await ask(page, "add");
    await page.locator(".palette-input:focus").waitFor();
    await page.keyboard.type("barr");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await edits(page)).length).toBe(1);
    await page.mouse.click(550, 430, { button: "right" });
    await ask(page, "paste", '{ "nodes": { "p": { "kind": "barrier", "prompt": "?" } } }');
    await ask(page, "paste", "words");
    await page.getByTestId("notice").getByText("There are no nodes or notes on the clipboard.").waitFor();
    await expect
      .poll(() => edits(page))
      .toMatchObject([[{ type: "node/add", id: "barrier", position: [220, 400] }], [{ type: "node/add", id: "p", position: [220, 200] }]]);
    await page.close();
  },
  patience,
);

test(
  "Ctrl+Enter adds behind the selected node, connected; Tab on a selected edge puts a node onto it",
  async () => {
    const page = await browser.open({ graph, memory });
    await card(page, "c").click();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.getByRole("dialog").getAttribute("aria-label")).toBe("Add a node and connect it");
    await page.keyboard.type("http");
    await page.keyboard.press("Enter");
    await page.locator('[data-pill="e2"]').click();
    await page.keyboard.press("Tab");
    await expect.poll(() => page.getByRole("dialog").getAttribute("aria-label")).toBe("Add a node on this edge");
    await page.keyboard.type("barr");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await edits(page)).length).toBe(2);
    const [behind, between] = await edits(page);
    expect(behind).toEqual([
      { type: "node/add", id: "http", fields: { kind: "http", url: "https://example.com/" }, position: [940, 160] },
      { type: "edge/add", id: "e3", fields: { from: "c", to: "http" } },
    ]);
    expect(between?.at(-2)).toEqual({ type: "edge/update", id: "e2", patch: { to: "barrier" } });
    expect(between?.at(-1)).toMatchObject({ type: "edge/add", fields: { from: "barrier", to: "b" } });
    await page.close();
  },
  patience,
);

test(
  "a selection goes to the host as a snippet",
  async () => {
    const page = await browser.open({ graph, memory });
    await ask(page, "save-snippet");
    await page.getByTestId("notice").getByText("Select the nodes of the snippet first.").waitFor();
    await card(page, "a").click();
    await ask(page, "save-snippet");
    const saved = (): Promise<unknown[]> =>
      page.evaluate(() => window.host.commands.filter(({ name }) => name === "snippet/save").map(({ params }) => params));
    await expect.poll(saved).toEqual([{ text: expect.stringContaining('"a": {') as string }]);
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const)
  test(
    `? lists the keys, Escape gives the keyboard back; ${theme}`,
    async () => {
      const page = await browser.open({ graph, memory, theme });
      await card(page, "a").click();
      await page.keyboard.press("?");
      const dialog = page.getByRole("dialog", { name: "Keys and gestures" });
      await dialog.getByText("Delete and reconnect").waitFor();
      await page.screenshot({ path: `test-results/webview/shortcuts-${theme}.png` });
      await page.keyboard.press("Delete"); // no gesture while it is open
      await page.keyboard.press("Escape");
      await expect.poll(() => dialog.count()).toBe(0);
      await expect.poll(() => card(page, "a").evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await edits(page)).toEqual([]);
      await card(page, "b").click({ modifiers: ["Control"] });
      await page.screenshot({ path: `test-results/webview/arrange-${theme}.png` });
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      await page.close();
    },
    patience,
  );
