// A graph beside what a person chooses to compare it with, with a real git.
import { execFileSync } from "node:child_process";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ghosts, marks, nameOf, sidesOf, type Sides } from "./diff-sides.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const OLD = "before.patchbay.json";
const FILE = "compared.patchbay.json";
const OTHER = "variant.patchbay.json";

interface Shape {
  /** What the first node sets. */
  readonly set?: string;
  readonly second?: readonly [number, number];
  /** Nodes besides: id to place. */
  readonly more?: Readonly<Record<string, readonly [number, number]>>;
}

function graph({ set = "1.0", second = [320, 0], more = {} }: Shape): string {
  const ids = Object.keys(more);
  const nodes = ids.map((id) => `,\n    "${id}": { "kind": "expression", "label": "${id}", "set": { "n": "n" } }`).join("");
  const places = ids.map((id) => `,\n    "${id}": ${JSON.stringify(more[id])}`).join("");
  return `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "number" } }
  },
  "nodes": {
    "first": { "kind": "expression", "label": "First", "set": { "n": "${set}" } },
    "second": { "kind": "expression", "label": "Second", "set": { "n": "n + 1.0" } }${nodes}
  },
  "edges": {
    "in": { "from": "@start", "to": "first" },
    "on": { "from": "first", "to": "second" }
  },
  "layout": {
    "@start": [-160, 0],
    "first": [0, 0],
    "second": ${JSON.stringify(second)}${places}
  }
}
`;
}

let session: WorkbenchSession;
const at = (name: string): string => join(session.profile.workspace, name);
const write = (name: string, shape: Shape): void => writeFileSync(at(name), graph(shape));
const git = (...argv: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", ...argv], {
    cwd: session.profile.workspace,
    encoding: "utf8",
  }).trim();
const sides = (): Promise<Sides> => sidesOf(session.workbench);

/** The history: drawn under another name, renamed, moved on a branch, put aside, and edited since. */
function commitAll(): string {
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "Examples");
  write(OLD, { more: { gone: [320, 200] } });
  git("add", ".");
  git("commit", "-qm", "Draw the graph");
  const drawn = git("rev-parse", "--short=7", "HEAD");
  renameSync(at(OLD), at(FILE));
  git("add", "-A");
  git("commit", "-qm", "Give it a better name");
  git("checkout", "-qb", "lower");
  write(FILE, { second: [320, 160], more: { gone: [320, 200] } });
  git("commit", "-qam", "Move the second node");
  git("checkout", "-q", "main");
  write(FILE, { set: "3.0", more: { gone: [320, 200] } });
  git("stash", "push", "-qm", "Try three");
  write(OTHER, { set: "9.0" });
  write(FILE, { set: "2.0", more: { added: [640, 0] } });
  return drawn;
}

