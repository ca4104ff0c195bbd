// Notes and groups by hand in a real VS Code: what the document says of them, and what one undo takes back.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "annotated.patchbay.json";
const GRAPH = `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "number" } }
  },
  "nodes": {
    "first": { "kind": "expression", "set": { "n": "1" } },
    "second": { "kind": "expression", "set": { "n": "2" } }
  },
  "edges": {
    "in": { "from": "@start", "to": "first" },
    "on": { "from": "first", "to": "second" }
  },
  "layout": {
    "@start": [-160, 0],
    "first": [0, 0],
    "second": [320, 0]
  }
}
`;
const GROUPED = GRAPH.replace(
  '  "layout"',
  '  "groups": {\n    "group": { "label": "Both", "nodes": ["first", "second"] }\n  },\n  "layout"',
);

let session: WorkbenchSession;
beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: GRAPH } });
  await session.workbench.run("View: Close Primary Side Bar");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const onDisk = (): string => readFileSync(join(session.profile.workspace, FILE), "utf8");
const placeOf = (text: string, id: string): unknown => (JSON.parse(text) as { layout: Record<string, unknown> }).layout[id];

test("nodes are grouped, their frame moves them, and one undo brings them back", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await canvas.node("first").click();
  await canvas.node("second").click({ modifiers: ["Shift"] });
  await workbench.press("Control+g");
  const name = canvas.frame.getByRole("textbox", { name: "Name of the group" });
  await name.fill("Both");
  await name.press("Enter");
  const header = canvas.node("group").locator(".group-header");
  await expect.poll(() => header.innerText(), SOON).toBe("Both");
  await workbench.save();
  await expect.poll(onDisk, SOON).toBe(GROUPED);

  const before = await canvas.place("first");
  await canvas.drag({ at: header }, { at: header, position: { x: 60, y: 216 } });
  await expect.poll(() => canvas.place("first"), SOON).not.toEqual(before);
  await workbench.save();
  await expect.poll(() => placeOf(onDisk(), "first"), SOON).not.toEqual(placeOf(GROUPED, "first"));
  const moved = onDisk();
  const [x, y] = placeOf(moved, "first") as [number, number];
  expect(placeOf(moved, "second")).toEqual([x + 320, y]);
  expect(y).toBeGreaterThan(100);
  expect(moved.replace(/"layout".*/s, "")).toBe(GROUPED.replace(/"layout".*/s, ""));

  await canvas.focus();
  await workbench.press("Control+z");
  await expect.poll(() => canvas.place("first"), SOON).toEqual(before);
  await workbench.save();
  await expect.poll(onDisk, SOON).toBe(GROUPED);
});

test("a note is added from the menu of VS Code's commands, typed, and saved", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await canvas.focus();
  await workbench.run("Patchbay: Add Note");
  const field = canvas.frame.getByRole("textbox", { name: "Text of the note" });
  await field.fill("Why **two**?\nOne is not enough.");
  await field.press("Control+Enter");
  await expect.poll(() => canvas.node("note").innerText(), SOON).toBe("Why two?\nOne is not enough.");
  await workbench.save();
  const saved = (): unknown => JSON.parse(onDisk());
  await expect.poll(saved, SOON).toMatchObject({ notes: { note: { text: "Why **two**?\nOne is not enough." } } });
  expect(placeOf(onDisk(), "note")).toEqual([expect.any(Number), expect.any(Number), 200, 100]);
  await workbench.screenshots("annotations");
  await canvas.focus();
  await workbench.press("Control+z");
  await expect.poll(() => canvas.node("note").innerText(), SOON).toBe("Empty note");
  await workbench.press("Control+z");
  await expect.poll(() => canvas.node("note").count(), SOON).toBe(0);
  await workbench.save();
  await expect.poll(onDisk, SOON).toBe(GROUPED);
});
