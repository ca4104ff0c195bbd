import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "counts.patchbay.json";
const TEXT = `{
  "patchbay": 1,
  "title": "Counts",
  "channels": { "n": { "schema": { "type": "number" }, "reducer": "sum", "default": 0 } },
  "nodes": {
    "one": { "kind": "expression", "set": { "n": "1" } },
    "two": { "kind": "expression", "set": { "n": "2" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "one" },
    "on": { "from": "one", "to": "two" },
    "done": { "from": "two", "to": "@end" }
  }
}
`;

let session: WorkbenchSession;
let canvas: Canvas;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: TEXT }, settings: { "patchbay.store.budget": "1KB" } });
  const { workbench } = session;
  canvas = await workbench.openGraph(FILE);
  await workbench.sideBar.show("Patchbay");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const lines = (): Promise<string> => session.workbench.sideBar.lines("Checkpoints");

test("a store that outgrows its budget is told of, and runs can be deleted by what they take", async () => {
  const { workbench } = session;
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  const warning = workbench.notification(/more than the 1 KB of patchbay\.store\.budget/);
  await warning.waitFor();
  await expect.poll(lines, SOON).toMatch(/Run of .*completed · \d+(\.\d)? KB/);
  await workbench.screenshot("store-budget");
  await warning.getByRole("button", { name: "Show Sizes" }).click();
  await workbench.untilAsked("on the disk");
  await workbench.screenshot("store-sizes");
  await workbench.choose(FILE);
  await workbench.dialog(`Delete this run of ${FILE}`).getByRole("button", { name: "Delete Run" }).click();
  await expect.poll(lines, SOON).toBe("");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("none");
});

test("it is told of once in a window", async () => {
  const { workbench } = session;
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  expect(await workbench.notification(/patchbay\.store\.budget/).count()).toBe(0);
});

test("what is old is pruned once a person has confirmed that", async () => {
  const { workbench } = session;
  await expect.poll(async () => (await lines()).split("\n").length, SOON).toBe(4);
  await workbench.run("Patchbay: Prune Runs");
  await workbench.untilAsked("Prune Runs");
  await workbench.choose("10 Checkpoints");
  await workbench.dialog("Delete all but the newest 10 checkpoints").getByRole("button", { name: "Prune" }).click();
  await workbench.notification("Deleted 0 runs and 0 checkpoints of others").waitFor();
  expect((await lines()).split("\n")).toHaveLength(4);
});
