import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

/** What is remembered is written within a second; nothing in the window shows when. */
const WRITTEN_MS = 2_000;
const FILE = "steps.patchbay.json";

/** So many expressions that to compile all of them anew takes far longer than to patch an edge, on whatever machine. */
const MANY = Array.from({ length: 200 }, (_, index) => `c${index}`);
const CHANNELS = MANY.map((id) => `, "${id}": { "schema": { "type": "number" } }`).join("");
const SET = MANY.map((id, index) => `, "${id}": "n + ${index}.0"`).join("");

/** A graph whose edge has this condition. */
const graphOf = (strategy: string, condition: string, more = ""): string => `{
  "patchbay": 1,
  "channels": { "n": { "schema": { "type": "number" } }${CHANNELS} },
  "nodes": {
    "first": { "kind": "expression", "set": { "n": "1.0"${SET} } },
    "second": { "kind": "expression", "set": { "n": "2.0" } }${more}
  },
  "edges": {
    "begin": { "from": "@start", "to": "first" },
    "go": { "from": "first", "to": "second", "when": "${condition}" },
    "rest": { "from": "first", "to": "@end", "else": true }
  },
  "compile": { "strategy": "${strategy}" } // how edits are compiled
}
`;

let session: WorkbenchSession;
const path = (): string => join(session.profile.workspace, FILE);
const labels = async (): Promise<readonly string[]> => (await session.workbench.sideBar.rows("Compile Queue")).map(({ label }) => label);
const hardCompiles = async (): Promise<number> => (await labels()).filter((label) => /^hard · .* nodes$/.test(label)).length;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: graphOf("hard", "n > 0.0") } });
  await session.workbench.sideBar.show("Patchbay");
  await session.workbench.openFile(FILE);
  await session.workbench.canvas.waitUntilLoaded();
  await session.workbench.sideBar.fold("Trace"); // its room is for the queue: rows out of view cannot be read
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

test("the adviser says what another strategy would have saved, and its advice is an edit", async () => {
  const { workbench } = session;
  for (const [index, condition] of ["n > 1.0", "n > 2.0", "n > 3.0"].entries()) {
    writeFileSync(path(), graphOf("hard", condition)); // an edit from outside: VS Code takes it up
    await expect.poll(hardCompiles, SOON).toBe(index + 2);
  }
  const advice = "strategy: hard → auto";
  await expect.poll(labels, SOON).toContain(advice);
  await expect.poll(() => labels(), SOON).toContain("Statistics");
  await workbench.screenshot("compile-advice");
  await workbench.sideBar.act("Compile Queue", advice, "Apply Advice");
  await expect.poll(labels, SOON).not.toContain(advice);
  await workbench.save();
  await expect.poll(() => readFileSync(path(), "utf8"), SOON).toBe(graphOf("auto", "n > 3.0"));
});

test("what the strategy refuses is marked on the canvas until it is compiled all the same", async () => {
  const { workbench } = session;
  const { frame } = workbench.canvas;
  writeFileSync(path(), graphOf("soft", "n > 3.0"));
  await expect.poll(() => frame.getByTestId("compile-chip").getAttribute("data-stale"), SOON).toBe("false");
  writeFileSync(path(), graphOf("soft", "n > 4.0", ',\n    "third": { "kind": "expression", "set": { "n": "3.0" } }'));
  const marked = frame.locator('.react-flow__node[data-stale="true"]');
  await expect.poll(() => marked.evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-id"))), SOON).toEqual(["third"]);
  await expect.poll(() => frame.getByTestId("stale").getAttribute("data-why"), SOON).toBe("refused");
  await expect.poll(labels, SOON).toContain("hard · refused");
  await workbench.screenshot("compile-refused");
  await frame.locator('[data-testid="stale"] [data-command="compile/anew"]').click();
  await expect.poll(() => marked.count(), SOON).toBe(0);
  expect(await frame.getByTestId("stale").count()).toBe(0);
});

test("what was compiled is remembered when the window opens again", async () => {
  const { workbench } = session;
  const before = (await labels()).filter((label) => label === "hard · refused").length;
  expect(before).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, WRITTEN_MS));
  await workbench.reload();
  await workbench.sideBar.show("Patchbay");
  await workbench.canvas.waitUntilLoaded();
  await expect.poll(labels, SOON).toContain("hard · refused");
});
