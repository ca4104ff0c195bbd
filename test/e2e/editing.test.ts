import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

/** With comments, an order and spaces of somebody's own, which edits leave alone. */
const PREPARED = `{
  // Kept as it is written.
  "patchbay": 1,
  "title": "Prepared",
  "channels": {
    "score": { "schema": { "type": "number" } }, // 0 to 100
    "text":  { "schema": { "type": "string" } }
  },
  "nodes": {
    "rate": { "kind": "expression", "set": { "score": "50" } },
    /* Two ends. */
    "good": { "kind": "code", "handler": "./nodes/good.ts" },
    "bad":  { "kind": "expression", "set": { "text": "'bad'" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "rate" },
    "high": { "from": "rate", "to": "good", "when": "score > 60" }, // the threshold
    "low": { "from": "rate", "to": "bad", "else": true }
  },
  "layout": {
    "@start": [0, 100],
    "rate": [140, 100],
    "good": [460, 20],
    "bad": [460, 180],
    "@end": [780, 100]
  }
}
`;
const EDITED = `{
  // Kept as it is written.
  "patchbay": 1,
  "title": "Prepared",
  "channels": {
    "score": { "schema": { "type": "number" } }, // 0 to 100
    "text":  { "schema": { "type": "string" } }
  },
  "nodes": {
    "rate": { "kind": "expression", "set": { "score": "50" } },
    /* Two ends. */
    "bad":  { "kind": "expression", "set": { "text": "'bad'" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "rate" },
    "high": { "from": "rate", "to": "bad", "when": "score >= 70" }, // the threshold
    "e4": { "from": "bad", "to": "@end" }
  },
  "layout": {
    "@start": [0, 100],
    "rate": [140, 100],
    "bad": [460, 180],
    "@end": [780, 100]
  }
}
`;
const DRAWN = `{
  "patchbay": 1,
  "nodes": {
    "expression": { "kind": "expression", "set": {}, "label": "Count" },
    "barrier": { "kind": "barrier", "prompt": "Go on?" },
    "code": { "kind": "code", "handler": "./nodes/code.ts" }
  },
  "edges": {
    "e1": { "from": "@start", "to": "expression" },
    "e2": { "from": "expression", "to": "code" }
  },
  "layout": {
    "expression": [x, y],
    "barrier": [x, y],
    "code": [x, y]
  }
}
`;
const HANDLER = "export default async () => ({});\nexport const better = async () => ({});\n";

let session: WorkbenchSession;

