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

let session: WorkbenchSession;
let canvas: Canvas;
let debugging: DebugViews;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: TEXT } });
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
