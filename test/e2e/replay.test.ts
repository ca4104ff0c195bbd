import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const GRAPH = `{
  "patchbay": 1,
  "title": "Mails",
  "channels": { "n": { "schema": { "type": "integer" }, "default": 0 } },
  "nodes": {
    "write": { "kind": "code", "label": "Write", "handler": "./nodes/write.ts" },
    "send": { "kind": "code", "label": "Send", "handler": "./nodes/send.ts" }
  },
  "edges": {
    "begin": { "from": "@start", "to": "write" },
    "on": { "from": "write", "to": "send" },
    "done": { "from": "send", "to": "@end" }
  },
  "layout": { "@start": [0, 40], "write": [160, 0], "send": [460, 0], "@end": [760, 40] }
}
`;
/** Each superstep writes more than there was, so that no checkpoint needs another for long. */
const KEPT = `{
  "patchbay": 1,
  "title": "Kept",
  "channels": { "n": { "schema": { "type": "integer" }, "reducer": "sum", "default": 0 }, "text": {} },
  "nodes": { "more": { "kind": "expression", "set": { "n": "1", "text": "'${"text".repeat(5_000)}'" } } },
  "edges": { "begin": { "from": "@start", "to": "more" }, "on": { "from": "more", "to": "more", "when": "n < 9" } },
  "checkpoints": { "keep": 2 }
}
`;
const handler = (name: string): string =>
  `import { appendFileSync } from "node:fs";\nexport default () => { appendFileSync(new URL("../calls.log", import.meta.url), "${name}\\n"); return { n: 1 }; };\n`;

let session: WorkbenchSession;
let canvas: Canvas;

beforeAll(async () => {
  const files = {
    "mails.patchbay.json": GRAPH,
    "kept.patchbay.json": KEPT,
    "nodes/write.ts": handler("write"),
    "nodes/send.ts": handler("send"),
  };
  session = await openWorkbench({ files });
  const { workbench } = session;
  canvas = await workbench.openGraph("mails.patchbay.json");
  await workbench.sideBar.show("Patchbay");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

/** What handlers were called for since it was asked last. */
function calls(): string {
  const file = join(session.profile.workspace, "calls.log");
  const all = existsSync(file) ? readFileSync(file, "utf8") : "";
  appendFileSync(file, "---\n");
  return all.slice(all.lastIndexOf("---\n") + 1).replace(/^--\n/, "");
}

async function backAndOn(): Promise<void> {
  await (await session.workbench.sideBar.row("Checkpoints", /^Superstep 0/)).click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
  await canvas.button("run/continue").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
}

const mark = (node: string, name: string) => canvas.node(node).locator(`[data-mark=${name}]`);

test("going back and on again runs nothing, and the nodes say so", async () => {
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  expect(calls()).toBe("write\nsend\n");
  await backAndOn();
  await expect.poll(() => mark("send", "recorded").count(), SOON).toBe(1);
  expect([await mark("write", "recorded").count(), calls()]).toEqual([1, ""]);
});

test("a node runs live on replay where its menu says so, until it is taken back", async () => {
  const { workbench } = session;
  await canvas.node("send").click({ button: "right" });
  await workbench.chooseInMenu("Run Live on Replay");
  await expect.poll(() => mark("send", "live").count(), SOON).toBe(1);
  await backAndOn();
  await expect.poll(() => mark("send", "recorded").count(), SOON).toBe(0);
  expect([await mark("write", "recorded").count(), calls()]).toEqual([1, "send\n"]);
  await workbench.screenshots("replay-live");
  await canvas.node("send").click({ button: "right" });
  await workbench.chooseInMenu("Use Recorded Results");
  await expect.poll(() => mark("send", "live").count(), SOON).toBe(0);
  await backAndOn();
  await expect.poll(() => mark("send", "recorded").count(), SOON).toBe(1);
  expect(calls()).toBe("");
});

test("a run that has ended keeps what its graph says, and the view tells what went", async () => {
  const { workbench } = session;
  await workbench.openFile("kept.patchbay.json");
  await canvas.waitUntilLoaded();
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  const view = await workbench.sideBar.view("Checkpoints");
  await expect
    .poll(() => view.innerText(), SOON)
    .toMatch(/Deleted in this folder, as its graphs and your settings say: \d+ old checkpoints\./);
  await workbench.screenshots("retention-told");
  await workbench.run("Patchbay: Prune Runs…");
  await workbench.untilAsked("Prune Runs");
  await workbench.screenshot("retention-limits");
  await workbench.press("Escape");
});
