import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { PaletteView } from "../../webview/protocol/palette.js";
import { edge, graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

const graph = graphOf(
  [node("a", {}, [0, 0]), node("b", {}, [420, 0])],
  [edge("e1", "@start", "a"), edge("e2", "a", "b", { when: "n > 1" })],
  {
    terminals: { start: [-200, 0], end: [760, 0] },
  },
);
const memory = { viewport: { x: 280, y: 200, zoom: 1 }, selection: { nodes: [], edges: [] } };
const file = (place: string) => ({ path: `./${place}`, place });
const palette: PaletteView = {
  handlers: ["nodes/classify-ticket.ts", "nodes/look-up-order.ts", "nodes/sendMail.ts", "lib/score.ts"].map(file),
  graphs: [file("review.patchbay.json")],
  snippets: [
    {
      name: "Our greeting",
      description: "What we always say",
      text: '{ "nodes": { "hello": { "kind": "barrier", "prompt": "Hello?" } } }',
    },
  ],
  recent: ["handler:lib/score.ts", "kind:barrier"],
  faults: ["broken: it has no nodes"],
};

const active = (page: Page): Promise<string | null> =>
  page.locator('.palette [role="option"][aria-selected="true"]').getAttribute("data-entry");
const edits = (page: Page) => page.evaluate(() => window.host.edits.map(({ intents }) => intents));

async function open(page: Page): Promise<void> {
  await page.mouse.move(610, 630);
  await page.keyboard.press("Tab");
  await page.locator('[data-entry="graph:review.patchbay.json"]').waitFor({ state: "attached" });
}

test(
  "the palette is a combobox over groups, walked by keys, and says what is chosen",
  async () => {
    const page = await browser.open({ graph, memory, palette });
    await open(page);
    const groups = await page
      .locator('.palette [role="listbox"] > [role="group"]')
      .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
    expect(groups).toEqual(["Added lately", "Kinds", "Snippets", "Handlers", "Graphs"]);
    await expect.poll(() => page.getByTestId("palette-faults").innerText()).toContain("broken: it has no nodes");
    await expect.poll(() => active(page)).toBe("handler:lib/score.ts");
    const input = page.getByRole("combobox");
    await expect.poll(() => input.getAttribute("aria-activedescendant")).toBe("palette-0");
    for (const [key, expected] of [
      ["End", "graph:review.patchbay.json"],
      ["ArrowDown", "handler:lib/score.ts"],
      ["ArrowUp", "graph:review.patchbay.json"],
      ["Home", "handler:lib/score.ts"],
      ["PageDown", "snippet:Our greeting"],
      ["PageUp", "handler:lib/score.ts"],
      ["ArrowDown", "kind:barrier"],
    ] as const) {
      await page.keyboard.press(key);
      expect([key, await active(page)]).toEqual([key, expected]);
    }
    await page.keyboard.press("End");
    const visible = await page.locator('[data-entry="graph:review.patchbay.json"]').evaluate((line) => {
      const [box, list] = [line.getBoundingClientRect(), line.closest(".palette-list")?.getBoundingClientRect()];
      return list !== undefined && box.top >= list.top && box.bottom <= list.bottom + 1;
    });
    expect(visible).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".palette").count()).toBe(0);
    expect(await page.evaluate(() => window.host.violations)).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "letters find a handler; it becomes a node, and is offered first from then on",
  async () => {
    const page = await browser.open({ graph, memory, palette });
    await open(page);
    await page.keyboard.type("luo");
    await expect.poll(() => active(page)).toBe("handler:nodes/look-up-order.ts");
    const found = page.locator('[data-entry="handler:nodes/look-up-order.ts"] .palette-title .found');
    await expect.poll(() => found.allInnerTexts()).toEqual(["L", "u", "o"]);
    await page.keyboard.press("Enter");
    await expect
      .poll(() => edits(page))
      .toEqual([
        [
          {
            type: "node/add",
            id: "look_up_order",
            fields: { kind: "code", label: "Look up order", handler: "./nodes/look-up-order.ts" },
            position: [220, 400],
          },
        ],
      ]);
    const chosen = await page.evaluate(() => window.host.commands.filter(({ name }) => name === "palette/chosen"));
    expect(chosen).toEqual([{ name: "palette/chosen", params: { key: "handler:nodes/look-up-order.ts" } }]);
    await page.close();
  },
  patience,
);

test(
  "a snippet is one edit, its nodes are selected, and the user's own are there",
  async () => {
    const page = await browser.open({ graph, memory, palette });
    await open(page);
    await page.keyboard.type("fan out");
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => (await edits(page)).map((intents) => intents.map(({ type }) => type)))
      .toEqual([[...Array.from({ length: 4 }, () => "node/add"), ...Array.from({ length: 4 }, () => "edge/add")]]);
    await expect.poll(() => page.locator(".react-flow__node.selected").count()).toBe(4);
    await page.keyboard.press("Tab");
    await page.keyboard.type("our greet");
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => (await edits(page)).at(-1))
      .toMatchObject([{ type: "node/add", id: "hello", fields: { prompt: "Hello?" } }]);
    await page.close();
  },
  patience,
);

test(
  "of hundreds of entries only some are drawn, whatever is typed",
  async () => {
    const many = Array.from({ length: 900 }, (_each, index) => file(`nodes/step-${String(index)}.ts`));
    const page = await browser.open({ graph, memory, palette: { ...palette, handlers: many } });
    await open(page);
    const lines = (): Promise<number> => page.locator('.palette [role="option"]').count();
    await expect.poll(() => lines()).toBeLessThan(70);
    await page.keyboard.type("step");
    await expect.poll(() => page.locator(".palette-more").first().innerText()).toBe("850 more: type to find them");
    await expect.poll(() => lines()).toBeLessThan(70);
    await page.keyboard.type("-777");
    await expect.poll(() => active(page)).toBe("handler:nodes/step-777.ts");
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const)
  test(
    `looks of the palette, ${theme}`,
    async () => {
      const page = await browser.open({ graph, memory, palette, theme });
      await open(page);
      await page.screenshot({ path: `test-results/webview/palette-${theme}.png` });
      await page.keyboard.type("or");
      await page.locator(".found").first().waitFor();
      await page.screenshot({ path: `test-results/webview/palette-typed-${theme}.png` });
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      await page.close();
    },
    patience,
  );
