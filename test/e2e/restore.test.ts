import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { renameOrder, shopText, SHOP as FILE } from "./shop.js";
import { SOON } from "./soon.js";

const ROUTES = `"asked": { "from": "take", "to": "approve", "when": "order != 'nothing'" },
    "none": { "from": "take", "to": "@end", "else": true },`;
const FORK = "shop (superstep 1).patchbay.json";
const OUTER = "outer.patchbay.json";
const INNER = "inner.patchbay.json";
const OUTER_TEXT = `{
  "patchbay": 1,
  "title": "Outer",
  "channels": { "note": { "schema": { "type": "string" } } },
  "nodes": { "inside": { "kind": "subgraph", "graph": "./inner.patchbay.json", "in": {}, "out": { "note": "word" } } },
  "edges": { "begin": { "from": "@start", "to": "inside" }, "done": { "from": "inside", "to": "@end" } }
}
`;
const INNER_TEXT = `{
  "patchbay": 1,
  "title": "Inner",
  "channels": { "word": { "schema": { "type": "string" }, "default": "" } },
  "nodes": {
    "one": { "kind": "expression", "set": { "word": "word + 'one '" } },
    "two": { "kind": "expression", "set": { "word": "word + 'two'" } }
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
  session = await openWorkbench({ files: { [FILE]: shopText(ROUTES), [OUTER]: OUTER_TEXT, [INNER]: INNER_TEXT } });
  const { workbench } = session;
  canvas = await workbench.openGraph(FILE);
  await workbench.sideBar.show("Patchbay");
  await workbench.run("Patchbay: Open Source Beside");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const lines = (view: string): Promise<string> => session.workbench.sideBar.lines(view);
const status = (): Promise<string> => canvas.frame.getByTestId("run-status").innerText();
const click = async (text: string | RegExp): Promise<void> => (await session.workbench.sideBar.row("Checkpoints", text)).click();
const row = async (text: RegExp): Promise<string> => (await lines("Checkpoints")).split("\n").find((line) => text.test(line)) ?? "";

/** Renames the channel, and says so in a comment. */
async function rename(): Promise<void> {
  const { workbench } = session;
  await renameOrder(workbench);
  await workbench.press("Escape");
  await workbench.goTo(3, 1);
  await workbench.insert("/* mine */\n");
}

/** Undoes until the text says the same again. */
async function undoRename(): Promise<void> {
  const { workbench } = session;
  await workbench.focusText();
  for (let tries = 0; tries < 5 && /purchase|mine/.test(await workbench.text()); tries += 1) await workbench.press("Control+Z");
}

test("one click restores what is safe, and asks nothing; rows tell what a checkpoint takes", async () => {
  await canvas.button("run/step").click();
  await expect.poll(status, SOON).toBe("Paused · superstep 1");
  await canvas.button("run/continue").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await click(/^Superstep 1/);
  await expect.poll(status, SOON).toBe("Restored superstep 1");
  await expect.poll(() => row(/^Superstep 1/), SOON).toMatch(/here .* approve · .* · \d+(\.\d)? (B|KB)$/);
  await session.workbench.sideBar.act("Checkpoints", /asked/, "Restore");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
});

test("where the graph is another now, a click asks, and gives up without a trace", async () => {
  const { workbench } = session;
  await rename();
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/Superstep 1 replay from superstep 0/);
  await click(/^Superstep 1/);
  await workbench.untilAsked("Superstep 1 · replay from superstep 0");
  const choices = await workbench.quickInput.locator(".monaco-list-row .label-name").allInnerTexts();
  expect(choices).toEqual(["Superstep 0 Instead", "State Only", "State and Graph", "Fork into a New File"]);
  for (const theme of ["light", "high-contrast", "dark"] as const) {
    await workbench.press("Escape");
    await workbench.setTheme(theme);
    await click(/^Superstep 1/);
    await workbench.untilAsked("Superstep 1 · replay from superstep 0");
    await workbench.screenshot("restore-choices");
  }
  await workbench.press("Escape");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
});

test("state and graph: the text is that of then, and one undo brings back what was there, comment and all", async () => {
  const { workbench } = session;
  await click(/^Superstep 1/);
  await workbench.choose("State and Graph");
  await expect.poll(status, SOON).toBe("Restored superstep 1");
  await expect.poll(() => lines("Checkpoints"), SOON).not.toContain("replay");
  await workbench.focusText();
  expect(await workbench.text()).not.toContain("purchase");
  await workbench.press("Control+Z");
  await expect.poll(() => workbench.text(), SOON).toMatch(/mine[^]*purchase/);
  await expect.poll(status, SOON).toBe("Cannot go on · superstep 1");
});

test("a fork into a new file stands at that moment, and the run that it is of stays where it is", async () => {
  const { workbench } = session;
  await expect.poll(() => row(/here/), SOON).toContain("replay from superstep 0");
  const before = await row(/here/);
  await workbench.sideBar.act("Checkpoints", /^Superstep 1/, "Fork into New File");
  await workbench.tab(FORK).waitFor();
  const forked = workbench.canvasAt(1);
  await forked.waitUntilLoaded();
  await expect.poll(() => forked.frame.getByTestId("run-status").innerText(), SOON).toBe("Paused · superstep 1");
  await expect.poll(() => readFileSync(join(session.profile.workspace, FORK), "utf8"), SOON).toBe(shopText(ROUTES));
  expect(readdirSync(session.profile.workspace)).toContain(FORK);
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/Superstep 1 here/);
  await workbench.screenshots("restore-fork");
  await forked.button("run/continue").click();
  await expect.poll(() => forked.runStatus(), SOON).toBe("waiting");
  await workbench.run("View: Close Editor");
  await workbench.focusText();
  await expect.poll(() => row(/here/), SOON).toBe(before);
});

test("state is edited in a box that knows the schema; the branch that was left is one click away", async () => {
  const { workbench } = session;
  await undoRename();
  await expect.poll(() => lines("Checkpoints"), SOON).not.toContain("replay");
  await workbench.sideBar.act("Checkpoints", /^Superstep 1/, "Edit State");
  await workbench.untilAsked("State at superstep 1");
  await workbench.choose("order");
  await workbench.untilAsked("Value of order");
  await expect.poll(() => workbench.typed(), SOON).toBe('"a lamp"');
  await workbench.typeAnswer("7");
  await workbench.quickInput.filter({ hasText: "must be string" }).waitFor();
  await workbench.answer('"nothing"');
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/here · edited/);
  expect(await row(/here · edited/)).not.toContain("approve"); // the condition sees the new value
  await expect.poll(() => lines("Trace"), SOON).toMatch(/State edited by .*"order": "nothing"/);
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/left branch · asked/);
  await workbench.screenshots("restore-edited");
  await click(/left branch · asked/);
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/left branch · edited[^]*here · asked/);
});

test("state is edited as a document: what does not fit is marked and refused, saving applies it", async () => {
  const { workbench } = session;
  await workbench.sideBar.act("Checkpoints", /here · asked/, "Edit State");
  await workbench.choose("All Channels");
  await workbench.tab("State at superstep 2").waitFor();
  await workbench.focusText();
  await workbench.goTo(2, 12);
  await workbench.press("Shift+End");
  await workbench.insert("7");
  await workbench.press("Control+S");
  await workbench.notification('Channel "order" cannot have that value').first().waitFor();
  await workbench.screenshot("restore-state-refused");
  await expect.poll(() => row(/here/), SOON).toContain("asked");
  await workbench.focusText();
  await workbench.press("Control+Z");
  await workbench.goTo(2, 13);
  await workbench.press("Shift+End");
  await workbench.press("Shift+ArrowLeft");
  await workbench.insert("a chair");
  await workbench.screenshots("restore-state");
  await workbench.save();
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/here · edited/);
  await workbench.run("View: Close Editor");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
});

test("runs inside tasks are listed where those were due, and gone back to", async () => {
  const { workbench } = session;
  await workbench.openFile(OUTER);
  const outer = workbench.canvasAt(1);
  await outer.waitUntilLoaded();
  await outer.button("run/start").click();
  await expect.poll(() => outer.runStatus(), SOON).toBe("completed");
  await (await workbench.sideBar.row("Checkpoints", /^Superstep 0/)).locator(".monaco-tl-twistie").click();
  await (await workbench.sideBar.row("Checkpoints", "inside 1/inside")).locator(".monaco-tl-twistie").click();
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/inner inside 1\/inside[^]*Superstep 1 .*two/);
  await workbench.screenshots("restore-inside");
  await click(/Superstep 1.*two/);
  await expect.poll(() => outer.runStatus(), SOON).toBe("paused");
  await outer.button("run/continue").click();
  await expect.poll(() => outer.runStatus(), SOON).toBe("completed");
});
