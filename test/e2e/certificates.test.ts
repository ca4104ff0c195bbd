import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { renameOrder, shopText, SHOP as FILE } from "./shop.js";
import { SOON } from "./soon.js";

let session: WorkbenchSession;
let canvas: Canvas;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: shopText() } });
  const { workbench } = session;
  canvas = await workbench.openGraph(FILE);
  await workbench.sideBar.show("Patchbay");
  await workbench.run("Patchbay: Open Source Beside");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const safety = (): Promise<readonly string[]> => canvas.frame.getByTestId("safety").allInnerTexts();
const lines = (view: string): Promise<string> => session.workbench.sideBar.lines(view);
const status = (): Promise<string> => canvas.frame.getByTestId("run-status").innerText();

async function undo(): Promise<void> {
  await session.workbench.focusText();
  await session.workbench.press("Control+Z");
}

test("a channel that holds a value is renamed while the run is paused: the canvas and the tree say what that means", async () => {
  await canvas.button("run/step").click();
  await expect.poll(status, SOON).toBe("Paused · superstep 1");
  expect(await safety()).toEqual([]);
  await renameOrder(session.workbench);
  await expect.poll(safety, SOON).toEqual([expect.stringContaining("1 of 2 checkpoints would need a migration.")]);
  await expect
    .poll(() => safety(), SOON)
    .toEqual([expect.stringContaining('Channel "order" is gone and has a value that "approve" would have read.')]);
  await expect.poll(() => status(), SOON).toBe("Cannot go on · superstep 1");
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/1 of 2 checkpoints not safe[^]*Superstep 1 needs a migration · here/);
  await session.workbench.screenshots("certificates");
});

test("going on is refused with the reason, and a click on it shows the place", async () => {
  const { workbench } = session;
  await canvas.button("run/continue").click();
  const refusal = workbench.notification('Channel "order" is gone and has a value that "approve" would have read.');
  await refusal.getByRole("button", { name: "Show Why" }).click();
  await choosePurchase();
  await expect.poll(() => status(), SOON).toBe("Cannot go on · superstep 1");
  await expect.poll(() => workbench.statusTexts(), SOON).toContainEqual(expect.stringMatching(/^Ln 5,/));
  await workbench.goTo(1, 1);
  await workbench.sideBar.act("Checkpoints", "Superstep 1", "Show Why");
  await choosePurchase();
  await expect.poll(() => workbench.statusTexts(), SOON).toContainEqual(expect.stringMatching(/^Ln 5,/));
});

/** Of the two reasons, the one that has a place in the text still. */
async function choosePurchase(): Promise<void> {
  await session.workbench.quickInput.locator(".monaco-list-row", { hasText: 'Channel "purchase" is new' }).click();
}

test("once the edit is undone, the run goes on", async () => {
  await undo();
  await expect.poll(status, SOON).toBe("Paused · superstep 1");
  await expect.poll(safety, SOON).toEqual([]);
  await canvas.button("run/continue").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await expect.poll(() => lines("Checkpoints"), SOON).not.toContain("migration");
});

test("a migration is written, and applied when the run goes on", async () => {
  const { workbench } = session;
  await renameOrder(session.workbench);
  await canvas.frame.locator('[data-command="blocked/migrate"]').click();
  await workbench.tab(/[0-9a-f]{12}-[0-9a-f]{12}\.ts/).waitFor();
  const folder = join(session.profile.workspace, "migrations", "shop");
  const [file = ""] = readdirSync(folder);
  expect(readFileSync(join(folder, file), "utf8")).toContain('purchase: before.order, // if this is what "order" was');
  await expect.poll(() => canvas.frame.locator('[data-command="blocked/migrate"]').innerText(), SOON).toBe("Open Migration");
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/will be migrated · here/);
  await workbench.run("View: Close Editor");
  await workbench.run("Patchbay: Continue");
  await expect.poll(() => lines("Trace"), SOON).toContain("State migrated");
  await expect.poll(safety, SOON).toEqual([expect.stringContaining("would need a migration")]); // those before it still do
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
});

test("a run whose node is gone offers the checkpoint that can go on, and loses nothing unasked", async () => {
  const { workbench } = session;
  await remove("approve");
  await workbench.screenshots("certificates-lost");
  await canvas.frame.locator('[data-command="blocked/overrule"]').click();
  await workbench.dialog('Node "approve" is at work in this run').getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => status(), SOON).toMatch(/^Cannot go on/);
  await (await workbench.sideBar.row("Checkpoints", "here")).click();
  await workbench.untilAsked("replay from superstep 0");
  await workbench.choose("Superstep 0 Instead");
  await expect.poll(status, SOON).toBe("Restored superstep 0");
  await expect.poll(() => lines("Checkpoints"), SOON).toMatch(/replay from superstep 0[^]*Superstep 0 mapped · here/);
});

test("it goes on anyway once a person has confirmed what is lost, and the trace says so", async () => {
  const { workbench } = session;
  await canvas.focus();
  await workbench.press("Control+Z");
  await expect.poll(async () => (await safety()).join(), SOON).not.toContain("replayed");
  await (await workbench.sideBar.row("Checkpoints", "asked")).click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await remove("approve");
  await canvas.frame.locator('[data-command="blocked/overrule"]').click();
  await workbench.dialog('Node "approve" is at work in this run').getByRole("button", { name: "Go On Anyway" }).click();
  await expect.poll(status, SOON).not.toMatch(/^Cannot go on/);
  await expect.poll(() => lines("Trace"), SOON).toMatch(/Let go on by .*Node "approve" is at work in this run/);
});

/** Deletes on the canvas the node at which the run stands. */
async function remove(id: string): Promise<void> {
  await canvas.node(id).click();
  await session.workbench.press("Delete");
  await expect.poll(status, SOON).toMatch(/^Cannot go on/);
}
