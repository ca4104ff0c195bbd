import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Opening } from "./open-canvas.js";
import {
  behind,
  graphOf,
  node as sampleNode,
  patched,
  triage,
  triageAtWork,
  triageBroken,
  triageRedirected,
  triageWaiting,
  triageWithFaults,
} from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

async function checkLooks(name: string, opening: Opening, arrange: (page: Page) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const page = await browser.open(opening);
  await arrange(page);
  expect(await page.evaluate(async () => (await document.fonts.load("16px codicon")).length)).toBe(1); // what icons are drawn with
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname });
  expect(await page.evaluate(() => window.host.violations)).toEqual([]);
  expect(await page.evaluate(() => window.host.commands.filter((command) => command.name === "webview/failed"))).toEqual([]);
  await page.close();
}

const waiting = { graph: triage(), run: triageWaiting(), compile: patched };
const node = (id: string): string => `.react-flow__node[data-id="${id}"]`;

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: a waiting run, a node selected`,
    () => checkLooks(`waiting-${theme}`, { ...waiting, theme }, (page) => page.locator(node("approve")).click()),
    patience,
  );
  test(
    `${theme}: an edge selected, problems open`,
    () =>
      checkLooks(`edge-${theme}`, { ...waiting, theme, run: { ...triageWaiting(), questions: [] } }, async (page) => {
        await page.locator('[data-pill="e8"]').click();
        await page.locator('[data-command="problems/toggle"]').click();
      }),
    patience,
  );
}

for (const theme of ["dark", "light", "contrast"] as const) {
  const opening = { graph: { ...triage(), problems: [] }, run: triageAtWork(), compile: patched, theme };
  test(`${theme}: a run at work`, () => checkLooks(`at-work-${theme}`, opening, (page) => page.locator(node("policy")).click()), patience);
  const memory = { viewport: { x: -240, y: 100, zoom: 1 }, inspector: { open: false, width: 280 } };
  test(`${theme}: the same, near`, () => checkLooks(`at-work-close-${theme}`, { ...opening, memory }), patience);
}

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: something is looked for`,
    () =>
      checkLooks(`find-${theme}`, { ...waiting, theme }, async (page) => {
        await page.locator(node("approve")).click();
        await page.keyboard.press("Control+f");
        await page.keyboard.type("re");
      }),
    patience,
  );
}

