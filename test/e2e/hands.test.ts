// What hands do on the canvas of a real VS Code that the document shows: the clipboard, finding, deciding what a merge left open.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const ONE = `{
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
    "on": { "from": "first", "to": "second", "when": "n > 0.0" }
  },
  "layout": {
    "@start": [-160, 0],
    "first": [0, 0],
    "second": [320, 0]
  }
}
`;
const OTHER = `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "number" } }
  },
  "nodes": {
    "first": { "kind": "expression", "set": { "n": "0" } }
  },
  "edges": {
    "in": { "from": "@start", "to": "first" }
  },
  "layout": {
    "@start": [-160, 0],
    "first": [0, 0]
  }
}
`;
const CONFLICT = ONE.replace(
  '  "layout"',
  '  "conflicts": [{ "at": "/nodes/second/set/n", "base": "3", "ours": "2", "theirs": "4" }],\n  "layout"',
);

let session: WorkbenchSession;
beforeAll(async () => {
  session = await openWorkbench({
    files: { "copied-from.patchbay.json": ONE, "pasted-into.patchbay.json": OTHER, "left-open.patchbay.json": CONFLICT },
  });
  await session.workbench.run("View: Close Primary Side Bar");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const onDisk = (file: string): string => readFileSync(join(session.profile.workspace, file), "utf8");

test("nodes are copied in one graph and pasted in another, with the edges between them", async () => {
  const { workbench } = session;
  let canvas = await workbench.openGraph("copied-from.patchbay.json");
  await canvas.focus();
  await workbench.press("Control+a");
  await workbench.press("Control+c");
  canvas = await workbench.openGraph("pasted-into.patchbay.json");
  await canvas.focus();
  await workbench.press("Control+v");
  await expect.poll(async () => (await canvas.nodeIds()).toSorted(), SOON).toEqual(["@end", "@start", "first", "first2", "second"]);
  await workbench.save();
  const text = (): unknown => JSON.parse(onDisk("pasted-into.patchbay.json"));
  await expect.poll(text, SOON).toMatchObject({
    nodes: { first: { set: { n: "0" } }, first2: { set: { n: "1" } }, second: { set: { n: "2" } } },
    edges: { in: { to: "first" }, on: { from: "first2", to: "second", when: "n > 0.0" } },
  });
  await workbench.press("Control+z");
  await expect.poll(async () => (await canvas.nodeIds()).toSorted(), SOON).toEqual(["@end", "@start", "first"]);
  await workbench.save();
});

test("a node is found by what it does", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph("copied-from.patchbay.json");
  await canvas.focus();
  await workbench.press("Control+f");
  const field = canvas.frame.getByRole("textbox", { name: "Find nodes and edges" });
  await field.fill("n = 2");
  await expect.poll(() => canvas.frame.locator(".react-flow__node.selected").getAttribute("data-id"), SOON).toBe("second");
  await workbench.screenshots("find");
  await field.press("Escape");
});

test("what a merge left open is decided by a choice, as one step of undo", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph("left-open.patchbay.json");
  await canvas.focus();
  await expect
    .poll(() => workbench.problems(), SOON)
    .toContainEqual(expect.stringContaining("Both sides of the merge changed nodes.second.set.n"));
  await workbench.screenshots("conflict");
  await workbench.run("Patchbay: Resolve Conflict…");
  await workbench.choose("Take Theirs");
  await workbench.save();
  await expect.poll(() => onDisk("left-open.patchbay.json"), SOON).toBe(ONE.replace('"n": "2"', '"n": "4"'));
  await canvas.focus();
  await workbench.press("Control+z");
  await expect.poll(() => canvas.node("second").innerText(), SOON).toContain("n = 2");
  await workbench.save();
  await expect.poll(() => onDisk("left-open.patchbay.json"), SOON).toBe(CONFLICT);
});
