// Laying out and exporting pictures in a real VS Code.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pixelOf, readPng } from "../support/png.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const MESSY = `{
  "patchbay": 1,
  "title": "Messy",
  "channels": { "n": { "schema": { "type": "number" } } },
  "nodes": {
    "read": { "kind": "expression", "set": { "n": "1" } },
    "small": { "kind": "expression", "set": { "n": "2" } },
    "large": { "kind": "expression", "set": { "n": "3" } },
    "write": { "kind": "expression", "set": { "n": "4" } }
  },
  "edges": {
    "e1": { "from": "@start", "to": "read" },
    "e2": { "from": "read", "to": "small", "when": "n < 10.0" },
    "e3": { "from": "read", "to": "large", "else": true },
    "e4": { "from": "small", "to": "write" },
    "e5": { "from": "large", "to": "write" },
    "e6": { "from": "write", "to": "@end" }
  },
  "layout": {
    "@start": [600, 300],
    "read": [40, 20],
    "small": [60, 40],
    "large": [500, 20],
    "write": [0, 200],
    "@end": [20, 340]
  }
}
`;
const FILE = "messy.patchbay.json";

let session: WorkbenchSession;
beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: MESSY } });
  await session.workbench.run("View: Close Primary Side Bar");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const inWorkspace = (file: string): string => join(session.profile.workspace, file);
const onDisk = (): { readonly layout: Readonly<Record<string, readonly [number, number]>> } =>
  JSON.parse(readFileSync(inWorkspace(FILE), "utf8"));

test("Shift+Alt+F lays a graph out, and one undo brings all of it back", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await workbench.screenshot("layout-before");
  await canvas.focus();
  await workbench.press("Shift+Alt+F");
  await expect.poll(() => canvas.place("read"), SOON).toEqual([760, 300]);
  await workbench.screenshots("layout-after");
  await workbench.save();
  await expect.poll(() => onDisk().layout, SOON).toMatchObject({ "@start": [600, 300], read: [760, 300] });
  const { layout } = onDisk();
  const column = (id: string): number => layout[id]?.[0] ?? 0;
  expect(column("small")).toBe(column("large"));
  expect([column("read"), column("small"), column("write"), column("@end")]).toEqual(
    [column("read"), column("small"), column("write"), column("@end")].toSorted((a, b) => a - b),
  );
  await canvas.focus();
  await workbench.press("Control+z");
  await expect.poll(() => canvas.place("read"), SOON).toEqual([40, 20]);
  await workbench.save();
  await expect.poll(() => readFileSync(inWorkspace(FILE), "utf8"), SOON).toBe(MESSY);
});

test("what is selected is laid out where it is, by a command", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await canvas.focus();
  await canvas.node("small").click();
  await canvas.node("large").click({ modifiers: ["Control"] });
  await workbench.run("Patchbay: Lay Out Selection");
  await expect.poll(() => canvas.place("small"), SOON).not.toEqual([60, 40]);
  for (const [id, place] of [
    ["read", [40, 20]],
    ["write", [0, 200]],
  ] as const)
    await expect.poll(() => canvas.place(id), SOON).toEqual(place);
  await canvas.focus();
  await workbench.press("Control+z");
  await expect.poll(() => canvas.place("small"), SOON).toEqual([60, 40]);
});

test("a graph is written as a PNG, twice the size, in the colours of the theme", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await canvas.focus();
  await canvas.pane.click({ position: { x: 5, y: 5 } });
  await workbench.run("Patchbay: Export as Picture…");
  await workbench.choose("PNG, Twice the Size");
  const file = inWorkspace("messy.png");
  await workbench.answer(file);
  await expect.poll(() => readPng(readFileSync(file)).width, SOON).toBeGreaterThan(1600);
  const png = readPng(readFileSync(file));
  expect([png.width % 2, png.height % 2]).toEqual([0, 0]);
  expect(pixelOf(png, 2, 2)).toEqual([0x1f, 0x1f, 0x23, 255]);
});
