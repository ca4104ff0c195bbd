// What a person has done on a canvas is never lost: not by closing, hiding or reloading, nor by other editors, the disk, or a failed save.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "kept.patchbay.json";
const OTHER = "other.patchbay.json";
const TEXT = `{
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
    "second": [320, 0],
    "@end": [640, 0]
  }
}
`;
/** A file that nothing but a window writes: VS Code may forget what was unsaved of one that was written from outside just before. */
const RELOADED = "reloaded.patchbay.json";
/** A file that is opened as text, which VS Code remembers. */
const AS_TEXT = "as-text.patchbay.json";
const renamed = (label: string): string => TEXT.replace('{ "n": "1" } }', `{ "n": "1" }, "label": "${label}" }`);

let session: WorkbenchSession;

beforeAll(async () => {
  session = await openWorkbench({
    files: Object.fromEntries([FILE, OTHER, RELOADED, AS_TEXT].map((file) => [file, TEXT])),
    settings: { "files.autoSave": "off" },
  });
  await session.workbench.run("View: Close Primary Side Bar");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const path = (file: string): string => join(session.profile.workspace, file);
const onDisk = (): string => read(FILE);
const read = (file: string): string => readFileSync(path(file), "utf8");
const labelOf = (canvas: Canvas) => (): Promise<string> => canvas.label("first");

/** Whether VS Code has a copy of what is unsaved. */
function isBackedUp(words: string): boolean {
  const { userData } = session.profile;
  return readdirSync(userData, { recursive: true, encoding: "utf8" }).some(
    (name) => /Backups/.test(name) && holds(join(userData, name), words),
  );
}

const holds = (file: string, words: string): boolean => statSync(file).isFile() && readFileSync(file, "utf8").includes(words);

/** Each test begins with the file as it was, and no editor. */
beforeEach(async () => {
  const { workbench } = session;
  await workbench.closeAll();
  if (!existsSync(path(FILE)) || onDisk() !== TEXT) writeFileSync(path(FILE), TEXT);
});

/** Calls the first node something else, and leaves that unsaved. */
async function rename(canvas: Canvas, label: string): Promise<void> {
  const { workbench } = session;
  await canvas.node("first").click();
  await workbench.press("F2");
  await workbench.insert(label);
  await workbench.press("Enter");
  await expect.poll(labelOf(canvas), SOON).toBe(label);
  await workbench.dirtyTab(/patchbay/).waitFor();
}

test("closing asks, stays open if one says so, and saves if one says so", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await rename(canvas, "Asked");
  await workbench.run("View: Close Editor");
  await workbench.dialog(/Do you want to save/).waitFor();
  await workbench.answerDialog("Cancel");
  await expect.poll(labelOf(canvas), SOON).toBe("Asked");
  expect(onDisk()).toBe(TEXT);
  await workbench.run("View: Close Editor");
  await workbench.answerDialog("Save");
  await workbench.tab(FILE).waitFor({ state: "detached" });
  await expect.poll(onDisk, SOON).toBe(renamed("Asked"));
});

test("a canvas that was hidden comes back with what is unsaved, selected and looked at, and its undo", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await rename(canvas, "Hidden");
  await canvas.node("second").click();
  await workbench.press("Control+0");
  const before = await canvas.viewport();
  await workbench.openGraph(OTHER);
  await workbench.tab(FILE).click();
  await canvas.waitUntilLoaded();
  await expect.poll(labelOf(canvas), SOON).toBe("Hidden");
  await expect.poll(() => canvas.viewport(), SOON).toBe(before);
  await expect.poll(() => canvas.selected(), SOON).toEqual(["second"]);
  await canvas.focus();
  await workbench.press("Control+z");
  await expect.poll(labelOf(canvas), SOON).toBe("first");
});

