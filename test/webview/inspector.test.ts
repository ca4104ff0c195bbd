import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Intent } from "../../runtime/document/intent.js";
import type { CompletionsView, ExpressionView } from "../../webview/protocol/expressions.js";
import { axeFindings } from "../support/axe.js";
import { graphOf, node, triage, triageWaiting } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";
import { nodeFields } from "../../webview/inspector/schema/field-schema.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const field = (page: Page, name: string): Locator => page.locator(`[data-surface=inspector] [data-field="${name}"]`);
const box = (page: Page, name: string): Locator => field(page, name).locator("textarea");
const sent = (page: Page): Promise<readonly Intent[]> => page.evaluate(() => window.host.edits.flatMap((edit) => edit.intents));
const asked = (page: Page, name: string): Promise<readonly unknown[]> =>
  page.evaluate((wanted) => window.host.looks.filter((look) => look.name === wanted).map(({ params }) => params), name);

const names: CompletionsView = {
  from: 0,
  to: 2,
  items: [
    { label: "score", kind: "channel", detail: "number", help: "A channel; its reducer is sum.", insert: "score", caret: 5 },
    { label: "order", kind: "channel", detail: "object", help: "", insert: "order", caret: 5 },
    {
      label: "size",
      kind: "function",
      detail: "size(value)",
      help: "How many characters, items or keys it has.",
      insert: "size()",
      caret: 5,
    },
  ],
};
const good: ExpressionView = {
  problems: [],
  type: "bool",
  value: "true",
  superstep: 4,
  reads: [
    { name: "score", type: "number", value: "4" },
    { name: "order", type: "object" },
  ],
};

/** Opens `triage` with the condition of its edge e8 in the inspector. */
async function openCondition(theme: "dark" | "light" | "contrast" = "dark"): Promise<Page> {
  const memory = { selection: { nodes: [], edges: ["e8"] }, inspector: { open: true, width: 320 } };
  const page = await browser.open({ graph: triage(), run: { ...triageWaiting(), questions: [] }, memory, theme });
  await box(page, "when").waitFor();
  return page;
}

const answer = (page: Page, completions: CompletionsView): Promise<void> =>
  page.evaluate((given) => void (window.host.answers["expression/complete"] = given), completions);
const check = (page: Page, view: ExpressionView): Promise<void> =>
  page.evaluate((given) => void (window.host.answers["expression/check"] = given), view);

test(
  "a name is completed with arrows and Enter, and the text is sent once it is left",
  async () => {
    const page = await openCondition();
    await answer(page, names);
    await box(page, "when").fill("");
    await box(page, "when").pressSequentially("si");
    const list = page.locator('[role="listbox"]');
    await list.waitFor();
    await expect.poll(() => list.locator('[aria-selected="true"]').getAttribute("data-completion")).toBe("score");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => list.locator('[aria-selected="true"]').getAttribute("data-completion")).toBe("size");
    await expect.poll(() => page.locator(".completion-help").textContent()).toContain("How many");
    await expect
      .poll(() => box(page, "when").getAttribute("aria-activedescendant"))
      .toBe(await list.locator('[aria-selected="true"]').getAttribute("id"));
    await page.keyboard.press("Enter");
    await expect.poll(() => list.count()).toBe(0);
    await page.keyboard.type("order");
    await expect.poll(() => box(page, "when").inputValue()).toBe("size(order)");
    expect(await sent(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => sent(page)).toEqual([{ type: "edge/update", id: "e8", patch: { when: "size(order)" } }]);
    await page.close();
  },
  patience,
);

