// Two revisions of a graph side by side, as VS Code's git opens them.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { marks, nameOf as name, sidesOf, viewOf as view, type Sides } from "./diff-sides.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "compared.patchbay.json";
const graph = (set: string, place: number, more = ""): string => `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "number" } }
  },
  "nodes": {
    "first": { "kind": "expression", "label": "First", "set": { "n": "${set}" } },
    "second": { "kind": "expression", "label": "Second", "set": { "n": "n + 1.0" } }${more}
  },
  "edges": {
    "in": { "from": "@start", "to": "first" },
    "on": { "from": "first", "to": "second", "when": "n > 0.0" }
  },
  "layout": {
    "@start": [-160, 0],
    "first": [0, 0],
    "second": [320, ${place}]
  }
}
`;
const COMMITTED = graph("1.0", 0);
const STAGED = graph("1.0", 80);
const EDITED = graph("2.0", 80, ',\n    "third": { "kind": "barrier", "prompt": "Go on?" }');

let session: WorkbenchSession;
const inWorkspace = (): string => session.profile.workspace;
const git = (...argv: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...argv], { cwd: inWorkspace(), encoding: "utf8" });
const write = (text: string): void => writeFileSync(join(inWorkspace(), FILE), text);

beforeAll(async () => {
  session = await openWorkbench({
    settings: { "git.enabled": true, "git.openRepositoryInParentFolders": "never", "scm.defaultViewMode": "list" },
  });
  git("init", "-q", "-b", "main");
  git("add", "."); // of the examples nothing is to be listed as changed
  write(COMMITTED);
  git("add", ".");
  git("commit", "-qm", "first");
  write(STAGED);
  git("add", FILE);
  write(EDITED);
  await session.workbench.reload(); // git looks for repositories when it starts
  await session.workbench.openGraph(FILE);
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const sides = (): Promise<Sides> => sidesOf(session.workbench);

async function openChange(index: number): Promise<void> {
  const { sideBar } = session.workbench;
  await sideBar.show("Source Control");
  await sideBar.changedFile(FILE).nth(index).click();
}

test("git's index beside the working tree: each side marks what it has, in one view", async () => {
  const { workbench } = session;
  await openChange(1);
  const { before, after } = await sides();
  await expect.poll(() => marks(before), SOON).toEqual(["first changed"]);
  await expect.poll(() => marks(after), SOON).toEqual(["first changed", "third added"]);
  await expect.poll(() => name(before), SOON).toMatch(/Index/);
  await expect.poll(() => name(after), SOON).toMatch(/Working Tree/);
  await expect.poll(async () => (await view(before)) === (await view(after)), SOON).toBe(true);
  const still = await view(after);
  await before.pane.hover({ position: { x: 100, y: 300 } });
  await workbench.wheel(0, 80);
  await expect.poll(() => view(after), SOON).not.toBe(still);
  await expect.poll(async () => (await view(before)) === (await view(after)), SOON).toBe(true);
});

test("F7 goes to the next difference on both sides, and what differs of it is told", async () => {
  const { workbench } = session;
  const { before, after } = await sides();
  await after.focus();
  await workbench.press("F7");
  await expect.poll(() => after.frame.locator('[data-field-change="set.n"]').innerText(), SOON).toMatch(/1\.0[\s\S]*2\.0/);
  await expect.poll(() => before.frame.locator('.diff-mark[data-at="true"]').getAttribute("data-of"), SOON).toBe("first");
  await workbench.screenshots("diff-working-tree");
});

test("an edit of the working tree is compared at once, and the index cannot be edited", async () => {
  const { workbench } = session;
  const { before, after } = await sides();
  await after.node("third").click();
  await workbench.press("Delete");
  await expect.poll(() => marks(after), SOON).toEqual(["first changed"]);
  await workbench.press("Control+z");
  await expect.poll(() => marks(after), SOON).toEqual(["first changed", "third added"]);
  await before.node("first").click();
  await workbench.press("Delete");
  await expect.poll(() => before.frame.getByTestId("notice").innerText(), SOON).toContain("earlier revision");
  await expect.poll(() => before.nodeIds(), SOON).toContain("first");
});

test("no session is begun for what was", async () => {
  const { workbench } = session;
  const problems = await workbench.problems();
  expect(problems.filter((row) => row.includes("third"))).toHaveLength(1);
});

test("HEAD beside the index: what only moved is told apart, and can be left out", async () => {
  await openChange(0);
  const { before, after } = await sides();
  await expect.poll(() => name(before), SOON).toMatch(/HEAD/);
  await expect.poll(() => name(after), SOON).toMatch(/Index/);
  await expect.poll(() => marks(after), SOON).toEqual(["second moved"]);
  await after.button("diff/moved").click();
  await expect.poll(() => marks(after), SOON).toEqual([]);
  await expect.poll(() => marks(before), SOON).toEqual([]);
  await before.button("diff/moved").click();
  await expect.poll(() => marks(after), SOON).toEqual(["second moved"]);
});

test("the texts are compared on demand", async () => {
  const { workbench } = session;
  await openChange(1);
  const { after } = await sides();
  await after.button("diff/text").click();
  await expect.poll(() => workbench.comparesTexts(), SOON).toBe(true);
});
