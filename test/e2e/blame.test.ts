import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "desk.patchbay.json";
const TEXT = `{
  "patchbay": 1,
  "title": "Desk",
  "channels": {
    "log": { "schema": { "type": "array" }, "reducer": "append" },
    "order": { "schema": { "type": "object" } },
    "note": { "schema": { "type": "string" }, "default": "" }
  },
  "nodes": {
    "take": { "kind": "expression", "label": "Take", "set": { "order": "{'item': 'a lamp', 'price': 3}", "log": "['taken']" } },
    "price": { "kind": "expression", "label": "Price", "set": { "order": "{'item': 'a lamp', 'price': 4}", "log": "['priced']" } },
    "approve": { "kind": "barrier", "label": "Approve", "prompt": "Send {{order.item}}?", "output": "note" },
    "send": { "kind": "expression", "label": "Send", "set": { "log": "['sent']" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "take" },
    "priced": { "from": "take", "to": "price" },
    "asked": { "from": "price", "to": "approve" },
    "approved": { "from": "approve", "to": "send", "on": "approve" },
    "rejected": { "from": "approve", "to": "@end", "on": "reject" },
    "done": { "from": "send", "to": "@end" }
  },
  "layout": {
    "@start": [0, 0],
    "take": [140, 0],
    "price": [420, 0],
    "approve": [700, 0],
    "send": [980, 0],
    "@end": [1260, 0]
  }
}
`;

let session: WorkbenchSession;
let canvas: Canvas;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: TEXT } });
  const { workbench } = session;
  canvas = await workbench.openGraph(FILE);
  await canvas.inspector.open();
  await workbench.sideBar.show("Patchbay");
  await canvas.button("run/start").click();
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const writer = (channel: string) => canvas.inspector.channel(channel).locator("[data-command='blame/show']");
const selectedRow = async (): Promise<string> => {
  const pane = await session.workbench.sideBar.view("Checkpoints");
  return pane.locator(".monaco-list-row.selected .label-name").innerText();
};

test("the values of a run that stands say who wrote them", async () => {
  const { workbench } = session;
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await expect.poll(() => writer("order").innerText(), SOON).toBe("price, superstep 2");
  await expect.poll(() => writer("log").innerText(), SOON).toBe("price, superstep 2");
  await expect.poll(() => writer("note").innerText(), SOON).toBe("The default");
  await workbench.screenshots("blame-values");
});

test("a click shows the superstep among the checkpoints and the node on the canvas", async () => {
  await writer("order").click();
  await expect.poll(selectedRow, SOON).toBe("Superstep 2");
  await expect.poll(() => canvas.node("price").getAttribute("class"), SOON).toContain("selected");
  await session.workbench.screenshots("blame-shown");
});

test("the command leads to a place in a channel", async () => {
  const { workbench } = session;
  for (const theme of ["light", "high-contrast", "dark"] as const) {
    await workbench.press("Escape");
    await workbench.setTheme(theme);
    await workbench.run("Patchbay: Blame Channel…");
    await workbench.untilAsked("Who wrote it, as of superstep 3");
    await workbench.choose("order");
    await workbench.quickInput.getByText("All of order").waitFor();
    await workbench.screenshot("blame-places");
  }
  await workbench.choose("order.item");
  await expect.poll(selectedRow, SOON).toBe("Superstep 1");
  await expect.poll(() => canvas.node("take").getAttribute("class"), SOON).toContain("selected");
});

test("what is asked of an earlier checkpoint is as of then, and edited state names its author", async () => {
  const { workbench } = session;
  await (await workbench.sideBar.row("Checkpoints", /^Superstep 1/)).click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
  await canvas.pane.click({ position: { x: 8, y: 8 } });
  await expect.poll(() => writer("order").innerText(), SOON).toBe("take, superstep 1");
  await workbench.sideBar.act("Checkpoints", /^Superstep 1/, "Edit State");
  await workbench.untilAsked("State at superstep 1");
  await workbench.choose("note");
  await workbench.answer('"mine"');
  await expect.poll(() => writer("note").innerText(), SOON).toMatch(/^Edited by .+, superstep 1$/);
  await workbench.screenshots("blame-edited");
});
