// What is added to a graph in a real VS Code from elsewhere: files of the explorer, snippets of one's own; and where the graph runs downwards.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "zebra.patchbay.json";
const GRAPH = `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "integer" } }
  },
  "nodes": {
    "count": { "kind": "expression", "set": { "n": "1" } },
    "old": { "kind": "code", "handler": "./look-up.ts" }
  },
  "edges": {
    "in": { "from": "@start", "to": "count" },
    "on": { "from": "count", "to": "old" }
  },
  "layout": {
    "@start": [0, 0],
    "count": [160, 0],
    "old": [520, 0],
    "@end": [880, 0]
  }
}
`;
const PAIR = {
  title: "Ask twice",
  nodes: { once: { kind: "barrier", prompt: "Once?" }, twice: { kind: "barrier", prompt: "Twice?" } },
  edges: { again: { from: "once", to: "twice", on: "approve" } },
  layout: { once: [0, 0], twice: [320, 0] },
};

let session: WorkbenchSession;
let canvas: Canvas;
beforeAll(async () => {
  const handler = "export default async () => ({});\n";
  session = await openWorkbench({
    files: {
      [FILE]: GRAPH,
      "inner.patchbay.json": `{ "patchbay": 1, "nodes": { "say": { "kind": "expression", "set": {} } }, "edges": { "in": { "from": "@start", "to": "say" } } }`,
      "look-up.ts": handler,
      "send-off.ts": handler,
      "notes.md": "Words.\n",
      ".patchbay/snippets/ask-twice.json": JSON.stringify(PAIR),
    },
    settings: {
      "explorer.autoReveal": false,
      "patchbay.snippets": { "Add one": { description: "To n", nodes: { more: { kind: "expression", set: { n: "n + 1" } } } } },
    },
  });
  const { workbench } = session;
  canvas = await workbench.openGraph(FILE);
  await workbench.sideBar.show("Explorer");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

interface Saved {
  readonly nodes: Readonly<Record<string, unknown>>;
  readonly edges: Readonly<Record<string, unknown>>;
  readonly layout: Readonly<Record<string, readonly number[]>>;
}

const onDisk = (): string => readFileSync(join(session.profile.workspace, FILE), "utf8");

/** Saves the graph; gives what its file holds once these nodes are in it. */
async function saved(...nodes: readonly string[]): Promise<Saved> {
  const graph = (): Saved => JSON.parse(onDisk());
  await session.workbench.save();
  await expect.poll(() => Object.keys(graph().nodes), SOON).toEqual(expect.arrayContaining([...nodes]));
  return graph();
}

/** One undo brings all back. */
async function undo(): Promise<void> {
  await canvas.focus();
  await session.workbench.press("Control+z");
  await expect.poll(async () => (await canvas.nodeIds()).toSorted(), SOON).toEqual(["@end", "@start", "count", "old"]);
  await session.workbench.save();
  await expect.poll(onDisk, SOON).toBe(GRAPH);
}

/** How far the middle of a node is from a point of the background, in pixels of the screen. */
async function offFrom(id: string, x: number, y: number): Promise<number> {
  const [box, pane] = [await canvas.node(id).boundingBox(), await canvas.pane.boundingBox()];
  if (box === null || pane === null) throw new Error(`not drawn: ${id}`);
  return Math.hypot(box.x + box.width / 2 - pane.x - x, box.y + box.height / 2 - pane.y - y);
}

test("a handler and a graph that are dragged from the explorer become nodes where they are dropped", async () => {
  const { sideBar } = session.workbench;
  await canvas.dropFrom(sideBar.file("send-off.ts"), { at: canvas.pane, position: { x: 300, y: 560 } });
  await expect.poll(() => canvas.nodeIds(), SOON).toContain("send_off");
  expect(await offFrom("send_off", 300, 560)).toBeLessThan(20); // of the grid
  expect((await saved("send_off")).nodes).toMatchObject({ send_off: { kind: "code", label: "Send off", handler: "./send-off.ts" } });
  await undo();
  await canvas.dropFrom(sideBar.file("inner.patchbay.json"), { at: canvas.pane, position: { x: 700, y: 200 } });
  await expect.poll(() => canvas.nodeIds(), SOON).toContain("inner");
  expect(await offFrom("inner", 700, 200)).toBeLessThan(20);
  expect((await saved("inner")).nodes).toMatchObject({ inner: { kind: "subgraph", label: "Inner", graph: "./inner.patchbay.json" } });
  await undo();
});

test("a handler that is dropped on a code node takes the place of its own", async () => {
  const { sideBar } = session.workbench;
  await canvas.dropFrom(sideBar.file("send-off.ts"), { at: canvas.node("old") });
  await expect.poll(() => canvas.node("old").innerText(), SOON).toContain("./send-off.ts");
  await undo();
  await expect.poll(() => canvas.node("old").innerText(), SOON).toContain("./look-up.ts");
});

test("several files are one edit; what no node can name is left out, and why is said", async () => {
  const { workbench } = session;
  const { sideBar } = workbench;
  for (const name of ["inner.patchbay.json", "notes.md", "send-off.ts"]) await sideBar.file(name).click({ modifiers: ["Control"] });
  await canvas.dropFrom(sideBar.file("inner.patchbay.json"), { at: canvas.pane, position: { x: 500, y: 560 } });
  await expect.poll(() => canvas.nodeIds(), SOON).toEqual(expect.arrayContaining(["inner", "send_off"]));
  await canvas.frame.getByTestId("notice").getByText("notes.md is neither a handler").waitFor();
  expect(await canvas.selected()).toEqual(expect.arrayContaining(["inner", "send_off"]));
  await workbench.screenshots("dropped-files");
  await undo();
});

test("snippets of the folder and of the settings are inserted from the palette", async () => {
  const { workbench } = session;
  for (const [typed, name, ids] of [
    ["ask tw", "Ask twice", ["once", "twice"]],
    ["add on", "Add one", ["more"]],
  ] as const) {
    await canvas.focus();
    await workbench.press("Tab");
    await canvas.frame.locator(".palette").waitFor();
    await workbench.insert(typed);
    await canvas.frame.locator('.palette-item[aria-selected="true"]', { hasText: name }).waitFor();
    await workbench.press("Enter");
    await expect.poll(() => canvas.nodeIds(), SOON).toEqual(expect.arrayContaining([...ids]));
    const { nodes, edges } = await saved(...ids);
    expect(Object.keys(nodes)).toEqual(["count", "old", ...ids]);
    expect(Object.values(edges)).toHaveLength(1 + ids.length);
    await workbench.screenshot(`snippet-${ids[0]}`);
    await undo();
  }
});

test("a note added by command stands whole in view, wherever the pointer was last", async () => {
  const { workbench } = session;
  await canvas.pane.hover({ position: { x: 2, y: 300 } });
  await workbench.run("Patchbay: Add Note");
  const note = canvas.frame.locator(".react-flow__node-note");
  await note.waitFor();
  const [box, pane] = [await note.boundingBox(), await canvas.pane.boundingBox()];
  if (box === null || pane === null) throw new Error("not drawn");
  expect(box.x).toBeGreaterThanOrEqual(pane.x);
  expect(box.y).toBeGreaterThanOrEqual(pane.y);
  expect(box.x + box.width).toBeLessThanOrEqual(pane.x + pane.width);
  await workbench.press("Escape");
  await undo();
});

test("the setting turns the graph downwards at once, and what is added behind a node comes beneath it", async () => {
  const { workbench, profile } = session;
  const file = join(profile.workspace, ".vscode/settings.json");
  mkdirSync(dirname(file), { recursive: true });
  const portOf = async (side: "source" | "target"): Promise<readonly number[]> => {
    const [port, card] = [await canvas.port("old", side).boundingBox(), await canvas.node("old").boundingBox()];
    if (port === null || card === null) throw new Error("not drawn");
    return [(port.x + port.width / 2 - card.x) / card.width, (port.y + port.height / 2 - card.y) / card.height].map(
      (share) => Math.round(share * 10) / 10,
    );
  };
  expect([await portOf("target"), await portOf("source")]).toEqual([
    [0, 0.5],
    [1, 0.5],
  ]);
  writeFileSync(file, JSON.stringify({ "patchbay.canvas.orientation": "top-to-bottom" }));
  await expect.poll(() => portOf("source"), SOON).toEqual([0.5, 1]);
  expect(await portOf("target")).toEqual([0.5, 0]);
  await canvas.node("old").click();
  await workbench.press("Control+Enter");
  await canvas.frame.locator(".palette").waitFor();
  await canvas.choose("barrier");
  await expect.poll(() => canvas.nodeIds(), SOON).toContain("barrier");
  const { layout, edges } = await saved("barrier");
  expect(layout["barrier"]?.[0]).toBe(520);
  expect(layout["barrier"]?.[1]).toBeGreaterThan(60);
  expect(Object.values(edges)).toContainEqual({ from: "old", to: "barrier" });
  await workbench.screenshots("downwards");
  await undo();
  writeFileSync(file, "{}");
  await expect.poll(() => portOf("source"), SOON).toEqual([1, 0.5]);
});

test("the window printed no errors", () => expect(session.workbench.errors).toEqual([]));