for (const theme of ["dark", "light", "contrast"] as const) {
  const { nodes } = triageWaiting();
  const recorded = Object.fromEntries(
    Object.entries(nodes).map(([id, each]) => [
      id,
      each.status === "done" ? { status: each.status, count: each.count, replayed: true as const } : each,
    ]),
  );
  const run = { ...triageWaiting(), questions: [], nodes: recorded, live: Object.keys(nodes).slice(0, 2) };
  const memory = { viewport: { x: -40, y: 100, zoom: 1 }, inspector: { open: false, width: 280 } };
  test(
    `${theme}: recorded results, and nodes that run live`,
    () => checkLooks(`replayed-${theme}`, { ...waiting, theme, run, memory }),
    patience,
  );
}

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: cards at their own size`,
    () =>
      checkLooks(
        `close-${theme}`,
        {
          ...waiting,
          theme,
          run: { ...triageWaiting(), questions: [] },
          memory: { viewport: { x: -240, y: 100, zoom: 1 }, inspector: { open: false, width: 280 } },
        },
        (page) => page.locator('[data-pill="e8"]').hover(),
      ),
    patience,
  );
}

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: a run that a person redirected`,
    () =>
      checkLooks(`redirected-${theme}`, { graph: triageWithFaults(), run: triageRedirected(), compile: patched, theme }, (page) =>
        page.locator('[data-pill="e9"]').click(),
      ),
    patience,
  );
  test(
    `${theme}: the same, near`,
    () =>
      checkLooks(`redirected-close-${theme}`, {
        graph: triageWithFaults(),
        run: triageRedirected(),
        theme,
        memory: { viewport: { x: -240, y: 60, zoom: 1 }, inspector: { open: false, width: 280 } },
      }),
    patience,
  );
}

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: how a node is run, with a problem at its field, and a question to reroute`,
    () => {
      const fields = { retry: { attempts: 0, delay: "2s" }, timeout: { run: "30s", idle: "5s" }, cache: { ttl: "1d" }, join: { count: 2 } };
      const message = "`retry`: `attempts` must be a whole number, 1 or more.";
      const problem = { severity: "error" as const, code: "DOCUMENT_SHAPE", message, line: 9, node: "a", field: "retry.attempts" };
      const graph = graphOf([sampleNode("a", fields, [0, 0])], [], { problems: [problem], terminals: { start: [-200, 0], end: [400, 0] } });
      const question = {
        key: "a",
        node: "a",
        prompt: "Where to?",
        actions: ["approve", "modify", "reroute"],
        takesValue: true,
        inner: false,
      };
      const deadline = Date.now() + 23.5 * 3_600_000;
      const run = { ...triageRedirected(), status: "waiting" as const, questions: [{ ...question, deadline, default: "approve" }] };
      return checkLooks(`running-${theme}`, { graph, run, theme }, async (page) => {
        await page.locator(node("a")).click();
        await page.locator('[data-section="node"] > summary').click();
      });
    },
    patience,
  );
}

for (const theme of ["dark", "light", "contrast"] as const) {
  for (const why of ["broken", "waiting", "refused"] as const) {
    const opening = { graph: triage(), compile: behind(why), theme };
    test(`${theme}: a graph that is ahead of its plan, ${why}`, () => checkLooks(`stale-${why}-${theme}`, opening), patience);
  }
  test(
    `${theme}: the same, near`,
    () =>
      checkLooks(`stale-close-${theme}`, {
        graph: triage(),
        compile: behind("waiting"),
        theme,
        memory: { viewport: { x: -240, y: 60, zoom: 1 }, inspector: { open: false, width: 280 } },
      }),
    patience,
  );
}

for (const theme of ["dark", "light", "contrast"] as const) {
  const opening = { graph: { ...triage(), problems: [] }, compile: patched, debug: triageBroken(), theme };
  test(`${theme}: breakpoints`, () => checkLooks(`breakpoints-${theme}`, opening), patience);
  const memory = { viewport: { x: -40, y: 140, zoom: 1 }, inspector: { open: false, width: 280 } };
  test(`${theme}: the same, near`, () => checkLooks(`breakpoints-close-${theme}`, { ...opening, memory }), patience);
}

test("the graph as a whole, before a run", () => checkLooks("graph", { graph: { ...triage(), problems: [] }, compile: patched }), patience);
test(
  "a request in the inspector",
  () => {
    const fields = {
      kind: "http",
      handler: undefined,
      label: "Look up order",
      method: "POST",
      url: "{{service}}/orders/{{ticket.id}}/lines",
      query: { page: "{{page}}" },
      headers: { authorization: "Bearer {{secret.ORDERS_TOKEN}}", accept: "application/json" },
      body: { items: "{{items}}" },
      output: "order",
      expect: ["2xx", "404"],
    };
    const sample = graphOf([sampleNode("order", fields, [80, 0])], [], { channels: [{ name: "order", reducer: "last", type: "any" }] });
    return checkLooks("request", { graph: sample }, (page) => page.locator(node("order")).click());
  },
  patience,
);
test("an empty graph", () => checkLooks("empty", { graph: graphOf([], [], { terminals: { start: [0, 0], end: [400, 0] } }) }), patience);
test(
  "the palette",
  () =>
    checkLooks("palette", { graph: triage() }, async (page) => {
      await page.mouse.move(500, 600);
      await page.keyboard.press("Tab");
      await page.locator(".palette").waitFor();
    }),
  patience,
);
test(
  "restricted, stale, and a label being typed",
  () =>
    checkLooks("restricted", { graph: { ...triage(), trusted: false }, compile: { ...patched, stale: true, backlog: 2 } }, async (page) => {
      await page.locator(node("order")).click();
      await page.keyboard.press("F2");
    }),
  patience,
);
