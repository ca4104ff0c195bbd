import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { DebugViews } from "./debug-views.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "counts.patchbay.json";
const TEXT = `{
  "patchbay": 1,
  "title": "Counts",
  "channels": {
    "n": { "schema": { "type": "number" }, "default": 0 },
    "log": { "schema": { "type": "array" }, "reducer": "append" }
  },
  "nodes": {
    "count": { "kind": "expression", "label": "Count up", "set": { "n": "n + 1.0", "log": "[n]" } },
    "done": { "kind": "expression", "label": "Done", "set": { "log": "['done']" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "count" },
    "again": { "from": "count", "to": "count", "when": "n < 3.0" },
    "finish": { "from": "count", "to": "done", "else": true },
    "end": { "from": "done", "to": "@end" }
  }
}
`;
/** Where "count" is written. */
const COUNT = 9;

/** A graph longer than a window: the subgraph that runs second is written last. */
const LONG = "long.patchbay.json";
const INNER = "inner.patchbay.json";
const AFTER = Array.from({ length: 30 }, (_, index) => `after${index}`);
const DOUBLED = { kind: "expression", set: { n: "n * 2.0" } };
const CHANNELS = { n: { schema: { type: "number" }, default: 1 } };
const LONG_TEXT = written({
  channels: CHANNELS,
  nodes: {
    first: DOUBLED,
    ...Object.fromEntries(AFTER.map((id) => [id, DOUBLED])),
    inner: { kind: "subgraph", graph: `./${INNER}` },
  },
  edges: {
    begin: { from: "@start", to: "first" },
    go: { from: "first", to: "inner" },
    ...Object.fromEntries(AFTER.map((id, index) => [`to-${id}`, { from: AFTER[index - 1] ?? "inner", to: id }])),
  },
});
const INNER_TEXT = written({ channels: CHANNELS, nodes: { within: DOUBLED }, edges: { begin: { from: "@start", to: "within" } } });

let session: WorkbenchSession;
let canvas: Canvas;
let debugging: DebugViews;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: TEXT, [LONG]: LONG_TEXT, [INNER]: INNER_TEXT } });
  const { workbench } = session;
  canvas = await workbench.openGraph(FILE);
  debugging = workbench.debugging;
  await workbench.run("Patchbay: Open Source Beside");
  await workbench.focusText();
  await workbench.goTo(COUNT, 1);
  await workbench.press("F9");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

test("F5 on the canvas runs the graph to a breakpoint set in its text", async () => {
  const { workbench } = session;
  await canvas.focus();
  await workbench.press("F5");
  await expect.poll(() => debugging.frames(), SOON).toEqual([`Count up ${FILE} ${COUNT}:5`]);
  await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
});

test("F10 steps over, F5 goes on to the breakpoint, step back goes back", async () => {
  const { workbench } = session;
  await workbench.press("F10");
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 1");
  await workbench.press("F5");
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 2");
  await workbench.screenshots("debug");
  await debugging.press("Step Back");
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 1");
  await debugging.press("Stop");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
});

test("who debugs in the text stays there, with the values of channels behind the lines that name them", async () => {
  const { workbench } = session;
  await workbench.focusText();
  await workbench.press("F5");
  await expect.poll(() => debugging.frames(), SOON).toEqual([`Count up ${FILE} ${COUNT}:5`]);
  await expect.poll(() => workbench.text(), SOON).toMatch(/"n": .*n = 0/);
  await workbench.press("F10");
  await expect.poll(() => workbench.text(), SOON).toMatch(/"n": .*n = 1/);
  await expect.poll(() => debugging.hover("n < 3.0", 12), SOON).toBe("1");
  await expect.poll(() => workbench.tab(FILE).count(), SOON).toBe(2);
  await workbench.screenshots("values-in-text");
  await debugging.press("Stop");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
});

test("the line of a stop comes into view in the text, and the text of a subgraph that is stepped into", async () => {
  const { workbench } = session;
  await workbench.run("View: Close All Editors");
  await workbench.openGraph(LONG);
  await workbench.run("Patchbay: Open Source Beside");
  await expect.poll(() => workbench.text(), SOON).toContain('"first"');
  await workbench.focusText();
  await workbench.goTo(lineOf(LONG_TEXT, "inner"), 1);
  await workbench.press("F9");
  await workbench.goTo(1, 1);
  await expect.poll(() => workbench.text(), SOON).not.toContain('"inner"');
  await workbench.press("F5");
  await expect.poll(() => workbench.text(), SOON).toContain('"inner": {');
  await expect.poll(() => workbench.cursor(), SOON).toBe(`Ln ${lineOf(LONG_TEXT, "inner")}, Col 5`);
  await workbench.press("F11");
  await expect.poll(() => debugging.frames(), SOON).toHaveLength(2);
  await expect.poll(() => workbench.text(), SOON).toContain('"within": {');
  await expect.poll(() => workbench.cursor(), SOON).toBe(`Ln ${lineOf(INNER_TEXT, "within")}, Col 5`);
  await workbench.screenshots("text-of-subgraph");
  await workbench.focusText();
  await workbench.press("Shift+F11");
  await expect.poll(() => workbench.text(), SOON).toContain('"after0": {');
  await expect.poll(() => workbench.cursor(), SOON).toBe(`Ln ${lineOf(LONG_TEXT, "after0")}, Col 5`);
  await expect.poll(() => workbench.tab(LONG).count(), SOON).toBe(2);
  await expect.poll(() => workbench.tab(INNER).count(), SOON).toBe(1);
  await debugging.press("Stop");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
});

function written(graph: object): string {
  return JSON.stringify({ patchbay: 1, ...graph }, null, 2);
}

function lineOf(text: string, node: string): number {
  return text.split("\n").findIndex((line) => line.startsWith(`    "${node}": {`)) + 1;
}
