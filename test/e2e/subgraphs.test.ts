// Nodes become a graph of their own and come back, in a real VS Code; and the ways between graphs.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const CHAIN = `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "number" } }
  },
  "nodes": {
    "first": { "kind": "expression", "set": { "n": "1" } },
    "second": { "kind": "expression", "label": "Add tax", "set": { "n": "n + 2.0" } },
    "third": { "kind": "expression", "set": { "n": "n * 2.0" } },
    "last": { "kind": "expression", "set": { "n": "n + 1.0" } }
  },
  "edges": {
    "in": { "from": "@start", "to": "first" },
    "e1": { "from": "first", "to": "second" },
    "e2": { "from": "second", "to": "third" },
    "e3": { "from": "third", "to": "last" },
    "out": { "from": "last", "to": "@end" }
  },
  "layout": {
    "@start": [-200, 0],
    "first": [0, 0],
    "second": [280, 0],
    "third": [560, 0],
    "last": [840, 0],
    "@end": [1120, 0]
  }
}
`;

/** A graph that runs the other one. */
const AROUND = `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "number" } }
  },
  "nodes": {
    "before": { "kind": "expression", "set": { "n": "0" } },
    "chain": { "kind": "subgraph", "label": "The chain", "graph": "./chain.patchbay.json" }
  },
  "edges": {
    "in": { "from": "@start", "to": "before" },
    "go": { "from": "before", "to": "chain", "when": "n < 1.0" }
  },
  "layout": {
    "@start": [-200, 0],
    "before": [0, 0],
    "chain": [320, 0]
  }
}
`;

/** Runs a graph that asks, once and once more. */
const ASKING = `{
  "patchbay": 1,
  "title": "Asking",
  "channels": { "n": { "schema": { "type": "number" }, "default": 0 } },
  "nodes": {
    "check": { "kind": "subgraph", "label": "Check", "graph": "./question.patchbay.json" }
  },
  "edges": {
    "in": { "from": "@start", "to": "check" },
    "again": { "from": "check", "to": "check", "when": "n < 2.0" }
  },
  "layout": { "@start": [-200, 0], "check": [0, 0] }
}
`;
const QUESTION = `{
  "patchbay": 1,
  "title": "Question",
  "channels": { "n": { "schema": { "type": "number" }, "default": 0 } },
  "nodes": {
    "count": { "kind": "expression", "set": { "n": "n + 1.0" } },
    "ask": { "kind": "barrier", "prompt": "Is {{n}} right?" }
  },
  "edges": {
    "in": { "from": "@start", "to": "count" },
    "on": { "from": "count", "to": "ask", "when": "n > 0.0" },
    "out": { "from": "ask", "to": "@end" }
  },
  "layout": { "@start": [-200, 0], "count": [0, 0], "ask": [280, 0], "@end": [560, 0] }
}
`;

let session: WorkbenchSession;
beforeAll(async () => {
  session = await openWorkbench({
    files: {
      "chain.patchbay.json": CHAIN,
      "around.patchbay.json": AROUND,
      "asking.patchbay.json": ASKING,
      "question.patchbay.json": QUESTION,
    },
  });
  await session.workbench.run("View: Close Primary Side Bar");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const at = (file: string): string => join(session.profile.workspace, file);

test("selected nodes become a graph, and one undo takes both documents back", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph("chain.patchbay.json");
  await canvas.node("second").click();
  await canvas.node("third").click({ modifiers: ["Control"] });
  await workbench.press("Control+Shift+E");
  await workbench.untilAsked("Make Subgraph");
  await expect.poll(() => workbench.typed(), SOON).toBe("add-tax.patchbay.json");
  await workbench.screenshot("make-subgraph");
  await workbench.answer("tax.patchbay.json");
  await expect.poll(() => canvas.nodeIds().then((ids) => ids.toSorted()), SOON).toEqual(["@end", "@start", "first", "last", "tax"]);
  await workbench.notification("2 nodes are now the graph tax.patchbay.json").waitFor();
  await workbench.screenshots("subgraph-made");
  const made = (): unknown => JSON.parse(readFileSync(at("tax.patchbay.json"), "utf8"));
  await expect.poll(made, SOON).toMatchObject({ nodes: { second: {}, third: {} } });
  await canvas.focus();
  await workbench.press("Control+z");
  await workbench.screenshot("subgraph-undone");
  await expect.poll(() => canvas.nodeIds().then((ids) => ids.length), SOON).toBe(6);
  await expect.poll(() => existsSync(at("tax.patchbay.json")), SOON).toBe(false);
});

test("the outline mirrors the canvas: what is selected in one is selected in the other", async () => {
  const { workbench } = session;
  await workbench.run("View: Toggle Primary Side Bar Visibility");
  await workbench.sideBar.show("Patchbay");
  const canvas = await workbench.openGraph("around.patchbay.json");
  await expect.poll(() => workbench.sideBar.lines("Outline").then((text) => text.trim()), SOON).toBe("Start \nbefore \nThe chain chain");
  await canvas.node("before").click();
  const row = await workbench.sideBar.row("Outline", "before");
  await expect.poll(() => row.getAttribute("aria-selected"), SOON).toBe("true");
  await expect.poll(() => canvas.isFocused(), SOON).toBe(true);
  await (await workbench.sideBar.row("Outline", "The chain")).click();
  await expect.poll(() => canvas.frame.locator(".react-flow__node.selected").getAttribute("data-id"), SOON).toBe("chain");
  // What runs inside is looked up when it is unfolded.
  await workbench.press("ArrowRight");
  await (await workbench.sideBar.row("Outline", "./chain.patchbay.json")).locator(".monaco-tl-twistie").click();
  await expect.poll(() => workbench.sideBar.lines("Outline"), SOON).toContain("./chain.patchbay.json \nStart \nfirst");
  await workbench.screenshots("outline");
  await workbench.sideBar.fold("Outline");
  await workbench.run("View: Toggle Primary Side Bar Visibility");
});

test("breadcrumbs show the way to a graph, and back and forward lead through places of both", async () => {
  const { workbench } = session;
  let canvas = await workbench.openGraph("around.patchbay.json");
  await canvas.node("chain").dblclick();
  await expect.poll(async () => (await workbench.canvas.nodeIds()).includes("third"), SOON).toBe(true);
  canvas = workbench.canvas;
  const way = canvas.frame.locator("nav.way");
  await expect.poll(() => way.innerText(), SOON).toMatch(/around › The chain\s+chain/);
  await workbench.screenshots("breadcrumbs");
  await canvas.node("third").click();
  await way.getByRole("button", { name: "Show the node The chain in around" }).click();
  await expect.poll(async () => (await workbench.canvas.nodeIds()).includes("before"), SOON).toBe(true);
  canvas = workbench.canvas;
  await expect.poll(() => canvas.frame.locator(".react-flow__node.selected").getAttribute("data-id"), SOON).toBe("chain");
  await canvas.node("before").click();
  await workbench.press("Alt+ArrowLeft");
  await expect.poll(async () => (await workbench.canvas.nodeIds()).includes("third"), SOON).toBe(true);
  await expect.poll(() => workbench.canvas.frame.locator(".react-flow__node.selected").getAttribute("data-id"), SOON).toBe("third");
  await workbench.run("Patchbay: Go Forward");
  await expect.poll(async () => (await workbench.canvas.nodeIds()).includes("before"), SOON).toBe(true);
  await expect.poll(() => workbench.canvas.frame.locator(".react-flow__node.selected").getAttribute("data-id"), SOON).toBe("before");
});

test("the graph of a node opens beside", async () => {
  const { workbench } = session;
  await workbench.run("View: Close All Editors");
  const canvas = await workbench.openGraph("around.patchbay.json");
  await canvas.node("chain").click({ button: "right" });
  await workbench.chooseInMenu("Open Beside");
  await workbench.untilGroupActive(1);
  await expect.poll(async () => (await workbench.canvasAt(1).nodeIds()).includes("third"), SOON).toBe(true);
  await workbench.run("View: Close All Editors");
});

test("a subgraph is inlined: its nodes take the place of its node, and one undo puts it back", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph("around.patchbay.json");
  await canvas.node("chain").click({ button: "right" });
  await workbench.chooseInMenu("Inline Subgraph");
  const here = ["@end", "@start", "before", "first", "last", "second", "third"];
  await expect.poll(() => canvas.nodeIds().then((ids) => ids.toSorted()), SOON).toEqual(here);
  await workbench.screenshot("subgraph-inlined");
  await canvas.focus();
  await workbench.press("Control+z");
  await expect.poll(() => canvas.nodeIds().then((ids) => ids.toSorted()), SOON).toEqual(["@end", "@start", "before", "chain"]);
  await workbench.save();
});

test("the canvas of a graph that was come to from a node shows what runs inside the node, and answers it", async () => {
  const { workbench } = session;
  await workbench.run("View: Close All Editors");
  let canvas = await workbench.openGraph("asking.patchbay.json");
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await canvas.node("check").dblclick();
  await expect.poll(async () => (await workbench.canvas.nodeIds()).includes("count"), SOON).toBe(true);
  canvas = workbench.canvas;
  const shown = canvas.frame.locator("nav.way").getByRole("button", { name: /What ran inside the node is shown/ });
  await expect.poll(() => shown.innerText(), SOON).toBe("superstep 1");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await expect.poll(() => canvas.state("count"), SOON).toBe("done");
  await expect.poll(() => canvas.state("ask"), SOON).toBe("waiting");
  await workbench.screenshots("inside-a-run");
  await canvas.frame.locator('[data-action="approve"]').first().click();
  await workbench.run("Patchbay: Continue"); // it is the run around that goes on
  await expect.poll(() => shown.innerText(), SOON).toBe("superstep 2");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await shown.click();
  await workbench.untilAsked("superstep 1");
  await workbench.screenshot("inside-which-run");
  await workbench.answer("superstep 1");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  await canvas.frame.locator("nav.way").getByRole("button", { name: "Show the node Check in Asking" }).click();
  await expect.poll(async () => (await workbench.canvas.nodeIds()).includes("check"), SOON).toBe(true);
  await expect.poll(() => workbench.canvas.runStatus(), SOON).toBe("waiting");
});