test("what is being typed in a field is kept when the canvas is hidden by a key", async () => {
  const { workbench } = session;
  await workbench.openGraph(OTHER);
  const canvas = await workbench.openGraph(FILE);
  await canvas.node("first").click();
  await canvas.inspector.open();
  await canvas.inspector.field("label").click();
  await workbench.press("Control+a");
  await workbench.insert("Half typed");
  await workbench.press("Control+PageUp"); // the editor before
  await workbench.dirtyTab(FILE).waitFor();
  await workbench.tab(FILE).click();
  await canvas.waitUntilLoaded();
  await expect.poll(labelOf(canvas), SOON).toBe("Half typed");
});

test("what is being typed in a field is saved by the key that saves", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await canvas.node("first").click();
  await canvas.inspector.open();
  await canvas.inspector.field("label").click();
  await workbench.press("Control+a");
  await workbench.insert("Saved as typed");
  await workbench.press("Control+s");
  await expect.poll(onDisk, SOON).toBe(renamed("Saved as typed"));
  await workbench.dirtyTab(FILE).waitFor({ state: "detached" });
  await workbench.insert(" and on"); // the keyboard is in the field still
  await workbench.press("Control+s");
  await expect.poll(onDisk, SOON).toContain("and on");
});

test("what is being typed in a field is kept when another tab is clicked", async () => {
  const { workbench } = session;
  await workbench.openGraph(OTHER);
  const canvas = await workbench.openGraph(FILE);
  await canvas.node("first").click();
  await canvas.inspector.open();
  await canvas.inspector.field("label").click();
  await workbench.press("Control+a");
  await workbench.insert("Clicked away");
  await workbench.tab(OTHER).hover();
  await workbench.dirtyTab(FILE).waitFor(); // before the button is down, as the canvas is gone then
  await workbench.tab(OTHER).click();
  await workbench.tab(FILE).click();
  await canvas.waitUntilLoaded();
  await expect.poll(labelOf(canvas), SOON).toBe("Clicked away");
});

test("edits made just before the canvas is hidden arrive, all of them, and so does a burst of nudges that has not ended", async () => {
  const { workbench } = session;
  await workbench.openGraph(OTHER);
  const canvas = await workbench.openGraph(FILE);
  await canvas.node("second").click();
  const bypassed = Array.from({ length: 7 }, () => workbench.press("d"));
  const nudged = Array.from({ length: 3 }, () => workbench.press("Control+ArrowDown"));
  await Promise.all([...bypassed, ...nudged, workbench.press("Control+PageUp")]); // each key goes down before the first goes up
  await workbench.dirtyTab(FILE).waitFor();
  await workbench.tab(FILE).click();
  await canvas.waitUntilLoaded();
  await expect.poll(() => canvas.place("second"), SOON).toEqual([320, 60]);
  await expect.poll(() => canvas.node("second").locator(".card").getAttribute("data-disabled"), SOON).toBe("true");
});

test("a window that is reloaded comes back with what was unsaved", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(RELOADED);
  await rename(canvas, "Reloaded");
  await expect.poll(() => isBackedUp("Reloaded"), SOON).toBe(true); // VS Code does so a second after an edit
  await workbench.reload();
  const again = workbench.canvas;
  await again.waitUntilLoaded();
  await expect.poll(labelOf(again), SOON).toBe("Reloaded");
  await workbench.dirtyTab(RELOADED).waitFor();
  expect(read(RELOADED)).toBe(TEXT);
  await workbench.save();
  await expect.poll(() => read(RELOADED), SOON).toBe(renamed("Reloaded"));
});

test("of two canvases of one graph either may be closed", async () => {
  const { workbench } = session;
  const left = await workbench.openGraph(FILE);
  await rename(left, "Twice");
  await workbench.run("View: Split Editor Right");
  const right = workbench.canvasAt(1);
  await right.waitUntilLoaded();
  await workbench.run("View: Close Editor");
  await workbench.canvasAt(1).frame.locator("[data-loaded]").waitFor({ state: "detached" });
  await workbench.dirtyTab(FILE).waitFor();
  await expect.poll(labelOf(workbench.canvas), SOON).toBe("Twice");
  expect(onDisk()).toBe(TEXT);
});

