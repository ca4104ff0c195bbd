// Forms for what is a table or a schema in the document: rows that are added, renamed and removed, and the way out as JSON.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Intent } from "../../runtime/document/intent.js";
import { axeFindings } from "../support/axe.js";
import { graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const field = (page: Page, name: string): Locator => page.locator(`[data-surface=inspector] [data-field="${name}"]`);
const box = (page: Page, name: string): Locator => field(page, name).locator("textarea");
const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.closest("[data-field], [data-command]")?.getAttribute("data-field"));
const sent = (page: Page): Promise<readonly Intent[]> => page.evaluate(() => window.host.edits.flatMap((edit) => edit.intents));
const last = async (page: Page): Promise<unknown> => {
  const edit = (await sent(page)).at(-1);
  return edit?.type === "node/update" ? edit.patch : edit;
};

const headers = { accept: "text/plain", "x-retries": 3 };
const kinds = {
  http: { url: "https://example.com/{{id}}", method: "POST", query: { page: "{{n}}" }, headers, body: { n: "{{n}}", deep: 1 } },
  barrier: {
    prompt: "Refund?",
    schema: {
      type: "object",
      properties: { reason: { type: "string", enum: ["late", "broken"] }, cents: { type: "integer" } },
      required: ["cents"],
    },
  },
  expression: { set: { total: "a + b", flagged: "false" } },
  subgraph: { graph: "./b.patchbay.json", in: { ticket: "order.ticket" } },
  map: { over: "[]", graph: "./b.patchbay.json", in: {} },
  code: { fallback: { total: 0, note: "none" } },
};

/** Opens a node of a kind in the inspector. */
async function open(
  kind: keyof typeof kinds,
  more: Record<string, unknown> = {},
  theme: "dark" | "light" | "contrast" = "dark",
): Promise<Page> {
  const channels = ["total", "note", "flagged"].map((name) => ({ name, type: "any", reducer: "last", fields: {} }));
  const shown = node("x", { handler: kind === "code" ? "./a.ts" : undefined, ...kinds[kind], ...more, kind });
  const graph = graphOf([shown], [], { channels });
  const page = await browser.open({
    graph: { ...graph, ...(more["problems"] === undefined ? {} : { problems: more["problems"] as typeof graph.problems }) },
    memory: { selection: { nodes: ["x"], edges: [] }, inspector: { open: true, width: 320, sections: { running: true } } },
    theme,
  });
  await field(page, "label").waitFor();
  return page;
}

test(
  "a header is added by its name, and the keyboard goes on to its value",
  async () => {
    const page = await open("http");
    await page.evaluate(() => {
      const item = { label: "authorization", kind: "property" as const, detail: "header", help: "", insert: "authorization", caret: 13 };
      window.host.answers["name/suggest"] = { from: 0, to: 3, items: [item] };
    });
    await box(page, "headers.+").pressSequentially("aut");
    await page.locator('[data-completion="authorization"]').waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect.poll(() => last(page)).toEqual({ headers: { ...headers, authorization: "" } });
    await expect.poll(() => focused(page)).toBe("headers.authorization");
    await page.keyboard.type("Bearer {{secret.KEY}}");
    await page.keyboard.press("Enter");
    await expect.poll(() => last(page)).toEqual({ headers: { ...headers, authorization: "Bearer {{secret.KEY}}" } });
    await expect.poll(() => box(page, "headers.+").inputValue()).toBe("");
    expect(await sent(page)).toHaveLength(2);
    await page.close();
  },
  patience,
);

test(
  "the names of a list are completed one by one, those that are there not again",
  async () => {
    const page = await open("code", { reads: ["total"] });
    await page.evaluate(() => {
      const items = ["total", "note", "flagged"].map((label) => ({
        label,
        kind: "channel" as const,
        detail: "any",
        help: "",
        insert: label,
        caret: label.length,
      }));
      window.host.answers["name/suggest"] = { from: 0, to: 0, items };
    });
    await box(page, "reads").press("End");
    await page.keyboard.type(", ");
    await page.locator('[data-completion="note"]').waitFor();
    expect(await page.locator("[data-completion]").allTextContents()).toEqual(["noteany", "flaggedany"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await box(page, "reads").inputValue()).toBe("total, flagged");
    await page.keyboard.press("Enter");
    await expect.poll(() => last(page)).toEqual({ reads: ["total", "flagged"] });
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete"); // no list opens of which Enter would choose
    await page.keyboard.press("Enter");
    await expect.poll(() => last(page)).toEqual({ reads: null });
    await page.close();
  },
  patience,
);

test(
  "a row is renamed in its place and removed, and the keyboard stays among the rows",
  async () => {
    const page = await open("http");
    await box(page, "headers.accept=").fill("x-accept");
    await page.keyboard.press("Enter");
    await expect.poll(() => last(page)).toEqual({ headers: { "x-accept": "text/plain", "x-retries": 3 } });
    expect(Object.keys(((await last(page)) as { headers: object }).headers)[0]).toBe("x-accept");
    await expect.poll(() => focused(page)).toBe("headers.x-accept=");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => last(page)).toEqual({ headers: { "x-retries": 3 } });
    await expect.poll(() => focused(page)).toBe("headers.x-retries=");
    await page.locator('[data-command="headers/remove/x-retries"]').click();
    await expect.poll(() => last(page)).toEqual({ headers: null });
    await expect.poll(() => focused(page)).toBe("headers.+");
    expect(await sent(page)).toHaveLength(3);
    await page.close();
  },
  patience,
);

