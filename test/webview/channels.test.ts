import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Intent } from "../../runtime/document/intent.js";
import type { ChannelUsesView } from "../../webview/protocol/channels.js";
import type { GraphView } from "../../webview/protocol/views.js";
import { axeFindings } from "../support/axe.js";
import { triage, triageWaiting } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const order = {
  schema: { type: "object", description: "What was bought.", properties: { total: { type: "number" } }, required: ["total"] },
};
const uses: ChannelUsesView = {
  readers: [
    { node: "score", text: "Score", perhaps: true },
    { edge: "e8", text: "score → approve", perhaps: false },
  ],
  writers: [{ node: "order", text: "Look up order", perhaps: false }],
  code: ["Look up order"],
  declaration: "/** What was bought. */\nreadonly order: { readonly total: number };",
};
const field = (page: Page, name: string): Locator => page.locator(`[data-surface=inspector] [data-field="${name}"]`);
const sent = (page: Page): Promise<readonly Intent[]> => page.evaluate(() => window.host.edits.flatMap((edit) => edit.intents));

/** Opens `triage` with one of its channels unfolded. */
async function openChannel(name: string, theme: "dark" | "light" | "contrast" = "dark"): Promise<Page> {
  const graph: GraphView = triage();
  const channels = graph.channels.map((each) => ({ ...each, fields: each.name === "order" ? order : { reducer: each.reducer } }));
  const memory = { selection: { nodes: [], edges: [] }, inspector: { open: true, width: 320, sections: { problems: false } } };
  const page = await browser.open({ graph: { ...graph, channels }, run: { ...triageWaiting(), questions: [] }, memory, theme });
  await page.evaluate((given) => void (window.host.answers["channel/load"] = given), uses);
  await page.locator(`[data-command="channel/edit/${name}"]`).click();
  await page.locator(`[data-editor="${name}"]`).waitFor();
  return page;
}

test(
  "a channel's name is checked, and changed everywhere by one edit",
  async () => {
    const page = await openChannel("order");
    await field(page, "channel.name").locator("input").fill("ticket");
    await page.keyboard.press("Enter");
    await page.locator('.field:has([data-field="channel.name"]) [role="alert"]').waitFor();
    expect(await sent(page)).toEqual([]);
    await field(page, "channel.name").locator("input").fill("purchase");
    await page.keyboard.press("Enter");
    await expect.poll(() => sent(page)).toEqual([{ type: "channel/rename", name: "order", to: "purchase" }]);
    await page.locator('[data-editor="purchase"]').waitFor();
    await page.close();
  },
  patience,
);

test(
  "a name that is refused leaves the channel open under the name that it had, and the reason is told",
  async () => {
    const page = await openChannel("order");
    await page.evaluate(() => void (window.host.refusal = "In `when` of the edge, it means something else."));
    await field(page, "channel.name").locator("input").fill("purchase");
    await page.keyboard.press("Enter");
    await page.locator("text=it means something else").first().waitFor();
    await expect.poll(() => page.locator('[data-editor="order"]').count()).toBe(1);
    await page.close();
  },
  patience,
);

test(
  "what it holds is said by a form, or as JSON",
  async () => {
    const page = await openChannel("order");
    await field(page, "schema.properties.+").locator("textarea").fill("paid");
    await page.keyboard.press("Enter");
    const paid = { total: { type: "number" }, paid: {} };
    await expect
      .poll(() => sent(page))
      .toEqual([{ type: "channel/set", name: "order", fields: { schema: { ...order.schema, properties: paid } } }]);
    await field(page, "schema.properties.paid").selectOption("boolean");
    await field(page, "schema.type").selectOption("array");
    await field(page, "schema.items").selectOption("string");
    const array = { type: "array", description: "What was bought.", items: { type: "string" } };
    await expect.poll(async () => (await sent(page)).at(-1)).toEqual({ type: "channel/set", name: "order", fields: { schema: array } });
    await page.locator('[data-command="json/schema"]').click();
    await field(page, "schema").locator("textarea").fill('{ "type": "number" }');
    await page.keyboard.press("Control+Enter");
    await expect
      .poll(async () => (await sent(page)).at(-1))
      .toEqual({
        type: "channel/set",
        name: "order",
        fields: { schema: { type: "number" } },
      });
    await page.close();
  },
  patience,
);

test(
  "each reducer is explained, and the usual one is left out",
  async () => {
    const page = await openChannel("report");
    const explained = page.locator('[data-explains="reducer"]');
    await expect.poll(() => explained.textContent()).toBe("A list that grows.");
    await field(page, "reducer").selectOption("handler");
    await expect.poll(() => explained.textContent()).toContain("returns the new value");
    await field(page, "reducer.handler").locator("textarea").fill("./reducers/add.ts#add");
    await page.keyboard.press("Control+Enter");
    await expect.poll(async () => (await sent(page)).at(-1)).toMatchObject({ fields: { reducer: { handler: "./reducers/add.ts#add" } } });
    await field(page, "reducer").selectOption("last");
    await expect.poll(async () => (await sent(page)).at(-1)).toEqual({ type: "channel/set", name: "report", fields: {} });
    await field(page, "default").locator("input").fill("[1, 2]");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await sent(page)).at(-1)).toEqual({ type: "channel/set", name: "report", fields: { default: [1, 2] } });
    await page.close();
  },
  patience,
);

test(
  "who uses it is told, leads there, and is named before it is removed",
  async () => {
    const page = await openChannel("order");
    await expect.poll(() => page.locator('[data-users="readers"] .link').allTextContents()).toEqual(["Score?", "score → approve"]);
    await page.locator('[data-command="channel/remove"]').click();
    await expect.poll(() => page.locator(".channel-remove [role=alert]").textContent()).toContain("Look up order");
    expect(await sent(page)).toEqual([]);
    await page.locator('[data-command="channel/remove"]').click();
    await expect.poll(() => sent(page)).toEqual([{ type: "channel/remove", names: ["order"] }]);
    await page.locator('[data-command="channel/edit/score"]').click();
    await page.locator('[data-users="writers"] .link').click();
    await page.locator('[data-surface=inspector] [data-field="handler"]').waitFor();
    await page.close();
  },
  patience,
);

test(
  "the types are asked for when they are unfolded, copied and opened",
  async () => {
    const page = await openChannel("ticket");
    const asked = (): Promise<number> => page.evaluate(() => window.host.looks.filter(({ name }) => name === "types/load").length);
    expect(await asked()).toBe(0);
    await page.evaluate(() => void (window.host.answers["types/load"] = { text: "interface Channels {}" }));
    await page.locator('[data-section="types"] > summary').click();
    await expect.poll(() => page.locator("[data-types]").textContent()).toBe("interface Channels {}");
    await page.locator('[data-command="types/copy"]').click();
    await page.locator('[data-command="types/open"]').click();
    const commands = await page.evaluate(() => window.host.commands.filter(({ name }) => name === "text/copy" || name === "types/open"));
    expect(commands).toEqual([
      { name: "text/copy", params: { text: "interface Channels {}" } },
      { name: "types/open", params: {} },
    ]);
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: a channel is edited`,
    async () => {
      const page = await openChannel("order", theme);
      await page.locator('[data-users="writers"] .link').waitFor();
      await page.setViewportSize({ width: 1400, height: 1100 });
      await page.locator("aside").screenshot({ path: new URL(`channel-${theme}.png`, folder).pathname });
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      await page.close();
    },
    patience,
  );
}
