import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import type { DebugViews } from "./debug-views.js";
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
/** Lines on which entries are written. */
const [COUNT, DONE, FINISH] = [9, 10, 15];

let session: WorkbenchSession;
let canvas: Canvas;
let debugging: DebugViews;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: TEXT } });
  canvas = await session.workbench.openGraph(FILE);
  debugging = session.workbench.debugging;
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const lineOf = (id: string): number =>
  readFileSync(join(session.profile.workspace, FILE), "utf8")
    .split("\n")
    .findIndex((line) => line.includes(`"${id}": {`)) + 1;

test("F9 on a node and on an edge sets VS Code's breakpoints", async () => {
  const { workbench } = session;
  await canvas.node("count").click();
  await workbench.press("F9");
  await expect.poll(() => canvas.breakpoints(), SOON).toEqual(["node count before set"]);
  await canvas.pill("finish").click();
  await workbench.press("F9");
  await expect.poll(() => canvas.breakpoints(), SOON).toEqual(["node count before set", "edge finish taken set"]);
  await workbench.run("View: Show Run and Debug");
  await expect.poll(() => debugging.breakpoints(), SOON).toEqual([`${FILE} ${COUNT}`, `${FILE} ${FINISH}`]);
});

test("the menu of a node stops after it, too", async () => {
  const { workbench } = session;
  await canvas.node("count").click({ button: "right" });
  await workbench.chooseInMenu("Break After Node");
  await expect.poll(() => canvas.breakpoints(), SOON).toEqual(["node count before set", "node count after set", "edge finish taken set"]);
});

test("a condition is typed on the canvas, and one that cannot be read is not taken; nothing that was typed goes by a click", async () => {
  const { workbench } = session;
  const dot = canvas.node("done").locator(".breakpoint");
  await canvas.node("done").click({ button: "right" });
  await workbench.chooseInMenu("Add Conditional Breakpoint…");
  await (await workbench.typeAnswer("n >")).press("Enter");
  await workbench.untilAsked("Expected");
  await workbench.answer("n > 5.0");
  await expect.poll(() => dot.getAttribute("data-kind"), SOON).toBe("conditional");
  await canvas.node("done").click({ button: "right" });
  await workbench.chooseInMenu("Disable Breakpoint");
  await expect.poll(() => dot.getAttribute("data-form"), SOON).toBe("disabled");
  await dot.click();
  await workbench
    .dialog("is lost when it is removed")
    .getByRole("button", { name: /^Remove Breakpoint/ })
    .click();
  await dot.waitFor({ state: "detached" });
});

test("those of a node that is gone wait, unverified, and come back with it", async () => {
  const { workbench } = session;
  await canvas.node("done").click();
  await workbench.press("F9");
  await expect.poll(() => canvas.breakpoints(), SOON).toContain("node done before set");
  await workbench.press("Delete");
  await expect.poll(() => canvas.nodeIds(), SOON).not.toContain("done");
  await workbench.press("F5");
  await expect.poll(() => debugging.frames(), SOON).toEqual([`Count up ${FILE} ${COUNT}:5`]);
  await expect.poll(() => debugging.unverified(), SOON).toMatch(/has no node "done"[^]*has no edge "finish"/);
  await workbench.press("Shift+F5");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
  await canvas.focus();
  await workbench.press("Control+Z");
  await expect.poll(() => canvas.breakpoints(), SOON).toContain("node done before set");
  await expect.poll(() => canvas.breakpoints(), SOON).toContain("edge finish taken set");
  await canvas.node("done").click();
  await workbench.press("F9");
  await expect.poll(() => canvas.breakpoints(), SOON).not.toContain("node done before set");
});