let drawn: string;
beforeAll(async () => {
  const settings = { "git.enabled": true, "git.openRepositoryInParentFolders": "never", "files.autoSave": "off" };
  session = await openWorkbench({ settings });
  drawn = commitAll();
  await session.workbench.reload(); // git looks for repositories when it starts
  await session.workbench.openGraph(FILE);
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

/** Asks what there is to compare with, and waits for it. */
async function ask(): Promise<void> {
  const { workbench } = session;
  await workbench.run("Patchbay: Compare With");
  await workbench.quickInput.locator('input.input[placeholder^="With what?"]').waitFor();
}

/** Chooses what the graph is compared with, from the list. */
async function compareWith(typed: string, label: string): Promise<Sides> {
  const { workbench } = session;
  await ask();
  await workbench.typeAnswer(typed);
  await workbench.choose(label);
  return sides();
}

test("the list has the commits of the file under both its names, its stash, branches, and the other graphs", async () => {
  const { workbench } = session;
  await ask();
  const rows = (): Promise<readonly string[]> =>
    workbench.quickInput.locator(".monaco-list-row .label-name").evaluateAll((all) => all.map((row) => row.textContent ?? ""));
  await expect.poll(rows, SOON).toEqual(expect.arrayContaining(["Give it a better name", "Draw the graph", "On main: Try three", "lower"]));
  await workbench.press("Escape");
  for (const theme of ["light", "high-contrast", "light-high-contrast", "dark"] as const) {
    await workbench.setTheme(theme);
    await ask();
    await workbench.screenshot("compare-with");
    await workbench.press("Escape");
  }
});

test("a commit from before the file was renamed: what was added, removed and changed since", async () => {
  const { workbench } = session;
  const { before, after } = await compareWith("Draw", "Draw the graph");
  await expect.poll(() => marks(before), SOON).toEqual(["first changed", "gone removed"]);
  await expect.poll(() => marks(after), SOON).toEqual(["added added", "first changed"]);
  await expect.poll(() => ghosts(before), SOON).toEqual(["added added"]);
  await expect.poll(() => ghosts(after), SOON).toEqual(["gone removed"]);
  await expect.poll(() => nameOf(before), SOON).toContain(drawn);
  await expect.poll(() => nameOf(after), SOON).toContain("Working Tree");
  await workbench.tab(`${FILE} (${drawn} ↔ Working Tree)`).waitFor();
  await workbench.screenshots("compare-commit");
});

test("a branch: what only moved is told apart, and the comparison is of the graph in view", async () => {
  const { before, after } = await compareWith("lower", "lower");
  await expect.poll(() => marks(before), SOON).toEqual(["first changed", "gone removed", "second moved"]);
  await expect.poll(() => marks(after), SOON).toEqual(["added added", "first changed", "second moved"]);
  await expect.poll(() => nameOf(before), SOON).toContain("lower");
});

test("a stash is called as people call it", async () => {
  const { workbench } = session;
  const { before, after } = await compareWith("three", "Try three");
  await expect.poll(() => nameOf(before), SOON).toContain("stash@{0}");
  await expect.poll(() => marks(after), SOON).toEqual(["added added", "first changed"]);
  await after.node("first").click();
  await expect.poll(() => after.frame.locator('[data-field-change="set.n"]').innerText(), SOON).toMatch(/3\.0[\s\S]*2\.0/);
  await workbench.screenshots("compare-stash");
});

test("another graph of the workspace, which is the one on the left", async () => {
  const { before, after } = await compareWith("variant", OTHER);
  await expect.poll(() => nameOf(before), SOON).toContain(OTHER);
  await expect.poll(() => nameOf(after), SOON).toContain(FILE);
  await expect.poll(() => marks(after), SOON).toEqual(["added added", "first changed"]);
});

test("what is saved, while there are edits that are not", async () => {
  const { workbench } = session;
  await workbench.closeAll();
  const canvas = await workbench.openGraph(FILE);
  await canvas.node("added").click();
  await workbench.press("Delete");
  await workbench.dirtyTab(FILE).waitFor();
  const { before, after } = await compareWith("Saved", "Saved File");
  await expect.poll(() => marks(before), SOON).toEqual(["added removed"]);
  await expect.poll(() => ghosts(after), SOON).toEqual(["added removed"]);
  await expect.poll(() => nameOf(before), SOON).toContain("Saved");
  await workbench.save();
  await expect.poll(() => marks(before), SOON).toEqual([]);
});

test("the graph of a checkpoint, from the list and from its row; it stands a reload of the window", async () => {
  const { workbench } = session;
  await workbench.closeAll();
  const canvas = await workbench.openGraph(FILE);
  await workbench.sideBar.show("Patchbay");
  await workbench.run("Patchbay: Run");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  await canvas.node("second").click();
  await workbench.press("Delete");
  await expect.poll(() => canvas.nodeIds(), SOON).not.toContain("second");
  const listed = await compareWith("Superstep", "Superstep");
  await expect.poll(() => marks(listed.before), SOON).toEqual(["second removed"]);
  await workbench.closeAll();

  await workbench.openGraph(FILE);
  await canvas.node("first").click();
  await workbench.press("Delete");
  await workbench.save();
  const row = await workbench.sideBar.row("Checkpoints", /Superstep 1/);
  await row.click({ button: "right" });
  await workbench.chooseInMenu("Compare Graph with Now");
  const { before } = await sides();
  await expect.poll(() => marks(before), SOON).toContain("first removed");
  await expect.poll(() => nameOf(before), SOON).toContain("Superstep 1");
  await workbench.screenshots("compare-checkpoint");
  await workbench.reload();
  const again = await sides();
  await expect.poll(() => marks(again.before), SOON).toContain("first removed");
  await expect.poll(() => nameOf(again.before), SOON).toContain("Superstep 1");
});

test("a file that git does not track is told so", async () => {
  const { workbench } = session;
  await workbench.closeAll();
  write("untracked.patchbay.json", {});
  await workbench.openGraph("untracked.patchbay.json");
  await ask();
  await expect.poll(() => workbench.quickInput.locator("input.input").getAttribute("placeholder"), SOON).toContain("does not track");
  await workbench.press("Escape");
  rmSync(at("untracked.patchbay.json"));
});
