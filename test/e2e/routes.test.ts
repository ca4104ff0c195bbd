import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const GRAPH = `{
  "patchbay": 1,
  "title": "Routes",
  "channels": { "n": { "schema": { "type": "integer" }, "default": 0 } },
  "nodes": {
    "sort": { "kind": "expression", "label": "Sort", "set": { "n": "1" } },
    "usual": { "kind": "expression", "label": "Usual", "set": {} },
    "rare": { "kind": "expression", "label": "Rare", "set": {} },
    "meet": { "kind": "code", "label": "Meet", "handler": "./nodes/meet.ts", "join": { "count": 1 } },
    "ask": { "kind": "barrier", "label": "Ask", "prompt": "Where to?", "actions": ["approve", "reroute"], "timeout": "1d", "default": "approve" },
    "off": { "kind": "expression", "label": "Off", "set": {}, "disabled": true }
  },
  "edges": {
    "begin": { "from": "@start", "to": "sort" },
    "often": { "from": "sort", "to": "usual", "when": "n < 9" },
    "seldom": { "from": "sort", "to": "rare", "else": true },
    "um": { "from": "usual", "to": "meet" },
    "rm": { "from": "rare", "to": "meet" },
    "asked": { "from": "meet", "to": "ask" },
    "broken": { "from": "meet", "to": "off", "on": "@error" },
    "done": { "from": "ask", "to": "@end", "on": "approve" }
  },
  "layout": {
    "@start": [0, 100],
    "sort": [160, 100],
    "usual": [520, 0],
    "rare": [520, 200],
    "meet": [820, 100],
    "ask": [1120, 0],
    "off": [1120, 200],
    "@end": [1420, 0]
  }
}
`;

let session: WorkbenchSession;
let canvas: Canvas;

beforeAll(async () => {
  const files = {
    "routes.patchbay.json": GRAPH,
    "nodes/meet.ts": "export default () => ({});\n",
    "busy.patchbay.json": `{ "patchbay": 1, "nodes": { "wait": { "kind": "code", "handler": "./nodes/wait.ts" } },
      "edges": { "begin": { "from": "@start", "to": "wait" }, "end": { "from": "wait", "to": "@end" } } }`,
    "nodes/wait.ts": "export default () => new Promise(() => undefined);\n",
  };
  session = await openWorkbench({ files });
  const { workbench } = session;
  canvas = await workbench.openGraph("routes.patchbay.json");
  await workbench.sideBar.show("Patchbay");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const forced = (id: string): Promise<string | null> => canvas.edge(id).locator(".wire").getAttribute("data-forced");
const taken = (id: string): Promise<string | null> => canvas.edge(id).locator(".wire").getAttribute("data-taken");
const trace = (): Promise<string> => session.workbench.sideBar.lines("Trace");

async function step(due: string): Promise<void> {
  await canvas.button("run/step").click();
  await expect.poll(() => canvas.state(due), SOON).toBe("due");
}

test("a paused run takes the edge that is chosen from its menu, instead of the others", async () => {
  await step("usual");
  await expect.poll(() => taken("often"), SOON).toBe("latest");
  await canvas.pill("seldom").click();
  await canvas.pill("seldom").click({ button: "right" });
  await session.workbench.chooseInMenu("Take This Edge Next");
  await expect.poll(() => forced("seldom"), SOON).toBe("now");
  await expect.poll(() => canvas.state("rare"), SOON).toBe("due");
  expect([await taken("often"), await taken("seldom")]).toEqual(["never", "latest"]);
  await session.workbench.screenshots("routes-forced");
});

test("released, it goes by its own edges; forced again by the command, it steps along that edge", async () => {
  await session.workbench.run("Patchbay: Release Forced Edge");
  await expect.poll(() => canvas.state("usual"), SOON).toBe("due");
  expect(await forced("seldom")).toBeNull();
  await session.workbench.run("Patchbay: Take This Edge Next"); // it is still selected
  await expect.poll(() => canvas.state("rare"), SOON).toBe("due");
  await step("meet");
  expect([await canvas.state("rare"), await forced("seldom")]).toEqual(["done", "before"]);
  await expect.poll(trace, SOON).toMatch(/Sort → Rare.*forced|sort → rare.*forced/);
});

test("a run is sent elsewhere from a node, to several, and by its edges again", async () => {
  const { workbench } = session;
  await canvas.node("meet").click();
  await workbench.run("Patchbay: Send This Run Elsewhere…");
  await workbench.untilAsked("Send this run elsewhere: from Meet to…");
  await workbench.choose("Usual");
  await workbench.choose("Off");
  await workbench.press("Enter");
  const mark = canvas.node("meet").locator("[data-mark=elsewhere]");
  await expect.poll(() => mark.innerText(), SOON).toContain("Usual, Off");
  await workbench.screenshots("routes-elsewhere");
  await workbench.run("Patchbay: Send This Run by Its Edges Again");
  await expect.poll(() => mark.count(), SOON).toBe(0);
});

test("a question to reroute is answered with a node, and says when it answers itself", async () => {
  await step("ask");
  await canvas.button("run/step").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  const question = canvas.frame.locator("[data-question]");
  await expect
    .poll(() => question.locator("[data-testid=deadline]").innerText(), SOON)
    .toMatch(/answers itself with approve in (?:23|24) h/);
  await question.locator("[data-field=target]").selectOption("rare");
  await session.workbench.screenshots("routes-reroute");
  await question.locator("[data-action=reroute]").click();
  await step("rare");
});

test("a run that runs refuses, in words", async () => {
  const { workbench } = session;
  await workbench.openFile("busy.patchbay.json");
  canvas = workbench.canvas;
  await canvas.waitUntilLoaded();
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.state("wait"), SOON).toBe("running");
  await workbench.run("Patchbay: Take This Edge Next");
  await workbench.notification("The run is running. Pause the run first.").waitFor();
  await workbench.run("Notifications: Clear All Notifications");
  await workbench.run("Patchbay: Send This Run Elsewhere…");
  await workbench.notification("The run is running. Pause the run first.").waitFor();
  await canvas.button("run/stop").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("cancelled");
});

test("the window printed no errors", () => expect(session.workbench.errors).toEqual([]));
