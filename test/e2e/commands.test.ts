import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { handlerProcesses } from "./handler-processes.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const REVIEW = `{
  "patchbay": 1,
  "title": "Review",
  "channels": {
    "round": { "schema": { "type": "integer" }, "reducer": "sum", "default": 0 },
    "remark": { "schema": { "type": "string" }, "default": "" }
  },
  "nodes": {
    "draft": { "kind": "expression", "set": { "round": "1" } },
    "review": { "kind": "barrier", "prompt": "Is draft {{round}} good?", "actions": ["yes", "again"], "schema": { "type": "string" }, "output": "remark" }
  },
  "edges": {
    "begin": { "from": "@start", "to": "draft" },
    "ask": { "from": "draft", "to": "review" },
    "good": { "from": "review", "to": "@end", "on": "yes" },
    "once_more": { "from": "review", "to": "draft", "on": "again" }
  }
}
`;
const chainOf = (handler: string): string => `{
  "patchbay": 1,
  "channels": { "n": { "schema": { "type": "integer" } }, "word": { "schema": { "type": "string" } } },
  "nodes": {
    "prepare": { "kind": "expression", "set": { "n": "1" } },
    "work": { "kind": "code", "handler": "./nodes/${handler}.ts" }
  },
  "edges": {
    "begin": { "from": "@start", "to": "prepare" },
    "go": { "from": "prepare", "to": "work" },
    "finish": { "from": "work", "to": "@end" }
  }
}
`;

let session: WorkbenchSession;

beforeAll(async () => {
  const files = {
    "review.patchbay.json": REVIEW,
    "endless.patchbay.json": chainOf("endless"),
    "nodes/endless.ts": "export default () => { for (;;); };\n",
    "faulty.patchbay.json": chainOf("faulty"),
    "nodes/faulty.ts": 'export default () => { throw new Error("No bread today"); };\n',
  };
  session = await openWorkbench({ files });
  await session.workbench.sideBar.show("Patchbay");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

async function open(file: string): Promise<Canvas> {
  await session.workbench.openFile(file);
  const { canvas } = session.workbench;
  await canvas.waitUntilLoaded();
  return canvas;
}

test("a run starts with a typed input, which has to fit", async () => {
  const { workbench } = session;
  const canvas = await open("review.patchbay.json");
  await workbench.run("Patchbay: Run with Input…");
  await workbench.untilAsked("Run with input");
  await workbench.choose("Type JSON");
  await workbench.untilAsked("A JSON object");
  await workbench.typeAnswer('{ "rounds": 41 }');
  await expect.poll(() => workbench.quickInput.innerText(), SOON).toContain('The graph has no channel "rounds".');
  await workbench.answer('{ "round": 41 }');
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await expect.poll(() => canvas.frame.locator(".question-prompt").innerText(), SOON).toBe("Is draft 42 good?");
});

test("a decision is chosen from a list, and its value has to fit the schema", async () => {
  const { workbench } = session;
  const { canvas } = workbench;
  await workbench.run("Patchbay: Decide…");
  await workbench.choose("yes");
  await workbench.untilAsked("The value of the decision as JSON");
  await workbench.typeAnswer("12");
  await expect.poll(() => workbench.quickInput.innerText(), SOON).toContain("must be string");
  await workbench.answer('"fine"');
  await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
  await canvas.inspector.open();
  await canvas.focus();
  await canvas.button("run/continue").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  await expect.poll(() => canvas.inspector.channel("remark").innerText(), SOON).toContain("fine");
});

test("a click on an event of the trace shows its node on the canvas", async () => {
  const { canvas, sideBar } = session.workbench;
  await (await sideBar.row("Trace", "yes, by")).click();
  await expect.poll(() => canvas.node("review").locator(".card").getAttribute("data-selected"), SOON).toBe("true");
});

test("a handler without end is stopped, and leaves no process; until then no checkpoint can be restored", async () => {
  const { workbench } = session;
  const canvas = await open("endless.patchbay.json");
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.state("work"), SOON).toBe("running");
  const stuck = handlerProcesses(session.profile);
  expect(stuck).toHaveLength(1);
  await (await workbench.sideBar.row("Checkpoints", "Superstep 1")).click();
  await workbench.notification("The run is running. Pause the run first.").waitFor();
  await canvas.button("run/stop").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("cancelled");
  // Another one may take its place, to be warm for the next call.
  await expect.poll(() => handlerProcesses(session.profile).filter((each) => stuck.includes(each)), SOON).toEqual([]);
});

test("a failed handler says why on node and inspector; when it is mended, a step goes on", async () => {
  const { workbench } = session;
  await workbench.run("Notifications: Clear All Notifications");
  const canvas = await open("faulty.patchbay.json");
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("failed");
  expect([await canvas.state("prepare"), await canvas.state("work")]).toEqual(["done", "failed"]);
  await workbench.notification("No bread today").waitFor();
  await expect.poll(() => canvas.node("work").locator(".status").getAttribute("title"), SOON).toContain("No bread today");
  await canvas.node("work").click();
  await canvas.inspector.open();
  await expect.poll(() => canvas.inspector.fact("error").innerText(), SOON).toContain("No bread today");

  writeFileSync(join(session.profile.workspace, "nodes/faulty.ts"), 'export default () => ({ word: "bread" });\n');
  await canvas.button("run/step").click();
  await expect.poll(() => canvas.state("work"), SOON).toBe("done");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
});

test("the window printed no errors but the one that was meant", () => {
  expect(session.workbench.errors.filter((error) => !error.includes("No bread today"))).toEqual([]);
});
