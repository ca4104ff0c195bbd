import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "pair.patchbay.json";
const TEXT = `{
  "patchbay": 1,
  "title": "Pair",
  "channels": { "n": { "schema": { "type": "number" } } },
  "nodes": {
    "first": { "kind": "expression", "label": "First", "set": { "n": "1" } },
    "second": { "kind": "expression", "label": "Second", "set": { "n": "2" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "first" },
    "next": { "from": "first", "to": "second" }
  },
  "layout": {
    "@start": [0, 0],
    "first": [120, 0],
    "second": [120, 120],
    "@end": [400, 120]
  }
}
`;

let session: WorkbenchSession;
let left: Canvas;
let right: Canvas;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: TEXT } });
  const { workbench } = session;
  await workbench.openFile(FILE);
  await workbench.canvas.waitUntilLoaded();
  await workbench.run("View: Close Primary Side Bar");
  await workbench.run("View: Split Editor Right");
  [left, right] = [workbench.canvasAt(0), workbench.canvasAt(1)];
  await right.waitUntilLoaded();
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

test("what is done on one canvas shows on the other", async () => {
  const { workbench } = session;
  await left.node("first").click();
  await workbench.press("F2");
  await workbench.insert("Renamed");
  await workbench.press("Enter");
  await expect.poll(() => right.label("first"), SOON).toBe("Renamed");

  await right.node("second").click();
  await workbench.press("Control+ArrowDown");
  await expect.poll(() => left.place("second"), SOON).toEqual([120, 140]);

  await left.drag({ at: left.port("second", "source") }, { at: left.port("@end", "target") });
  await expect.poll(() => right.edgeIds(), SOON).toEqual(["begin", "next", "e3"]);

  await right.clickEdge("next");
  await workbench.press("Delete");
  await expect.poll(() => left.edgeIds(), SOON).toEqual(["begin", "e3"]);
});

test("undo on either canvas undoes on both, whoever did it", async () => {
  const { workbench } = session;
  await left.focus();
  await workbench.press("Control+Z");
  for (const canvas of [left, right]) await expect.poll(() => canvas.edgeIds(), SOON).toContain("next");

  await right.focus();
  for (const _ of ["e3", "move", "rename"]) await workbench.press("Control+Z");
  for (const canvas of [left, right]) {
    await expect.poll(() => canvas.label("first"), SOON).toBe("First");
    await expect.poll(() => canvas.place("second"), SOON).toEqual([120, 120]);
    await expect.poll(() => canvas.edgeIds(), SOON).toEqual(["begin", "next"]);
  }
});

test("the text beside says what the canvas shows, and the canvas what the text says", async () => {
  const { workbench } = session;
  await right.focus();
  await workbench.untilGroupActive(1);
  await workbench.run("Patchbay: Open Source Beside");
  await expect.poll(() => workbench.text(), SOON).toContain('"second": [120, 120]');
  await right.node("second").click();
  await workbench.press("Control+ArrowRight");
  await expect.poll(() => workbench.text(), SOON).toContain('"second": [140, 120]');

  await workbench.focusText();
  await workbench.goTo(16, 16);
  await workbench.press("Shift+End");
  await workbench.insert("300, 220],");
  for (const canvas of [left, right]) await expect.poll(() => canvas.place("second"), SOON).toEqual([300, 220]);
});

test("the window printed no errors", () => {
  expect(session.workbench.errors).toEqual([]);
});