test("they stand in the gutter of the text, and what is set there stands on the canvas", async () => {
  const { workbench } = session;
  await workbench.run("Patchbay: Open Source Beside");
  await workbench.focusText();
  await expect.poll(() => debugging.gutter(), SOON).toEqual([COUNT, FINISH]);
  await debugging.clickGutter(DONE);
  await expect.poll(() => canvas.breakpoints(), SOON).toContain("node done before set");
  await debugging.clickGutter(DONE);
  await expect.poll(() => canvas.breakpoints(), SOON).not.toContain("node done before set");
  await workbench.screenshots("breakpoints");
});

test("they stay with their entries when lines are moved in the text, and when nodes change places on disk", async () => {
  const { workbench } = session;
  await workbench.goTo(FINISH, 1);
  await workbench.run("Move Line Up");
  await expect.poll(() => workbench.text(), SOON).toMatch(/"finish": [^]*"again": /);
  await workbench.save();
  await expect.poll(() => lineOf("finish"), SOON).toBe(FINISH - 1);
  await expect.poll(() => debugging.gutter(), SOON).toEqual([COUNT, FINISH - 1]);
  await expect.poll(() => canvas.breakpoints(), SOON).toContain("edge finish taken set");
  await workbench.run("View: Close All Editors");
  canvas = await workbench.openGraph(FILE);
  const [head = "", tail = ""] = TEXT.split(/ {4}"count".*\n/);
  const count = TEXT.split("\n")[COUNT - 1] ?? "";
  const path = join(session.profile.workspace, FILE);
  writeFileSync(path, `${head}${tail.replace(/("done": .*)\n/, `$1,\n${count.slice(0, -1)}\n`)}`);
  expect(lineOf("count")).toBe(DONE);
  await expect
    .poll(() => debugging.breakpoints(), SOON)
    .toEqual([`${FILE} ${DONE}`, `${FILE} ${DONE}:${count.length - 1}`, `${FILE} ${FINISH}`]);
  await expect.poll(() => canvas.breakpoints(), SOON).toEqual(["node count before set", "node count after set", "edge finish taken set"]);
});

test("a run stops there: the canvas shows where, and nothing else is opened", async () => {
  const { workbench } = session;
  await canvas.focus();
  await workbench.press("F5");
  await expect.poll(() => debugging.frames(), SOON).toEqual([`Count up ${FILE} ${DONE}:5`]);
  await expect.poll(() => canvas.paused(), SOON).toEqual(["count"]);
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 0");
  await expect.poll(() => workbench.tab(FILE).count(), SOON).toBe(1);
  await expect.poll(() => canvas.isFocused(), SOON).toBe(true);
});

test("the keys of the debugger work on the canvas, and its own buttons on what is debugged", async () => {
  const { workbench } = session;
  await workbench.press("F10");
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 1");
  await workbench.press("F11");
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 2");
  await workbench.press("Control+Shift+F5");
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 0");
  await canvas.button("run/step").click();
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 1");
  await expect.poll(() => canvas.paused(), SOON).toEqual(["count"]);
});

test("the next step takes the edge that is chosen on the canvas", async () => {
  const { workbench } = session;
  await canvas.pill("finish").click({ button: "right" });
  await workbench.chooseInMenu("Take This Edge Next");
  await expect.poll(() => canvas.pill("finish").getAttribute("data-forced"), SOON).toBe("now");
  await expect.poll(() => canvas.paused(), SOON).toEqual(["done"]); // what has just finished is routed anew
  await workbench.press("F10");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  await expect.poll(() => canvas.pill("finish").getAttribute("data-forced"), SOON).toBe("before");
  expect(await canvas.paused()).toEqual([]);
});

test("they are kept by a new window", async () => {
  const { workbench } = session;
  await canvas.focus();
  await workbench.press("F5");
  await expect.poll(() => debugging.frames(), SOON).toEqual([`Count up ${FILE} ${DONE}:5`]);
  await workbench.press("Shift+F5");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
  await workbench.reload();
  canvas = workbench.canvas;
  await canvas.waitUntilLoaded();
  await expect.poll(() => canvas.breakpoints(), SOON).toEqual(["node count before set", "node count after set", "edge finish taken set"]);
});
