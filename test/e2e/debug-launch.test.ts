import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSqliteStore } from "../../runtime/index.js";
import type { DebugViews } from "./debug-views.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "greeting.patchbay.json";
const TEXT = `{
  "patchbay": 1,
  "title": "Greeting",
  "channels": {
    "who": { "schema": { "type": "string" } },
    "text": { "schema": { "type": "string" }, "default": "" }
  },
  "nodes": {
    "greet": { "kind": "expression", "set": { "text": "'Hello ' + who" } },
    "shout": { "kind": "expression", "set": { "text": "text + '!'" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "greet" },
    "on": { "from": "greet", "to": "shout" },
    "end": { "from": "shout", "to": "@end" }
  }
}
`;
/** Where the nodes are written. */
const [GREET, SHOUT] = [9, 10];
const LAUNCH = {
  version: "0.2.0",
  configurations: [
    { type: "patchbay", request: "launch", name: "Greeting", graph: `\${workspaceFolder}/${FILE}`, breakpoints: ["shout"] },
    {
      type: "patchbay",
      request: "launch",
      name: "Kept Elsewhere",
      graph: `\${workspaceFolder}/${FILE}`,
      input: { who: "Bob" },
      store: "elsewhere",
      breakpoints: ["shout"],
    },
  ],
};

let session: WorkbenchSession;
let debugging: DebugViews;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: TEXT, ".vscode/launch.json": JSON.stringify(LAUNCH) } });
  const { workbench } = session;
  await workbench.openGraph(FILE);
  debugging = workbench.debugging;
  await workbench.run("Patchbay: Open Source Beside");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

test("F5 asks for the channel that nothing else gives a value, and stops at the node that launch.json names", async () => {
  const { workbench } = session;
  await workbench.focusText();
  await workbench.press("F5");
  await workbench.untilAsked("needs a value");
  await workbench.screenshot("input-form"); // another theme would close it
  await workbench.choose("who");
  await workbench.untilAsked("string");
  await workbench.answer("Ann");
  await workbench.untilAsked('{"who": "Ann"}');
  await workbench.choose("Run");
  await expect.poll(() => debugging.frames(), SOON).toEqual([`shout ${FILE} ${SHOUT}:5`]);
  await expect.poll(() => debugging.variables(), SOON).toContain('text: "Hello Ann"');
});

test("Jump to Cursor takes the run to the node on that line", async () => {
  const { workbench } = session;
  await workbench.focusText();
  await workbench.goTo(GREET, 1);
  await workbench.run("Debug: Jump to Cursor");
  await expect.poll(() => debugging.frames(), SOON).toEqual([`greet ${FILE} ${GREET}:5`]);
  await debugging.press("Step Over");
  await expect.poll(() => debugging.frames(), SOON).toEqual([`shout ${FILE} ${SHOUT}:5`]);
  await debugging.press("Stop");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
});

test("a launch may keep its run in another store, and the graph's own has nothing of it", async () => {
  const { workbench, profile } = session;
  const runsIn = (folder: string): number => {
    const store = openSqliteStore(join(profile.workspace, folder));
    const count = store.runs().length;
    store.close();
    return count;
  };
  const before = runsIn(".patchbay");
  expect(existsSync(join(profile.workspace, "elsewhere"))).toBe(false);
  await workbench.run("Debug: Select and Start Debugging");
  await workbench.choose("Kept Elsewhere"); // typing would ask for a file
  await expect.poll(() => debugging.frames(), SOON).toEqual([`shout ${FILE} ${SHOUT}:5`]);
  await expect.poll(() => debugging.variables(), SOON).toContain('text: "Hello Bob"');
  await debugging.press("Continue");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
  expect([runsIn(".patchbay") - before, runsIn("elsewhere")]).toEqual([0, 1]);
});