test("the text editor and the canvas at once: neither takes from the other, and a text that is broken stays as it is typed", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(AS_TEXT);
  await workbench.run("Patchbay: Open Source Beside");
  await expect.poll(() => workbench.text(), SOON).toContain('"second"');
  await rename(canvas, "From the canvas");
  await workbench.focusText();
  await workbench.goTo(8, 55); // behind the 2
  await workbench.insert(" +");
  await canvas.frame.locator("[data-testid=problems]").waitFor();
  await canvas.node("second").click();
  await workbench.press("Control+ArrowDown");
  await expect.poll(() => workbench.text(), SOON).toContain('"second": [320, 20]');
  await expect.poll(() => workbench.text(), SOON).toContain('"n": "2 +"');
  await expect.poll(() => canvas.label("first"), SOON).toBe("From the canvas");
  await workbench.save();
  await expect.poll(() => read(AS_TEXT), SOON).toBe(renamed("From the canvas").replace('"2"', '"2 +"').replace("[320, 0]", "[320, 20]"));
});

test("what changes on disk is shown, where nothing is unsaved", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  writeFileSync(path(FILE), renamed("From outside"));
  await expect.poll(labelOf(canvas), SOON).toBe("From outside");
  await workbench.press("Control+z"); // VS Code's undo goes back over it
});

test("what changes on disk does not replace what is unsaved; saving says so", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await rename(canvas, "Mine");
  writeFileSync(path(FILE), renamed("Theirs, and longer"));
  await canvas.focus();
  await workbench.run("File: Save");
  await workbench.notification(/content of the file is newer/).waitFor();
  await expect.poll(() => canvas.label("first"), SOON).toBe("Mine");
  expect(onDisk()).toBe(renamed("Theirs, and longer"));
  await workbench
    .notification(/content of the file is newer/)
    .getByRole("button", { name: "Overwrite" })
    .click();
  await expect.poll(onDisk, SOON).toBe(renamed("Mine"));
});

test("a save that failed is said, and the edits wait for the next", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await rename(canvas, "Not saved");
  renameSync(path(FILE), path("aside.json"));
  mkdirSync(path(FILE)); // a folder in its place: nothing can be written there
  await canvas.focus();
  await workbench.run("File: Save");
  await workbench.notification(/Failed to save|Unable to write/).waitFor();
  await workbench.dirtyTab(FILE).waitFor();
  await expect.poll(() => canvas.label("first"), SOON).toBe("Not saved");
  rmdirSync(path(FILE));
  await canvas.focus();
  await workbench.run("File: Save");
  await expect.poll(() => existsSync(path(FILE)) && onDisk(), SOON).toBe(renamed("Not saved"));
});

test("a file that is deleted while its canvas has unsaved edits can still be saved", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await rename(canvas, "Deleted");
  renameSync(path(FILE), path("aside.json"));
  await expect.poll(labelOf(canvas), SOON).toBe("Deleted");
  await canvas.focus();
  await workbench.run("File: Save");
  await expect.poll(() => existsSync(path(FILE)) && onDisk(), SOON).toBe(renamed("Deleted"));
});

test("a revert shows what is on disk, and undo leads back over it", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph(FILE);
  await rename(canvas, "Reverted");
  await workbench.run("File: Revert File");
  await expect.poll(labelOf(canvas), SOON).toBe("first");
  await workbench.dirtyTab(FILE).waitFor({ state: "detached" });
  expect(onDisk()).toBe(TEXT);
});

test("the window printed no errors", () => {
  const provoked = /handleSaveError|Failed to save/;
  expect(session.workbench.errors.filter((error) => !provoked.test(error))).toEqual([]);
});
