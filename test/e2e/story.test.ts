import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, type TestContext, test } from "vitest";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import type { Canvas } from "./canvas.js";
import { SOON } from "./soon.js";

const GRAPH = "refund-triage/refund-triage.patchbay.json";
const FILE = "refund-triage.patchbay.json";
const NODES = [
  "@end",
  "@start",
  "approve",
  "claim",
  "customer",
  "decline",
  "escalate",
  "next",
  "order",
  "record",
  "refund",
  "report",
  "score",
  "voucher",
];

let session: WorkbenchSession;
let canvas: Canvas;
let failed = false;

beforeAll(async () => {
  session = await openWorkbench();
  ({ canvas } = session.workbench);
});
afterAll(() => session.close());

/** One step of the story; after a failure the rest would tell nothing and is skipped. */
function step(name: string, act: () => Promise<void>): void {
  test(name, async (context: TestContext) => {
    context.skip(failed, "an earlier step failed");
    failed = true;
    try {
      await act();
      failed = false;
    } finally {
      if (failed) await session.workbench.screenshot(`failed-${name.replaceAll(/\W+/g, "-")}`);
    }
  });
}

const saved = (): string => readFileSync(join(session.profile.workspace, GRAPH), "utf8");
const runStatus = (): Promise<string | null> => canvas.runStatus();
const nodeState = (id: string): Promise<string | null> => canvas.state(id);
const status = (id: string) => async (): Promise<string> => session.workbench.statusItem(`patchbay.${id}`).innerText();

/** Labels and descriptions of a view's rows, one line each. */
const lines = (view: string) => (): Promise<string> => session.workbench.sideBar.lines(view);

step("opening the graph draws it", async () => {
  await session.workbench.openFile(GRAPH);
  await canvas.waitUntilLoaded();
  await expect.poll(async () => (await canvas.nodeIds()).toSorted(), SOON).toEqual(NODES);
  await expect.poll(status("plan"), SOON).toMatch(/plan [0-9a-f]+/);
  await session.workbench.sideBar.show("Patchbay");
  await session.workbench.screenshots("opened");
});

step("a run waits at the barrier, on the node and in the tree", async () => {
  await canvas.button("run/start").click();
  await expect.poll(runStatus, SOON).toBe("waiting");
  await expect.poll(() => nodeState("approve"), SOON).toBe("waiting");
  await expect.poll(lines("Checkpoints"), SOON).toContain("Refund 689 EUR");
  await expect.poll(lines("Trace"), SOON).not.toBe("");
  await session.workbench.screenshots("waiting");
});

step("dragging an edge while paused is a soft recompile, and nothing starts again", async () => {
  const plan = await status("plan")();
  const run = await status("run")();
  await canvas.drag({ at: canvas.edgeEnd("approved", "target") }, { at: canvas.port("voucher", "target") });
  await expect.poll(status("plan"), SOON).not.toBe(plan);
  await expect.poll(() => status("compile")(), SOON).toMatch(/soft · \d+(?:\.\d+)? (?:µs|ms) · 3 nodes/);
  await expect.poll(() => status("run")(), SOON).toBe(run);
  await expect.poll(() => runStatus(), SOON).toBe("waiting");
  await expect.poll(lines("Compile Queue"), SOON).toMatch(/soft/);
  await session.workbench.screenshots("rewired");
});

/** Answers the question, ends its superstep and runs the one to which the answer led. */
async function approveAndStepInto(node: string): Promise<void> {
  await canvas.frame.locator("[data-question] [data-action=approve]").click();
  await expect.poll(runStatus, SOON).toBe("paused");
  await canvas.button("run/step").click();
  await expect.poll(() => nodeState(node), SOON).toBe("due");
  await canvas.button("run/step").click();
  await expect.poll(() => nodeState(node), SOON).toBe("done");
  await expect.poll(() => nodeState("record"), SOON).toBe("due");
}

step("the next step takes the new route", async () => {
  await approveAndStepInto("voucher");
  await session.workbench.screenshots("stepped");
});

step("undo puts the edge back, and the plan with it", async () => {
  const plan = await status("plan")();
  await canvas.focus();
  await session.workbench.press("Control+Z");
  await expect.poll(status("plan"), SOON).not.toBe(plan);
  await session.workbench.run("File: Save");
  await expect.poll(saved, SOON).toContain('"approved": { "from": "approve", "to": "refund", "on": "approve" }');
});

step("a click on an earlier checkpoint shows that moment, and steps go on from there", async () => {
  const row = await session.workbench.sideBar.row("Checkpoints", "asked · approve");
  await row.click();
  await expect.poll(() => canvas.frame.locator("[data-testid=run-status]").innerText(), SOON).toMatch(/Restored superstep/);
  await expect.poll(() => nodeState("approve"), SOON).toBe("waiting");
  await session.workbench.screenshots("restored");
  await approveAndStepInto("refund");
});

step("a document broken by hand shows where, and the last good plan stays in force", async () => {
  const plan = (await status("plan")()).match(/plan [0-9a-f]+/)?.[0];
  await session.workbench.run("View: Reopen Editor With Text Editor");
  await session.workbench.goTo(3, 3);
  await session.workbench.insert("broken");
  await expect.poll(() => session.workbench.problems(), SOON).not.toEqual([]);
  await expect.poll(status("plan"), SOON).toMatch(/stale/);
  await expect.poll(() => status("plan")(), SOON).toContain(plan);
  await session.workbench.screenshots("broken");
});

step("a document that is whole again recovers", async () => {
  await session.workbench.tab(FILE).click();
  await session.workbench.press("Control+Z");
  await expect.poll(status("plan"), SOON).not.toMatch(/stale/);
  await expect.poll(() => session.workbench.problems(), SOON).toEqual([]);
  await session.workbench.run("View: Hide Panel");
  await session.workbench.run("Patchbay: Open Canvas");
  await canvas.waitUntilLoaded();
});

step("after the window was closed and opened, runs and checkpoints are there", async () => {
  await session.workbench.run("File: Save All");
  await session.workbench.reload();
  await canvas.waitUntilLoaded();
  await session.workbench.sideBar.show("Patchbay");
  await expect.poll(lines("Checkpoints"), SOON).toMatch(/Run of[^]*Superstep 10[^]*Superstep 9/);
  await session.workbench.screenshots("reopened");
});

step("the window printed no errors", async () => {
  expect(session.workbench.errors).toEqual([]);
});