test(
  "a name that is taken or not allowed is refused at its row, and a number stays one",
  async () => {
    const page = await open("http");
    const refusal = page.locator('[data-rows="headers"] [role="alert"]');
    await box(page, "headers.accept=").fill("x-retries");
    await page.keyboard.press("Enter");
    await expect.poll(() => refusal.textContent()).toContain("already");
    await page.keyboard.press("Escape");
    await box(page, "headers.+").fill("content length");
    await page.keyboard.press("Enter");
    await expect.poll(() => refusal.textContent()).toContain("cannot be a name");
    await page.keyboard.press("Escape");
    expect(await sent(page)).toEqual([]);
    await box(page, "headers.x-retries").fill("4");
    await page.keyboard.press("Enter");
    await expect.poll(() => last(page)).toEqual({ headers: { ...headers, "x-retries": 4 } });
    await page.close();
  },
  patience,
);

test(
  "a row has its own problems; those of the field stand beneath its rows",
  async () => {
    const problem = { severity: "error" as const, code: "EXPRESSION", line: 1, node: "x" };
    const problems = [
      { ...problem, field: "set.total", message: "Unknown variable: a" },
      { ...problem, field: "set", message: "Something else" },
    ];
    const page = await open("expression", { problems });
    const told = (name: string): Promise<string[]> => page.locator(`[data-problems="${name}"] li`).allTextContents();
    await expect.poll(() => told("set.total")).toEqual(["Unknown variable: a"]);
    await expect.poll(() => told("set")).toEqual(["Something else"]);
    await page.locator('[data-command="json/set"]').click();
    await expect.poll(() => told("set")).toEqual(["Unknown variable: a", "Something else"]);
    await page.close();
  },
  patience,
);

test(
  "what goes into a graph is checked and completed for its row, and nothing said is told from nothing passed",
  async () => {
    const page = await open("subgraph");
    const quiet = (name: string): Promise<string[]> => page.locator(`[data-group="${name}"] > .quiet`).allTextContents();
    await expect.poll(() => quiet("out")).toEqual(["Channels of the same name."]);
    await expect.poll(() => quiet("in")).toEqual([]);
    await box(page, "out.+").fill("note");
    await page.keyboard.press("Enter");
    await expect.poll(() => last(page)).toEqual({ out: { note: "note" } });
    const asked = (): Promise<readonly unknown[]> =>
      page.evaluate(() => window.host.looks.filter(({ name }) => name === "expression/check").map(({ params }) => params));
    await expect.poll(asked).toContainEqual({ node: "x", field: "out.note", text: "note" });
    await expect.poll(asked).toContainEqual({ node: "x", field: "in.ticket", text: "order.ticket" });
    await page.close();
    const map = await open("map");
    await expect.poll(() => map.locator('[data-group="in"] > .quiet').allTextContents()).toEqual(["Nothing."]);
    await map.close();
  },
  patience,
);

test(
  "the value of an answer is described by the form of a schema, down to what is within",
  async () => {
    const page = await open("barrier");
    const { schema } = kinds.barrier;
    await field(page, "schema.properties.cents").selectOption("number");
    const number = { ...schema, properties: { ...schema.properties, cents: { type: "number" } } };
    await expect.poll(() => last(page)).toEqual({ schema: number });
    await box(page, "schema.properties.reason=").fill("why");
    await page.keyboard.press("Enter");
    const why = { ...schema, properties: { why: schema.properties.reason, cents: { type: "number" } } };
    await expect.poll(() => last(page)).toEqual({ schema: why });
    await box(page, "schema.properties.+").fill("items");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-field"))).toBe("schema.properties.items");
    await field(page, "schema.properties.items").selectOption("array");
    await field(page, "schema.properties.items.items").selectOption("object");
    await box(page, "schema.properties.items.items.properties.+").fill("sku");
    await page.keyboard.press("Enter");
    const items = { type: "array", items: { type: "object", properties: { sku: {} } } };
    await expect.poll(() => last(page)).toEqual({ schema: { ...why, properties: { ...why.properties, items } } });
    await page.locator('[data-command="json/schema"]').click();
    await field(page, "schema").locator("textarea").fill('{ "anyOf": [{ "type": "null" }] }');
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => last(page)).toEqual({ schema: { anyOf: [{ type: "null" }] } });
    await page.locator('[data-command="json/schema"]').click();
    await expect.poll(() => field(page, "schema.type").inputValue()).toBe("other");
    await page.close();
  },
  patience,
);

test(
  "what rows cannot hold is shown as JSON, whole, and says so",
  async () => {
    const page = await open("http", { headers: { accept: ["a"] } });
    expect(JSON.parse(await field(page, "headers").locator("textarea").inputValue())).toEqual({ accept: ["a"] });
    await expect.poll(() => page.locator('[data-command="json/headers"]').isDisabled()).toBe(true);
    await field(page, "headers").locator("textarea").fill('{ "accept": "a" }');
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => last(page)).toEqual({ headers: { accept: "a" } });
    await page.locator('[data-command="json/headers"]').click();
    await expect.poll(() => box(page, "headers.accept").inputValue()).toBe("a");
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: the forms of every kind, with no serious finding`,
    async () => {
      for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
        const page = await open(kind, {}, theme);
        await page.setViewportSize({ width: 1000, height: 1500 });
        await page.locator("aside").screenshot({ path: new URL(`form-${kind}-${theme}.png`, folder).pathname });
        expect({ kind, findings: await axeFindings(page) }).toEqual({ kind, findings: [] });
        expect(await page.evaluate(() => window.host.violations)).toEqual([]);
        await page.close();
      }
    },
    patience,
  );
}
