import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

const graph = graphOf([node("a", {}, [0, 0])], [], { terminals: { start: [-200, 0], end: [320, 0] } });
const memory = { viewport: { x: 280, y: 200, zoom: 1 }, selection: { nodes: [], edges: [] } };
const edits = (page: Page) => page.evaluate(() => window.host.edits.map(({ intents }) => intents));

/** Events as a browser sends them while something is dragged from elsewhere. */
async function drag(page: Page, data: Readonly<Record<string, string>>, at: readonly [number, number], drop: boolean): Promise<void> {
  await page.evaluate(
    ([carried, [clientX, clientY], ends]) => {
      const dataTransfer = new DataTransfer();
      for (const [type, text] of Object.entries(carried)) dataTransfer.setData(type, text);
      const target = document.elementFromPoint(clientX, clientY);
      for (const type of ["dragenter", "dragover", ...(ends ? ["drop"] : [])])
        target?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer, clientX, clientY, shiftKey: true }));
    },
    [data, at, drop] as const,
  );
}

async function open(theme: "dark" | "light" | "contrast" = "dark"): Promise<Page> {
  const page = await browser.open({ graph, memory, theme });
  await page.evaluate(() => {
    window.host.placed = {
      "look-up.ts": { kind: "handler", path: "./nodes/look-up.ts" },
      "inner.patchbay.json": { kind: "graph", path: "./inner.patchbay.json" },
    };
  });
  return page;
}

test(
  "files from the explorer become nodes at the pointer, as one edit; what is refused says why",
  async () => {
    const page = await open();
    const uris = "file:///w/look-up.ts\r\nfile:///w/inner.patchbay.json\r\nfile:///etc/hosts";
    await drag(page, { "application/vnd.code.uri-list": uris }, [610, 630], true);
    await expect
      .poll(() => edits(page))
      .toMatchObject([
        [
          { type: "node/add", id: "look_up", fields: { kind: "code", handler: "./nodes/look-up.ts" }, position: [220, 400] },
          { type: "node/add", id: "inner", fields: { kind: "subgraph", graph: "./inner.patchbay.json" }, position: [220, 480] },
        ],
      ]);
    await page.getByTestId("notice").getByText("file:///etc/hosts is refused.").waitFor();
    await expect.poll(() => page.getByTestId("drop").count()).toBe(0);
    await page.close();
  },
  patience,
);

test(
  "a handler that is dropped on a code node is its handler from then on",
  async () => {
    const page = await open();
    await drag(page, { resourceurls: '["file:///w/look-up.ts"]' }, [390, 230], false);
    await page.getByTestId("drop").getByText("Drop to let “a” run this").waitFor();
    await drag(page, { resourceurls: '["file:///w/look-up.ts"]' }, [390, 230], true);
    await expect.poll(() => edits(page)).toEqual([[{ type: "node/update", id: "a", patch: { handler: "./nodes/look-up.ts" } }]]);
    await page.close();
  },
  patience,
);

test(
  "text with nodes is pasted where it is dropped, other text is not",
  async () => {
    const page = await open();
    await drag(page, { "text/plain": '{ "nodes": { "p": { "kind": "barrier", "prompt": "?" } } }' }, [610, 630], true);
    await expect.poll(() => edits(page)).toMatchObject([[{ type: "node/add", id: "p", position: [220, 400] }]]);
    await drag(page, { "text/plain": "words" }, [610, 630], true);
    await page.getByTestId("notice").getByText("There are no nodes in what was dropped.").waitFor();
    expect(await edits(page)).toHaveLength(1);
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const)
  test(
    `the hint for a drop; ${theme}`,
    async () => {
      const page = await open(theme);
      await drag(page, { "application/vnd.code.uri-list": "file:///w/look-up.ts" }, [610, 630], false);
      await page.getByTestId("drop").getByText("Drop a handler or a graph to add a node").waitFor();
      await page.screenshot({ path: `test-results/webview/drop-${theme}.png` });
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      await page.close();
    },
    patience,
  );
