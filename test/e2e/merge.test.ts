// A merge of two branches by the git driver, with conflicts, decided on the canvas of a real VS Code.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inProject } from "../../scripts/layout.mjs";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "merged.patchbay.json";
const graph = (set: string, when: string, place: string): string => `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "number" } }
  },
  "nodes": {
    "first": { "kind": "expression", "label": "First", "set": { "n": "${set}" } },
    "second": { "kind": "expression", "label": "Second", "set": { "n": "n + 1.0" } }
  },
  "edges": {
    "in": { "from": "@start", "to": "first" },
    "on": { "from": "first", "to": "second", "when": "${when}" }
  },
  "layout": {
    "@start": [-160, 0],
    "first": [0, 0],
    "second": ${place}
  }
}
`;

let session: WorkbenchSession;
let canvas: Canvas;
const path = (): string => join(session.profile.workspace, FILE);
const people = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
const git = (...argv: readonly string[]): string =>
  execFileSync("git", [...people, ...argv], { cwd: session.profile.workspace, encoding: "utf8", stdio: "pipe" });

/** Both branches set the first node and the condition, each in its way; one of them moves the second node. */
function mergeTwoBranches(): void {
  git("init", "-q", "-b", "main");
  git("config", "merge.patchbay.driver", `"${process.execPath}" "${inProject("dist", "cli.js")}" merge %O %A %B`);
  writeFileSync(join(session.profile.workspace, ".gitattributes"), "*.patchbay.json merge=patchbay\n");
  const commit = (text: string, message: string): void => {
    writeFileSync(path(), text);
    git("add", ".");
    git("commit", "-qm", message);
  };
  commit(graph("1.0", "n > 0.0", "[320, 0]"), "base");
  git("checkout", "-qb", "theirs");
  commit(graph("3.0", "n > 3.0", "[320, 80]"), "theirs");
  git("checkout", "-q", "main");
  commit(graph("2.0", "n > 2.0", "[320, 0]"), "ours");
  const { status } = spawnSync("git", [...people, "merge", "theirs"], { cwd: session.profile.workspace });
  expect(status).toBe(1);
  expect(git("status", "--porcelain")).toContain(`UU ${FILE}`);
}

beforeAll(async () => {
  session = await openWorkbench({ settings: { "git.enabled": true, "files.autoSave": "off" } });
  mergeTwoBranches();
  canvas = await session.workbench.openGraph(FILE);
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const badge = (id: string): ReturnType<Canvas["node"]> => canvas.frame.locator(`[data-conflicts="${id}"]`);
const way = (at: string, take: string): ReturnType<Canvas["node"]> => canvas.frame.locator(`[data-conflict="${at}"] [data-take="${take}"]`);

test("each conflict is marked at its place, and what only moved is merged", async () => {
  await badge("first").waitFor();
  await badge("on").waitFor();
  expect(await canvas.frame.getByTestId("conflicts").innerText()).toContain("2 conflicts");
  expect(await canvas.place("second")).toEqual([320, 80]);
  await badge("first").click();
  await way("/nodes/first/set/n", "theirs").waitFor();
  await session.workbench.screenshots("merge-conflicts");
});

test("it is decided by its buttons and saved, and git takes it as resolved", async () => {
  const { workbench } = session;
  await way("/nodes/first/set/n", "theirs").click();
  await badge("first").waitFor({ state: "detached" });
  await badge("on").click();
  await way("/edges/on/when", "here").click();
  await canvas.frame.getByTestId("conflicts").waitFor({ state: "detached" });
  await workbench.save();
  await expect.poll(() => readFileSync(path(), "utf8"), SOON).toBe(graph("3.0", "n > 2.0", "[320, 80]"));
  git("add", FILE);
  expect(git("status", "--porcelain")).not.toContain("UU");
  git("commit", "-qm", "merged");
  expect(git("show", `HEAD:${FILE}`)).toBe(graph("3.0", "n > 2.0", "[320, 80]"));
  expect(git("rev-list", "--parents", "-n1", "HEAD").trim().split(" ")).toHaveLength(3);
});