beforeAll(async () => {
  session = await openWorkbench({ files: { "prepared.patchbay.json": PREPARED, "nodes/good.ts": HANDLER, "blank.patchbay.json": "" } });
  await session.workbench.run("View: Close Primary Side Bar");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

async function open(file: string): Promise<Canvas> {
  await session.workbench.openFile(file);
  const { canvas } = session.workbench;
  await canvas.waitUntilLoaded();
  await canvas.inspector.open();
  return canvas;
}

const onDisk = (file: string) => (): string => readFileSync(join(session.profile.workspace, file), "utf8");
const save = (): Promise<void> => session.workbench.save();

test("a new graph is asked for a name, and runs", async () => {
  const { workbench } = session;
  await workbench.run("Patchbay: New Graph…");
  await expect.poll(() => workbench.typed(), SOON).toContain("graph.patchbay.json"); // the dialog has found its folder
  await workbench.answer(join(session.profile.workspace, "fresh"));
  await workbench.tab("fresh.patchbay.json").waitFor();
  const { canvas } = workbench;
  await canvas.waitUntilLoaded();
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await expect.poll(() => canvas.frame.locator("[data-question]").innerText(), SOON).toContain("Is “Draft 1” good enough?");
  await expect.poll(onDisk("fresh.patchbay.json"), SOON).toContain('"title": "fresh"');
});

test("a blank document becomes a graph by keys and pointer, as minimal text", async () => {
  const { workbench } = session;
  const canvas = await open("blank.patchbay.json");
  await canvas.pane.hover({ position: { x: 300, y: 200 } });
  await workbench.press("Tab");
  await workbench.insert("expression");
  await workbench.press("Enter");
  await expect.poll(() => canvas.nodeIds(), SOON).toContain("expression");
  await workbench.press("F2");
  await workbench.insert("Count");
  await workbench.press("Enter");
  await expect.poll(() => canvas.label("expression"), SOON).toBe("Count");

  await canvas.pane.dblclick({ position: { x: 500, y: 420 } });
  await canvas.choose("barrier");
  await expect.poll(() => canvas.nodeIds(), SOON).toContain("barrier");
  await canvas.drag({ at: canvas.port("@start", "source") }, { at: canvas.port("expression", "target") });
  await expect.poll(async () => (await canvas.edgeIds()).length, SOON).toBe(1);
  await canvas.drag({ at: canvas.port("expression", "source") }, { at: canvas.pane, position: { x: 620, y: 150 } });
  await canvas.choose("code");
  await expect.poll(async () => (await canvas.edgeIds()).length, SOON).toBe(2);
  await save();
  const text = (): string => onDisk("blank.patchbay.json")().replaceAll(/\[-?\d+, -?\d+\]/g, "[x, y]"); // places depend on the window
  await expect.poll(text, SOON).toBe(DRAWN);
  // What was saved has its types, for whoever writes the handler.
  const types = join(session.profile.workspace, ".patchbay/types/blank.d.ts");
  await expect.poll(() => existsSync(types) && readFileSync(types, "utf8"), SOON).toContain("code");
});

test("edits in the canvas and the inspector change what they mean in the text, and nothing else", async () => {
  const { workbench } = session;
  const canvas = await open("prepared.patchbay.json");
  await canvas.node("good").click();
  await canvas.inspector.type("handler", "./nodes/good.ts#better");
  await expect.poll(() => canvas.node("good").locator(".card-line").innerText(), SOON).toBe("./nodes/good.ts#better");

  await canvas.frame.locator('[data-pill="high"]').click();
  await canvas.inspector.type("when", "score >= 70");
  await expect.poll(() => canvas.frame.locator('[data-pill="high"]').innerText(), SOON).toBe("score >= 70");
  await canvas.inspector.choose("to", "bad");
  await canvas.drag({ at: canvas.edgeEnd("low", "target") }, { at: canvas.port("good", "target") });
  await canvas.drag({ at: canvas.port("bad", "source") }, { at: canvas.port("@end", "target") });
  await expect.poll(() => canvas.edgeIds(), SOON).toHaveLength(4);
  await canvas.node("good").click();
  await workbench.press("Delete");
  await expect.poll(() => canvas.nodeIds(), SOON).not.toContain("good");
  await save();
  await expect.poll(onDisk("prepared.patchbay.json"), SOON).toBe(EDITED);
});

test("undo leads back to the bytes that were there", async () => {
  const { workbench } = session;
  const { canvas } = workbench;
  await canvas.focus();
  await expect
    .poll(async () => {
      await workbench.press("Control+Z");
      return canvas.node("good").locator(".card-line").allInnerTexts();
    }, SOON)
    .toEqual(["./nodes/good.ts"]);
  await save();
  await expect.poll(onDisk("prepared.patchbay.json"), SOON).toBe(PREPARED);
});

test("a wrong expression is marked on the canvas until it is corrected", async () => {
  const { workbench } = session;
  const { canvas } = workbench;
  const mark = canvas.frame.locator('[data-pill="high"] .problem-mark');
  await canvas.frame.locator('[data-pill="high"]').click();
  await canvas.inspector.type("when", "score > 'much'");
  await mark.waitFor();
  await expect.poll(() => mark.getAttribute("title"), SOON).toContain("no such overload");
  const problems = async (): Promise<string> => (await workbench.problems()).join("\n");
  await expect.poll(problems, SOON).toContain("no such overload: double > string");
  await canvas.inspector.type("when", "score > 60");
  await mark.waitFor({ state: "hidden" });
  await expect.poll(problems, SOON).not.toContain("no such overload");
  await expect.poll(() => canvas.frame.locator("[data-testid=problems]").count(), SOON).toBe(0);
});

test("the window printed no errors", () => {
  expect(session.workbench.errors).toEqual([]);
});
