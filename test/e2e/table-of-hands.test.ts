// Every key and gesture that people's hands expect, one row of the table a test, in a real VS Code. A row that is tried elsewhere says
// where.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";
import type { Workbench } from "./workbench.js";

const GRAPH = `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "integer" } }
  },
  "nodes": {
    "one": { "kind": "expression", "set": { "n": "1" } },
    "two": { "kind": "expression", "set": { "n": "2" } },
    "three": { "kind": "code", "handler": "./nodes/count-words.ts" },
    "lone": { "kind": "barrier", "prompt": "Go on?" }
  },
  "edges": {
    "in": { "from": "@start", "to": "one" },
    "on": { "from": "one", "to": "two", "when": "n > 0" },
    "out": { "from": "two", "to": "three" }
  },
  "layout": {
    "@start": [0, 0],
    "one": [160, 0],
    "two": [520, 0],
    "three": [880, 0],
    "@end": [1240, 0],
    "lone": [520, 240]
  }
}
`;
const HANDLER = "export default async () => ({});\n";
const ALL = ["@end", "@start", "lone", "one", "three", "two"];

interface Hands {
  readonly workbench: Workbench;
  readonly canvas: Canvas;
  /** The nodes in the document, as it will be saved. */
  readonly nodes: () => Promise<readonly string[]>;
  /** Presses keys while the canvas has the keyboard. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
}

interface Row {
  readonly row: string;
  readonly keys: readonly string[];
  readonly act: ((hands: Hands) => Promise<void>) | { readonly elsewhere: readonly string[] };
}

const rows: readonly Row[] = [
  {
    row: "undo, redo",
    keys: ["Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z"],
    act: async ({ canvas, nodes, press }) => {
      await canvas.node("lone").click();
      await press("Delete");
      await expect.poll(nodes, SOON).not.toContain("lone");
      await press("Control+z");
      await expect.poll(nodes, SOON).toContain("lone");
      await press("Control+y");
      await expect.poll(nodes, SOON).not.toContain("lone");
      await press("Control+z");
      await expect.poll(nodes, SOON).toContain("lone");
      await press("Control+Shift+Z");
      await expect.poll(nodes, SOON).not.toContain("lone");
    },
  },
  {
    row: "copy, cut, paste, duplicate, select all",
    keys: ["Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+D", "Ctrl+A"],
    act: async ({ canvas, nodes, press }) => {
      await press("Control+a");
      await expect.poll(async () => (await canvas.selected()).toSorted(), SOON).toEqual(ALL);
      await canvas.node("lone").click();
      await press("Control+d");
      await expect.poll(nodes, SOON).toContain("lone2");
      await canvas.node("two").click();
      await press("Control+x");
      await expect.poll(nodes, SOON).not.toContain("two");
      await canvas.pane.hover({ position: { x: 300, y: 420 } });
      await press("Control+v");
      await expect.poll(nodes, SOON).toContain("two");
      const box = await canvas.node("two").boundingBox();
      const pane = await canvas.pane.boundingBox();
      expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - (pane?.x ?? 0) - 300)).toBeLessThan(12); // at the pointer, on the grid
      await press("Control+c", "Control+v");
      await expect.poll(nodes, SOON).toContain("two2");
    },
  },
  {
    row: "delete",
    keys: ["Delete", "Backspace", "Ctrl+Delete"],
    act: async ({ canvas, nodes, press }) => {
      await canvas.node("lone").click();
      await press("Delete");
      await expect.poll(nodes, SOON).not.toContain("lone");
      await canvas.node("three").click();
      await press("Backspace");
      await expect.poll(nodes, SOON).not.toContain("three");
      await press("Control+z");
      await expect.poll(() => canvas.edgeIds(), SOON).toContain("out");
      await canvas.node("two").click();
      await press("Control+Delete");
      await expect.poll(nodes, SOON).not.toContain("two");
      await expect.poll(() => canvas.edge("on").getAttribute("aria-label"), SOON).toContain("from one to three");
    },
  },
  {
    row: "add a node",
    keys: [
      "Tab",
      "double-click",
      "drop an edge",
      "+ on an edge",
      "+ at a port",
      "Ctrl+Enter",
      "drop a node on an edge",
      "a searchable palette",
    ],
    act: async ({ workbench, canvas, nodes, press }) => {
      const choose = async (typed: string): Promise<void> => {
        await canvas.frame.locator(".palette").waitFor();
        await workbench.insert(typed);
        await canvas.frame.locator('.palette-item[aria-selected="true"]', { hasText: new RegExp(typed, "i") }).waitFor();
        await workbench.press("Enter");
      };
      await canvas.pane.hover({ position: { x: 300, y: 520 } });
      await press("Tab");
      await choose("Barrier");
      await expect.poll(nodes, SOON).toContain("barrier");
      await canvas.pane.dblclick({ position: { x: 560, y: 560 } });
      await choose("count words"); // a handler that the workspace has
      await expect.poll(nodes, SOON).toContain("count_words");
      await canvas.drag({ at: canvas.port("three", "source") }, { at: canvas.pane, position: { x: 700, y: 480 } });
      await choose("HTTP");
      await expect.poll(nodes, SOON).toContain("http");
      await canvas.pill("on").hover();
      await canvas.frame.locator('[data-plus="on"]').click();
      await choose("Expression");
      await expect.poll(() => canvas.edge("on").getAttribute("aria-label"), SOON).toContain("from one to expression");
      await canvas.port("lone", "target").hover();
      await canvas.frame.locator('[data-plus="lone in"]').click();
      await choose("Subgraph");
      await expect.poll(nodes, SOON).toContain("subgraph");
      await canvas.node("barrier").click();
      await press("Control+Enter");
      await choose("Map");
      await expect.poll(nodes, SOON).toContain("map");
      await canvas.node("count_words").click();
      await canvas.drag({ at: canvas.node("count_words") }, { at: canvas.edge("in") });
      await expect.poll(() => canvas.edge("in").getAttribute("aria-label"), SOON).toContain("to Count words");
    },
  },
  {
    row: "find a node, next, previous",
    keys: ["Ctrl+F", "F3", "Shift+F3"],
    act: async ({ canvas, press }) => {
      await press("Control+f");
      await canvas.frame.getByRole("textbox", { name: "Find nodes and edges" }).fill("n = ");
      await expect.poll(() => canvas.selected(), SOON).toEqual(["one"]);
      await press("F3");
      await expect.poll(() => canvas.selected(), SOON).toEqual(["two"]);
      await press("Shift+F3");
      await expect.poll(() => canvas.selected(), SOON).toEqual(["one"]);
      await press("Escape");
    },
  },
  {
    row: "rename, details",
    keys: ["F2", "Enter", "double-click"],
    act: async ({ workbench, canvas, press }) => {
      await canvas.node("two").click();
      await press("F2");
      await workbench.insert("Second");
      await press("Enter");
      await expect.poll(() => canvas.label("two"), SOON).toBe("Second");
      await canvas.node("one").click();
      await press("Enter");
      await expect.poll(() => canvas.frame.locator("[data-surface=inspector] :focus").count(), SOON).toBeGreaterThan(0);
      await canvas.node("three").dblclick();
      await workbench.tab("count-words.ts").waitFor();
      await workbench.run("View: Close Editor");
    },
  },
  {
    row: "bypass",
    keys: ["D"],
    act: async ({ canvas, press }) => {
      await canvas.node("two").click();
      await press("d");
      await canvas.node("two").locator('.card[data-disabled="true"]').waitFor();
      await press("d");
      await canvas.node("two").locator('.card[data-disabled="false"]').waitFor();
    },
  },
  { row: "group, make a subgraph", keys: ["Ctrl+G", "Ctrl+Shift+E"], act: { elsewhere: ["hands.test.ts"] } },
  {
    row: "pan, zoom, fit, 100 %",
    keys: ["Space-drag", "middle-drag", "two-finger scroll", "Ctrl+wheel", "pinch", "Ctrl+1", "Ctrl+0"],
    act: async ({ workbench, canvas, press }) => {
      const { mouse, keyboard } = workbench.hands;
      const box = await canvas.pane.boundingBox();
      const [x, y] = [(box?.x ?? 0) + 300, (box?.y ?? 0) + 520];
      const moved = async (act: () => Promise<void>): Promise<readonly [number, number]> => {
        const before = await canvas.view();
        await act();
        await expect.poll(async () => (await canvas.view()).join(" "), SOON).not.toBe(before.join(" "));
        const after = await canvas.view();
        return [Math.round(after[0] - before[0]), Math.round(after[1] - before[1])];
      };
      const dragged = async (button: "left" | "middle"): Promise<void> => {
        await mouse.move(x, y);
        await mouse.down({ button });
        await mouse.move(x + 60, y + 30, { steps: 4 });
        await mouse.up({ button });
      };
      expect(await moved(() => dragged("middle"))).toEqual([60, 30]);
      await keyboard.down("Space");
      expect(await moved(() => dragged("left"))).toEqual([60, 30]);
      await keyboard.up("Space");
      await mouse.move(x, y);
      expect(await moved(() => mouse.wheel(40, 60))).toEqual([-20, -30]);
      // A pinch on a touchpad is Ctrl and the wheel to a page.
      const [left, top, zoom] = await canvas.view();
      const under = [(300 - left) / zoom, (520 - top) / zoom];
      await keyboard.down("Control");
      await moved(() => mouse.wheel(0, -120));
      await keyboard.up("Control");
      const [left2, top2, zoom2] = await canvas.view();
      expect(zoom2).toBeGreaterThan(zoom);
      expect([(300 - left2) / zoom2, (520 - top2) / zoom2].map(Math.round)).toEqual(under.map(Math.round));
      await press("Control+0");
      await expect.poll(async () => (await canvas.view())[2], SOON).toBe(1);
      await press("Control+1");
      await expect.poll(async () => (await canvas.view())[2], SOON).toBeLessThan(1);
    },
  },
  {
    row: "walk the graph",
    keys: ["arrows", "Shift+Left/Right", "Ctrl+arrows"],
    act: async ({ workbench, canvas, press }) => {
      const { keyboard } = workbench.hands;
      await canvas.node("one").click();
      await press("ArrowRight");
      await expect.poll(() => canvas.selected(), SOON).toEqual(["two"]);
      await press("ArrowDown");
      await expect.poll(() => canvas.selected(), SOON).toEqual(["lone"]);
      await canvas.node("two").click();
      await press("Shift+ArrowRight");
      await expect.poll(() => canvas.selected(), SOON).toEqual(["three"]);
      await press("Shift+ArrowLeft");
      await expect.poll(() => canvas.selected(), SOON).toEqual(["two"]);
      await keyboard.down("Control");
      for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) await keyboard.press(key);
      await keyboard.up("Control");
      await expect.poll(() => canvas.place("two"), SOON).toEqual([540, 40]);
      await workbench.dirtyTab(fileOf("walk the graph")).waitFor();
      await press("Control+z"); // the burst is one entry
      await expect.poll(() => canvas.place("two"), SOON).toEqual([520, 0]);
    },
  },
  {
    row: "run, debug, breakpoint, step, back",
    keys: ["Ctrl+F5", "F5", "F9", "F10", "F11", "Shift+F11"],
    act: { elsewhere: ["story.test.ts", "debug.test.ts", "breakpoints.test.ts", "debug-code.test.ts"] },
  },
  {
    row: "source beside",
    keys: ["Ctrl+K V"],
    act: async ({ workbench, canvas, press }) => {
      await canvas.node("two").click();
      await press("Control+k", "v");
      await expect.poll(() => workbench.text(), SOON).toContain('"two": { "kind": "expression"');
      await workbench.run("View: Close All Editors");
    },
  },
  {
    row: "select by a frame, and let go",
    keys: ["drag", "Ctrl-drag", "Escape"],
    act: async ({ workbench, canvas, press }) => {
      const { keyboard } = workbench.hands;
      const frame = async (): Promise<void> => {
        await canvas.drag(
          { at: canvas.node("lone"), position: { x: -30, y: -30 } },
          { at: canvas.node("lone"), position: { x: 60, y: 30 } },
        );
      };
      await canvas.node("one").click();
      await frame();
      await expect.poll(() => canvas.selected(), SOON).toEqual(["lone"]);
      await canvas.node("one").click();
      await keyboard.down("Control");
      await frame();
      await keyboard.up("Control");
      await expect.poll(async () => (await canvas.selected()).toSorted(), SOON).toEqual(["lone", "one"]);
      await press("Escape");
      await expect.poll(() => canvas.selected(), SOON).toEqual([]);
    },
  },
  {
    row: "take back what is held",
    keys: ["Escape"],
    act: async ({ workbench, canvas }) => {
      const { mouse, keyboard } = workbench.hands;
      const box = await canvas.node("lone").boundingBox();
      const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 20];
      await mouse.move(x, y);
      await mouse.down();
      await mouse.move(x + 100, y + 60, { steps: 5 });
      await keyboard.press("Escape");
      await mouse.move(x + 140, y + 60);
      await mouse.up();
      await expect.poll(() => canvas.place("lone"), SOON).toEqual([520, 240]);
    },
  },
  {
    row: "menus",
    keys: ["right click", "Shift+F10", "ContextMenu"],
    act: async ({ workbench, canvas, nodes, press }) => {
      await canvas.pane.click({ button: "right", position: { x: 300, y: 520 } });
      await workbench.menu.getByText("Select All Nodes").waitFor();
      await workbench.screenshot("menu-of-the-canvas");
      await workbench.chooseInMenu("Add Node");
      await canvas.frame.locator(".palette").waitFor();
      await workbench.insert("barrier");
      await workbench.press("Enter");
      await expect.poll(nodes, SOON).toContain("barrier");
      for (const key of ["Shift+F10", "ContextMenu"]) {
        await canvas.node("two").click();
        await press(key);
        await workbench.menu.getByText("Delete and Reconnect").waitFor();
        await workbench.press("Escape");
        await workbench.menu.waitFor({ state: "hidden" });
      }
      await canvas.node("one").click();
      await canvas.node("lone").click({ modifiers: ["Control"] });
      await canvas.node("lone").click({ button: "right" });
      await workbench.menu.getByText("Align Left").waitFor();
      await workbench.screenshot("menu-of-several");
      await workbench.chooseInMenu("Align Left");
      await expect.poll(() => canvas.place("lone"), SOON).toEqual([160, 240]);
    },
  },
  {
    row: "snippets",
    keys: ["Save Selection as Snippet…"],
    act: async ({ workbench, canvas, press }) => {
      await canvas.node("one").click();
      await canvas.node("two").click({ modifiers: ["Control"] });
      await workbench.run("Patchbay: Save Selection as Snippet…");
      await workbench.untilAsked("What the palette calls it");
      await workbench.answer("Two steps");
      await expect.poll(() => existsSync(join(session.profile.workspace, ".patchbay/snippets/two-steps.json")), SOON).toBe(true);
      await canvas.pane.hover({ position: { x: 300, y: 520 } });
      await canvas.focus();
      await press("Tab");
      await workbench.insert("two steps");
      await canvas.frame.locator('.palette-item[aria-selected="true"]', { hasText: "Two steps" }).waitFor();
      await workbench.press("Escape");
    },
  },
  {
    row: "what there is to press",
    keys: ["?"],
    act: async ({ workbench, canvas, press }) => {
      await canvas.focus();
      await press("Shift+?");
      await canvas.frame.getByRole("dialog", { name: "Keys and gestures" }).waitFor();
      await workbench.screenshots("shortcuts");
      await canvas.frame.getByRole("button", { name: "Close (Escape)" }).click();
    },
  },
];

let session: WorkbenchSession;
const fileOf = (row: string): string => `hands-${String(rows.findIndex((each) => each.row === row))}.patchbay.json`;

beforeAll(async () => {
  const graphs = Object.fromEntries(rows.map(({ row }) => [fileOf(row), GRAPH]));
  session = await openWorkbench({ files: { ...graphs, "nodes/count-words.ts": HANDLER } });
  await session.workbench.run("View: Close Primary Side Bar");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

for (const { row, keys, act } of rows) {
  test(`${row}: ${keys.join(", ")}`, async () => {
    if (typeof act !== "function") {
      for (const file of act.elsewhere) expect([file, existsSync(new URL(file, import.meta.url))]).toEqual([file, true]);
      return;
    }
    const { workbench } = session;
    const canvas = await workbench.openGraph(fileOf(row));
    await canvas.focus();
    await act({
      workbench,
      canvas,
      nodes: () => canvas.nodeIds(),
      press: async (...all) => {
        for (const key of all) await workbench.press(key);
      },
    });
    if (await workbench.tab(fileOf(row)).count()) await workbench.save();
  });
}
