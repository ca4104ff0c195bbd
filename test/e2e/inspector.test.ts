// What the inspector of a real VS Code knows of the graph and its run while somebody types: expressions, templates, channels, handlers.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "../unit/types/compile.js";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const REFUND = `{
  "patchbay": 1,
  "channels": {
    "order": { "schema": { "type": "object", "properties": { "total": { "type": "number" } } } },
    "note": { "schema": { "type": "string" } }
  },
  "nodes": {
    "make": { "kind": "expression", "set": { "order": "{'total': 120.0}", "note": "'lamp'" } },
    "ask": { "kind": "barrier", "prompt": "Refund {{order.total}} for the {{note}}?" },
    "thank": { "kind": "expression", "set": { "note": "note + '!'" } }
  },
  "edges": {
    "in": { "from": "@start", "to": "make" },
    "on": { "from": "make", "to": "ask", "when": "order.total > 100.0" },
    "yes": { "from": "ask", "to": "thank", "on": "approve" }
  },
  "layout": {
    "@start": [-160, 0],
    "make": [0, 0],
    "ask": [320, 0],
    "thank": [640, 0]
  }
}
`;
const CODE = `{
  "patchbay": 1,
  "channels": {
    "ticket": { "schema": { "type": "string" } },
    "score": { "schema": { "type": "number" } }
  },
  "nodes": {
    "rate": { "kind": "code", "handler": "./rating/rate.ts", "reads": ["ticket"], "writes": ["score"] }
  },
  "edges": {
    "in": { "from": "@start", "to": "rate" }
  },
  "layout": {
    "@start": [-160, 0],
    "rate": [0, 0]
  }
}
`;

let session: WorkbenchSession;
beforeAll(async () => {
  session = await openWorkbench({ files: { "refunds.patchbay.json": REFUND, "ratings.patchbay.json": CODE } });
  await session.workbench.run("View: Close Primary Side Bar");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const onDisk = (file: string): string => readFileSync(join(session.profile.workspace, file), "utf8");
const box = (canvas: Canvas, name: string): Locator => canvas.inspector.field(name).locator("textarea");
const offered = (canvas: Canvas, label: string): Locator => canvas.frame.locator(`[role=listbox] [data-completion="${label}"]`);

test("a condition is completed from the channels and their schemas, and shows what it comes to in the run", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph("refunds.patchbay.json");
  await canvas.inspector.open();
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  await canvas.pill("on").click();
  await box(canvas, "when").fill("");
  await box(canvas, "when").pressSequentially("ord");
  await offered(canvas, "order").waitFor();
  await box(canvas, "when").press("Tab");
  await box(canvas, "when").pressSequentially(".to");
  await offered(canvas, "total").waitFor();
  await box(canvas, "when").press("Enter");
  await box(canvas, "when").pressSequentially(" > 90.0");
  await expect.poll(() => box(canvas, "when").inputValue(), SOON).toBe("order.total > 90.0");
  await expect.poll(() => canvas.frame.locator('[data-value="when"]').textContent(), SOON).toBe("= true");
  await expect.poll(() => canvas.frame.locator('[data-reads="when"] code').allTextContents(), SOON).toEqual(["order"]);
  await workbench.screenshots("inspector-condition");
  await box(canvas, "when").press("Control+Enter");
  await workbench.save();
  await expect.poll(() => onDisk("refunds.patchbay.json"), SOON).toBe(REFUND.replace("> 100.0", "> 90.0"));
});

test("what is wrong with an expression is shown at its place while it is typed, and not yet in the text", async () => {
  const { canvas } = session.workbench;
  const before = onDisk("refunds.patchbay.json");
  await box(canvas, "when").fill("order.total > limit");
  const wrong = canvas.inspector.field("when").locator("[data-wrong=error]");
  await expect.poll(() => wrong.allTextContents(), SOON).toEqual(["limit"]);
  await expect.poll(() => canvas.frame.locator('[data-problems="when"]').innerText(), SOON).toContain("limit");
  await box(canvas, "when").fill("order.total +");
  await expect.poll(() => wrong.count(), SOON).toBe(1);
  await box(canvas, "when").press("Escape");
  await box(canvas, "when").press("Escape");
  await expect.poll(() => box(canvas, "when").inputValue(), SOON).toBe("order.total > 90.0");
  await expect.poll(() => wrong.count(), SOON).toBe(0);
  expect(onDisk("refunds.patchbay.json")).toBe(before);
});

test("a prompt is previewed on the state of the run, also before it is committed", async () => {
  const { canvas } = session.workbench;
  const preview = canvas.frame.locator('[data-preview="prompt"]');
  await canvas.node("ask").click();
  await expect.poll(() => preview.textContent(), SOON).toBe("Refund 120 for the lamp?");
  await session.workbench.screenshots("inspector-preview"); // it leaves the field: before anything is typed
  await box(canvas, "prompt").fill("Give {{order.total * 2}} back?");
  await expect.poll(() => preview.textContent(), SOON).toBe("Give 240 back?");
  await box(canvas, "prompt").press("Escape");
  await expect.poll(() => preview.textContent(), SOON).toBe("Refund 120 for the lamp?");
});

test("what a node read and wrote, and who gave it, is in its task", async () => {
  const { canvas } = session.workbench;
  await canvas.node("make").click();
  const wrote = canvas.frame.locator('[data-section=task] [data-values="writes"] [data-channel=note]');
  await expect.poll(() => wrote.innerText(), SOON).toContain("lamp");
  await canvas.frame.locator("[data-question] [data-action=approve]").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
  await canvas.button("run/continue").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  await canvas.node("thank").click();
  const read = canvas.frame.locator('[data-section=task] [data-values="input"] [data-channel=note]');
  await expect.poll(() => read.innerText(), SOON).toContain("make, superstep 1");
});

test("a channel gets another name wherever the graph says it, and one undo takes it back", async () => {
  const { workbench } = session;
  const { canvas } = workbench;
  const before = onDisk("refunds.patchbay.json");
  await canvas.focus();
  await workbench.press("Escape");
  await canvas.frame.locator('[data-command="channel/edit/note"]').click();
  await canvas.inspector.type("channel.name", "item_name");
  await canvas.frame.locator("[data-editor=item_name]").waitFor();
  await workbench.screenshots("inspector-channel");
  await workbench.save();
  const renamed = before
    .replace('"note": { "schema"', '"item_name": { "schema"')
    .replace(`"note": "'lamp'"`, `"item_name": "'lamp'"`)
    .replace("{{note}}", "{{item_name}}")
    .replace(`"note": "note + '!'"`, `"item_name": "item_name + '!'"`);
  await expect.poll(() => onDisk("refunds.patchbay.json"), SOON).toBe(renamed);
  await canvas.focus();
  await workbench.press("Control+z");
  await canvas.frame.locator('[data-command="channel/edit/note"]').waitFor();
  await workbench.save();
  await expect.poll(() => onDisk("refunds.patchbay.json"), SOON).toBe(before);
});

// Before code is opened: the language service of TypeScript is not in every VS Code that runs here.
test("the window printed no errors", () => {
  expect(session.workbench.errors).toEqual([]);
});

test("a handler that is missing is created with its types, and these hold", async () => {
  const { workbench, profile } = session;
  const canvas = await workbench.openGraph("ratings.patchbay.json");
  await canvas.inspector.open();
  await canvas.node("rate").click();
  await canvas.inspector.field("handler").waitFor();
  await canvas.frame.locator('[data-command="handler/create"]').click();
  const path = join(profile.workspace, "rating/rate.ts");
  await expect.poll(() => existsSync(path), SOON).toBe(true);
  const types = ".patchbay/types/ratings.d.ts";
  await expect.poll(() => existsSync(join(profile.workspace, types)), SOON).toBe(true);
  const handler = onDisk("rating/rate.ts");
  expect(handler).toContain('State<"rate">');
  const used = handler.replace("return {}", "return { score: (state.ticket ?? '').length }");
  expect(await compile({ [types]: onDisk(types), "rating/rate.ts": used })).toEqual([]);
  const misused = handler.replace("return {}", "return { ticket: state.score }");
  expect(await compile({ [types]: onDisk(types), "rating/rate.ts": misused })).not.toEqual([]);
  await canvas.frame.locator('[data-command="handler/create"]').waitFor({ state: "hidden" });
});

test("modules of the workspace are offered for a handler", async () => {
  const { canvas } = session.workbench;
  await box(canvas, "handler").fill("");
  await box(canvas, "handler").pressSequentially("rat");
  await expect.poll(() => offered(canvas, "./rating/rate.ts").count(), SOON).toBe(1);
  await box(canvas, "handler").press("Escape");
  await box(canvas, "handler").press("Escape");
});

test("channels that a node lists are offered one after the other", async () => {
  const { workbench } = session;
  const { canvas } = workbench;
  await box(canvas, "writes").press("End");
  await box(canvas, "writes").pressSequentially(", t");
  await offered(canvas, "ticket").waitFor();
  expect(await offered(canvas, "score").count()).toBe(0);
  await box(canvas, "writes").press("Enter");
  await expect.poll(() => box(canvas, "writes").inputValue(), SOON).toBe("score, ticket");
  await box(canvas, "writes").press("Enter");
  await workbench.save();
  await expect.poll(() => onDisk("ratings.patchbay.json"), SOON).toBe(CODE.replace('["score"]', '["score", "ticket"]'));
});