test(
  "Ctrl+Space opens the list, Escape closes it and then takes back what was typed",
  async () => {
    const page = await openCondition();
    await answer(page, { ...names, from: 20, to: 20 });
    await box(page, "when").focus();
    await page.keyboard.press("End");
    await page.keyboard.type(" && ");
    await page.keyboard.press("Control+Space");
    await page.locator('[role="listbox"]').waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator('[role="listbox"]').count()).toBe(0);
    await expect.poll(() => box(page, "when").inputValue()).toBe("score >= 3 && order.total > 100 && ");
    await page.keyboard.press("Escape");
    await expect.poll(() => box(page, "when").inputValue()).toBe("score >= 3 && order.total > 100");
    await page.keyboard.press("Tab");
    expect(await sent(page)).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "a choice replaces all that is typed, also where the answer for that has not come yet",
  async () => {
    const page = await openCondition();
    await answer(page, { ...names, to: 1 });
    await box(page, "when").fill("");
    await box(page, "when").pressSequentially("o");
    await page.locator('[role="listbox"]').waitFor();
    await page.evaluate(() => void (window.host.holdingLooks = true));
    await box(page, "when").pressSequentially("rd");
    await expect
      .poll(() => page.locator("[data-completion]").evaluateAll((all) => all.map((each) => each.getAttribute("data-completion"))))
      .toEqual(["order"]);
    await page.keyboard.press("Enter");
    await expect.poll(() => box(page, "when").inputValue()).toBe("order");
    await page.close();
  },
  patience,
);

test(
  "what is wrong is underlined at its place before anything is sent",
  async () => {
    const page = await openCondition();
    await check(page, { problems: [{ severity: "error", message: "Unknown variable: scor", start: 0, end: 4 }], reads: [] });
    await box(page, "when").fill("scor > 2");
    const wrong = field(page, "when").locator("[data-wrong]");
    await wrong.waitFor();
    await expect.poll(() => wrong.textContent()).toBe("scor");
    await expect.poll(() => page.locator('[data-problems="when"]').textContent()).toContain("Unknown variable: scor");
    await expect.poll(() => box(page, "when").getAttribute("aria-invalid")).toBe("true");
    expect(await sent(page)).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "its type, its value on the state of the run and what it reads are shown",
  async () => {
    const page = await openCondition();
    await check(page, good);
    await box(page, "when").fill("score >= 3");
    await expect.poll(() => page.locator('[data-value="when"]').textContent()).toBe("= true");
    await expect.poll(() => page.locator(".explained-type").textContent()).toBe("bool");
    await expect.poll(() => page.locator('[data-reads="when"] code').allTextContents()).toEqual(["score", "order"]);
    await page.close();
  },
  patience,
);

test(
  "an answer for another text than is typed now is dropped",
  async () => {
    const page = await openCondition();
    await expect.poll(async () => (await asked(page, "expression/check")).length).toBe(1);
    await page.evaluate(() => void (window.host.holdingLooks = true));
    await answer(page, names);
    await check(page, { problems: [{ severity: "error", message: "late", start: 0, end: 4 }], reads: [] });
    await box(page, "when").fill("scor");
    await expect.poll(async () => (await asked(page, "expression/check")).length).toBe(2);
    await check(page, { problems: [], reads: [], type: "bool" });
    await box(page, "when").fill("1 > 2");
    await expect.poll(async () => (await asked(page, "expression/check")).length).toBe(3);
    // Both come at once; the first would underline four letters, and open a list.
    await page.evaluate(() => window.host.release());
    await expect.poll(() => page.locator(".explained-type").textContent()).toBe("bool");
    await expect.poll(() => field(page, "when").locator("[data-wrong]").count()).toBe(0);
    await expect.poll(() => page.locator('[role="listbox"]').count()).toBe(0);
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: a condition is completed, and one is wrong`,
    async () => {
      const page = await openCondition(theme);
      await check(page, good);
      await answer(page, { ...names, from: 0, to: 0 });
      await box(page, "when").fill("score >= 3 && order.name == 'lamp'");
      await page.locator('.explanation[data-fresh="true"] [data-value="when"]').waitFor(); // until then it is dim
      await page.locator("aside").screenshot({ path: new URL(`condition-${theme}.png`, folder).pathname });
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press("Control+Space");
      await page.locator('[role="listbox"]').waitFor();
      await page.locator("aside").screenshot({ path: new URL(`completions-${theme}.png`, folder).pathname });
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await check(page, { problems: [{ severity: "error", message: "Unknown variable: scor", start: 0, end: 4 }], reads: [] });
      await box(page, "when").fill("scor >= 3 && order.name == 'lamp'");
      await field(page, "when").locator("[data-wrong]").waitFor();
      await page.locator("aside").screenshot({ path: new URL(`wrong-${theme}.png`, folder).pathname });
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      await page.close();
    },
    patience,
  );
}

test(
  "every field of every kind that the format has can be edited in its form",
  async () => {
    const shapes: Readonly<Record<string, Record<string, unknown>>> = {
      code: { retry: {}, cache: {} },
      expression: { set: { score: "1" }, retry: {}, cache: {} },
      barrier: { prompt: "Go on?", timeout: "1d" },
      http: { url: "https://example.com/", method: "POST", retry: {}, cache: {} },
      map: { over: "[]", handler: "./a.ts", retry: {}, cache: {} },
      subgraph: { graph: "./b.patchbay.json", retry: {}, cache: {} },
    };
    const nodes = Object.entries(shapes).map(([kind, fields], index) =>
      node(kind, { handler: undefined, ...fields, kind }, [index * 300, 0]),
    );
    const inGraph = node("map_graph", { kind: "map", over: "[]", graph: "./b.patchbay.json", handler: undefined }, [0, 200]);
    const page = await browser.open({ graph: graphOf([...nodes, inGraph], []), memory: { inspector: { open: true, width: 320 } } });
    // Those that are said together with another, or only of a map that runs the other thing.
    const others: Readonly<Record<string, readonly string[]>> = {
      map: ["graph", "in", "result"],
      map_graph: ["handler", "reads", "pool", "chunk"],
    };
    for (const { id, kind } of [...nodes, inGraph]) {
      await page.locator(`.react-flow__node[data-id="${id}"]`).click();
      await page.locator('[data-surface=inspector] [data-field="label"]').waitFor();
      const running = page.locator('[data-section="running"]');
      if ((await running.getAttribute("open")) === null) await running.locator("summary").click();
      const shown = await page
        .locator("[data-surface=inspector] [data-field], [data-surface=inspector] [data-group]")
        .evaluateAll((all) => all.map((each) => (each.getAttribute("data-field") ?? each.getAttribute("data-group"))?.split(".")[0] ?? ""));
      const missing = [...nodeFields(kind).keys()].filter((name) => !shown.includes(name) && others[id]?.includes(name) !== true);
      expect({ kind, missing }).toEqual({ kind, missing: [] });
    }
    await page.close();
  },
  patience,
);

test(
  "a kind that nobody knows shows its fields as JSON, and what is strange in a known one too",
  async () => {
    const strange = node("a", { kind: "teleport", handler: undefined, speed: { warp: 9 } });
    const odd = node("b", { note: "x", colour: "red" }, [300, 0]);
    const page = await browser.open({ graph: graphOf([strange, odd], []), memory: { inspector: { open: true, width: 320 } } });
    await page.locator('.react-flow__node[data-id="a"]').click();
    await expect.poll(() => field(page, "speed").locator("textarea").inputValue()).toBe('{\n  "warp": 9\n}');
    await field(page, "speed").locator("textarea").fill("{ oops");
    await page.keyboard.press("Control+Enter");
    await page.locator('.field:has([data-field="speed"]) [role="alert"]').waitFor();
    await field(page, "speed").locator("textarea").fill('{ "warp": 10 }');
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => sent(page)).toEqual([{ type: "node/update", id: "a", patch: { speed: { warp: 10 } } }]);
    await page.locator('.react-flow__node[data-id="b"]').click();
    await expect.poll(() => field(page, "colour").locator("textarea").inputValue()).toBe('"red"');
    await page.close();
  },
  patience,
);

test(
  "required fields are marked, what the format says is a tooltip, and what is usual stands in empty fields",
  async () => {
    const get = node("get", { kind: "http", url: "https://example.com/", handler: undefined });
    const page = await browser.open({ graph: graphOf([get], []), memory: { inspector: { open: true, width: 320 } } });
    await page.locator('.react-flow__node[data-id="get"]').click();
    const label = (name: string): Locator => page.locator(`.field:has([data-field="${name}"]) > .field-label`);
    await expect.poll(() => label("url").locator(".field-required").count()).toBe(1);
    expect(await page.locator('[data-group="headers"] .form-head .field-required').count()).toBe(0);
    await expect.poll(() => label("redirects").getAttribute("title")).toContain("How many redirects");
    await expect.poll(() => field(page, "maxSize").locator("input").getAttribute("placeholder")).toBe("16MB");
    await field(page, "redirects").locator("input").fill("51");
    await page.keyboard.press("Enter");
    await page.locator('.field:has([data-field="redirects"]) [role="alert"]').waitFor();
    await field(page, "redirects").locator("input").fill("2");
    await page.keyboard.press("Enter");
    await expect.poll(() => sent(page)).toEqual([{ type: "node/update", id: "get", patch: { redirects: 2 } }]);
    await page.close();
  },
  patience,
);

test(
  "a section that was folded stays folded for what is selected next, and when the canvas is opened again",
  async () => {
    const page = await browser.open({ graph: triage(), memory: { inspector: { open: true, width: 320 } } });
    const isOpen = (name: string): Promise<boolean> =>
      page.locator(`[data-section="${name}"]`).evaluate((each) => each.hasAttribute("open"));
    await page.locator('.react-flow__node[data-id="order"]').click();
    await expect.poll(() => isOpen("running")).toBe(false);
    await page.locator('[data-section="running"] > summary').click();
    await page.locator('[data-section="node"] > summary').click();
    await page.locator('.react-flow__node[data-id="customer"]').click();
    await expect.poll(() => isOpen("running")).toBe(true);
    await expect.poll(() => isOpen("node")).toBe(false);
    const memory = await page.evaluate(() => window.host.memory);
    await page.close();
    const again = await browser.open({ graph: triage(), memory });
    await again.locator('[data-section="node"]').waitFor();
    await expect.poll(() => again.locator('[data-section="node"]').evaluate((each) => each.hasAttribute("open"))).toBe(false);
    await again.close();
  },
  patience,
);

test(
  "a handler that is missing can be created from the list of problems, too",
  async () => {
    const graph = triage();
    const missing = { severity: "error" as const, code: "HANDLER_MISSING", message: "There is no file.", line: 3, node: "refund" };
    const problems = [
      { ...missing, field: "handler" },
      { ...missing, field: "fallback", line: 4 },
      { severity: "warning" as const, code: "UNKNOWN_FIELD", message: "No field.", line: 5, node: "order" },
    ];
    const page = await browser.open({ graph: { ...graph, problems }, memory: { inspector: { open: false, width: 320 } } });
    await page.locator('[data-command="problems/toggle"]').click();
    const create = page.locator('[data-testid="problems"] [data-command="handler/create"]');
    expect(await create.count()).toBe(1);
    await page.locator('[data-testid="problems"]').screenshot({ path: new URL("create-handler.png", folder).pathname });
    await create.focus();
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.evaluate(() => window.host.commands.filter(({ name }) => name === "handler/create").map(({ params }) => params)))
      .toEqual([{ node: "refund" }]);
    expect(await axeFindings(page)).toEqual([]);
    await page.evaluate((view) => window.host.setGraph({ ...view, readOnly: true }), { ...graph, problems });
    await expect.poll(() => create.count()).toBe(0);
    await page.close();
  },
  patience,
);

test(
  "modules are offered for a handler, and one that is missing can be created",
  async () => {
    const graph = triage();
    const missing = { ...graph.problems[0], node: "refund", field: "handler", code: "HANDLER_MISSING" };
    const problems = [{ severity: "error" as const, message: "There is no file.", line: 3, ...missing }];
    const page = await browser.open({ graph: { ...graph, problems }, memory: { inspector: { open: true, width: 320 } } });
    await page.locator('.react-flow__node[data-id="refund"]').click();
    await page.locator('[data-command="handler/create"]').click();
    await expect
      .poll(() => page.evaluate(() => window.host.commands.filter(({ name }) => name === "handler/create").map(({ params }) => params)))
      .toEqual([{ node: "refund" }]);
    const label = "./nodes/pay.ts";
    const offered: CompletionsView = {
      from: 0,
      to: 3,
      items: [{ label, kind: "file", detail: "module", help: "", insert: label, caret: label.length }],
    };
    await page.evaluate((given) => void (window.host.answers["handler/suggest"] = given), offered);
    await box(page, "handler").fill("pay");
    await page.locator('[data-completion="./nodes/pay.ts"]').click();
    await page.keyboard.press("Enter");
    await expect.poll(() => sent(page)).toEqual([{ type: "node/update", id: "refund", patch: { handler: label } }]);
    await page.close();
  },
  patience,
);
