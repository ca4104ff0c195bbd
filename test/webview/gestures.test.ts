import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Intent } from "../../runtime/document/intent.js";
import type { Opening } from "./open-canvas.js";
import { behind, edge, graphOf, node, runOf, triage, triageWaiting } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 60_000;
const browser = sharedBrowser();

const chain = graphOf(
  [node("a", {}, [0, 0]), node("b", {}, [320, 0]), node("c", {}, [320, 160])],
  [edge("e1", "@start", "a"), edge("e2", "a", "b")],
  {
    terminals: { start: [-200, 0], end: [700, 0] },
    channels: [{ name: "total", reducer: "last", type: "number" }],
  },
);
const memory = { viewport: { x: 280, y: 200, zoom: 1 }, selection: { nodes: [], edges: [] } };
const opening: Opening = { graph: chain, memory };

const card = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
const port = (page: Page, id: string, side: "source" | "target"): Locator => card(page, id).locator(`.react-flow__handle.${side}`);
const sent = (page: Page): Promise<readonly Intent[]> => page.evaluate(() => window.host.edits.flatMap((edit) => edit.intents));
const commands = (page: Page, name: string): Promise<readonly unknown[]> =>
  page.evaluate((wanted) => window.host.commands.filter((command) => command.name === wanted).map(({ params }) => params), name);

async function drag(page: Page, from: Locator | readonly [number, number], to: Locator | readonly [number, number]): Promise<void> {
  const [x, y] = await centre(from);
  const [a, b] = await centre(to);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8);
  await page.mouse.move((x + a) / 2, (y + b) / 2, { steps: 4 });
  await page.mouse.move(a, b, { steps: 4 });
  await page.mouse.up();
}

async function centre(place: Locator | readonly [number, number]): Promise<readonly [number, number]> {
  if (!("boundingBox" in place)) return place;
  const box = await place.boundingBox();
  if (box === null) throw new Error("not on the page");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Opens a canvas, does something by hand, and expects these intents. */
function check(name: string, hand: (page: Page) => Promise<void>, expected: readonly Intent[], from: Opening = opening): void {
  test(
    `by hand: ${name}`,
    async () => {
      const page = await browser.open(from);
      await hand(page);
      await expect.poll(() => sent(page)).toEqual(expected);
      // Whatever was done, canvas and document say the same afterwards.
      const ids = await page.evaluate(() => window.host.graph.nodes.map(({ id }) => id));
      const drawn = (): Promise<Set<string | null>> =>
        page
          .locator(".react-flow__node-card")
          .evaluateAll((cards) => cards.map((element) => element.getAttribute("data-id")))
          .then((list) => new Set(list));
      await expect.poll(drawn).toEqual(new Set(ids));
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      expect(await commands(page, "webview/failed")).toEqual([]);
      await page.close();
    },
    patience,
  );
}

check("a node is moved, snapped to the grid, once, at the drop", (page) => drag(page, card(page, "b"), [813, 333]), [
  { type: "node/move", positions: { b: [420, 100] } },
]);
check(
  "several nodes move together",
  async (page) => {
    await card(page, "b").click();
    await card(page, "c").click({ modifiers: ["Control"] });
    await drag(page, card(page, "b"), [710 + 40, 230 + 60]);
  },
  [{ type: "node/move", positions: { b: [360, 60], c: [360, 220] } }],
);
check("a terminal is moved", (page) => drag(page, card(page, "@end"), [1020 + 60, 230 + 40]), [
  { type: "node/move", positions: { "@end": [760, 40] } },
]);
check("ports are connected", (page) => drag(page, port(page, "a", "source"), port(page, "c", "target")), [
  { type: "edge/add", id: "e3", fields: { from: "a", to: "c" } },
]);
check("from the target port, too", (page) => drag(page, port(page, "c", "target"), port(page, "a", "source")), [
  { type: "edge/add", id: "e3", fields: { from: "a", to: "c" } },
]);
check(
  "the target end of an edge is dragged to another node",
  (page) => drag(page, page.locator('[data-id="e2"] .react-flow__edgeupdater-target'), port(page, "c", "target")),
  [{ type: "edge/update", id: "e2", patch: { to: "c" } }],
);
check(
  "the source end, too",
  (page) => drag(page, page.locator('[data-id="e2"] .react-flow__edgeupdater-source'), port(page, "@start", "source")),
  [{ type: "edge/update", id: "e2", patch: { from: "@start" } }],
);
check(
  "an end dropped on nothing changes nothing",
  (page) => drag(page, page.locator('[data-id="e2"] .react-flow__edgeupdater-target'), [700, 600]),
  [],
);
check(
  "Tab adds a node at the pointer",
  async (page) => {
    await page.mouse.move(610, 630);
    await page.keyboard.press("Tab");
    await page.keyboard.type("barr");
    await page.keyboard.press("Enter");
  },
  [{ type: "node/add", id: "barrier", fields: { kind: "barrier", prompt: "Go on?" }, position: [220, 400] }],
);
check(
  "a name that is no kind names the node",
  async (page) => {
    await page.mouse.dblclick(610, 630);
    await page.keyboard.type("Fetch orders");
    await page.keyboard.press("Enter");
  },
  [
    {
      type: "node/add",
      id: "fetch_orders",
      fields: { kind: "code", label: "Fetch orders", handler: "./nodes/fetch_orders.ts" },
      position: [220, 400],
    },
  ],
);
check(
  "an edge dropped on the empty canvas adds a node and connects it",
  async (page) => {
    await drag(page, port(page, "b", "source"), [900, 530]);
    await page.locator('.palette [data-kind="expression"]').first().click();
  },
  [
    { type: "node/add", id: "expression", fields: { kind: "expression", set: {} }, position: [620, 300] },
    { type: "edge/add", id: "e3", fields: { from: "b", to: "expression" } },
  ],
);
check(
  "Delete removes nodes with their edges",
  async (page) => {
    await card(page, "b").click();
    await page.keyboard.press("Delete");
  },
  [
    { type: "edge/remove", ids: ["e2"] },
    { type: "node/remove", ids: ["b"] },
  ],
);
check(
  "Ctrl+Delete takes a node out: what led to it leads on",
  async (page) => {
    await card(page, "a").click();
    await page.keyboard.press("Control+Delete");
  },
  [
    { type: "edge/update", id: "e1", patch: { to: "b" } },
    { type: "edge/remove", ids: ["e2"] },
    { type: "node/remove", ids: ["a"] },
  ],
);
check(
  "Ctrl+D makes another of each, with the edges between them, and selects those",
  async (page) => {
    await card(page, "a").click();
    await card(page, "b").click({ modifiers: ["Control"] });
    await page.keyboard.press("Control+d");
    await page.keyboard.press("d");
  },
  [
    { type: "node/add", id: "a2", fields: { kind: "code", handler: "./nodes/a.ts" }, position: [40, 40] },
    { type: "node/add", id: "b2", fields: { kind: "code", handler: "./nodes/b.ts" }, position: [360, 40] },
    { type: "edge/add", id: "e22", fields: { from: "a2", to: "b2" } },
    { type: "node/update", id: "a2", patch: { disabled: true } },
    { type: "node/update", id: "b2", patch: { disabled: true } },
  ],
);
check(
  "Ctrl+X and Ctrl+V move a node by way of the clipboard, to the pointer",
  async (page) => {
    await card(page, "c").click();
    await page.keyboard.press("Control+x");
    await page.mouse.move(610, 630);
    await page.keyboard.press("Control+v");
  },
  [
    { type: "node/remove", ids: ["c"] },
    { type: "node/add", id: "c", fields: { kind: "code", handler: "./nodes/c.ts" }, position: [220, 400] },
  ],
);
check(
  "what is copied in a field is that field's",
  async (page) => {
    await card(page, "a").click();
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Escape");
    await card(page, "b").click();
    await page.keyboard.press("Control+v");
  },
  [],
);
check(
  "Backspace removes an edge",
  async (page) => {
    await page.mouse.click(548, 230);
    await page.keyboard.press("Backspace");
  },
  [{ type: "edge/remove", ids: ["e2"] }],
);
check(
  "F2 renames on the card, and keys that are typed are no gestures",
  async (page) => {
    await card(page, "a").click();
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.type("Greet");
    await page.keyboard.press("Enter");
  },
  [{ type: "node/update", id: "a", patch: { label: "Greet" } }],
);
check(
  "what is typed after F2 replaces the name",
  async (page) => {
    await card(page, "a").click();
    await page.keyboard.press("F2");
    await page.keyboard.type("Greet");
    await page.keyboard.press("Enter");
  },
  [{ type: "node/update", id: "a", patch: { label: "Greet" } }],
);
check(
  "Escape leaves a name as it was",
  async (page) => {
    await card(page, "a").click();
    await page.keyboard.press("F2");
    await page.keyboard.type("Greet");
    await page.keyboard.press("Escape");
  },
  [],
);
check(
  "arrows walk, Ctrl+arrows nudge",
  async (page) => {
    await card(page, "a").click();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Control+ArrowLeft");
  },
  [{ type: "node/move", positions: { c: [300, 160] } }],
);
check(
  "a field commits on Enter with the smallest patch, and on leaving",
  async (page) => {
    await card(page, "a").click();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Greet");
    await page.keyboard.press("Enter");
    await page.locator('[data-field="reads"] textarea').fill("total, total");
    await card(page, "b").click();
    await page.locator('[data-field="join"]').selectOption("all");
  },
  [
    { type: "node/update", id: "a", patch: { label: "Greet" } },
    { type: "node/update", id: "a", patch: { reads: ["total"] } },
    { type: "node/update", id: "b", patch: { join: "all" } },
  ],
);
check(
  "an edge's condition is edited in the inspector",
  async (page) => {
    await page.mouse.click(548, 230);
    await page.locator('[data-field="condition"]').selectOption("when");
    await page.locator('[data-field="when"] textarea').fill("total > 3");
    await page.keyboard.press("Control+Enter");
    await page.locator('[data-field="to"]').selectOption("c");
  },
  [
    { type: "edge/update", id: "e2", patch: { when: "true" } },
    { type: "edge/update", id: "e2", patch: { when: "total > 3" } },
    { type: "edge/update", id: "e2", patch: { to: "c" } },
  ],
);
check(
  "a node becomes a request, and is filled in",
  async (page) => {
    const type = async (field: string, text: string): Promise<void> => {
      await page.locator(`[data-field="${field}"]`).locator("input, textarea").fill(text);
      await page.keyboard.press("Control+Enter");
    };
    await card(page, "b").click();
    await page.locator('[data-field="kind"]').selectOption("http");
    await page.locator('[data-field="method"]').selectOption("POST");
    await type("url", "{{base}}/orders ");
    await type("headers.+", "x-key");
    await type("headers.x-key", "{{secret.KEY}}");
    await type("body", '{ "n": }');
    await page.locator('.field:has([data-field="body"]) [role="alert"]').waitFor();
    await type("body", '{ "n": "{{total}}" }');
    await page.locator('[data-field="output"]').selectOption("total");
    await page.locator('[data-field="take"]').selectOption("response");
    await type("expect", "2xx, 404");
  },
  [
    { type: "node/update", id: "b", patch: { handler: null, kind: "http", url: "https://example.com/" } },
    { type: "node/update", id: "b", patch: { method: "POST" } },
    { type: "node/update", id: "b", patch: { url: "{{base}}/orders" } },
    { type: "node/update", id: "b", patch: { headers: { "x-key": "" } } },
    { type: "node/update", id: "b", patch: { headers: { "x-key": "{{secret.KEY}}" } } },
    { type: "node/update", id: "b", patch: { body: { n: "{{total}}" } } },
    { type: "node/update", id: "b", patch: { output: "total" } },
    { type: "node/update", id: "b", patch: { take: "response" } },
    { type: "node/update", id: "b", patch: { expect: ["2xx", "404"] } },
  ],
);
check(
  "Escape reverts a field",
  async (page) => {
    await card(page, "a").click();
    await page.locator('[data-field="note"] textarea').fill("never mind");
    await page.keyboard.press("Escape");
    await card(page, "b").click();
  },
  [],
);
check("a read-only graph cannot be moved", (page) => drag(page, card(page, "b"), [800, 333]), [], {
  ...opening,
  graph: { ...chain, readOnly: true },
});

test(
  "a refused edit says why, and the canvas returns to the document",
  async () => {
    const page = await browser.open(opening);
    await page.evaluate(() => {
      window.host.refusal = "The document has changed.";
    });
    const before = await card(page, "b").boundingBox();
    await drag(page, card(page, "b"), [800, 333]);
    await page.getByTestId("notice").getByText("The document has changed.").waitFor();
    await expect.poll(() => card(page, "b").boundingBox()).toEqual(before);
    await page.getByLabel("Dismiss").click();
    await page.getByTestId("notice").waitFor({ state: "detached" });
    await page.close();
  },
  patience,
);

test(
  "edits are sent at once, and all of them are shown before one is answered",
  async () => {
    const page = await browser.open(opening);
    await page.evaluate(() => {
      window.host.holding = true;
    });
    await card(page, "c").click();
    await page.keyboard.press("Control+ArrowDown");
    await page.keyboard.press("Control+ArrowDown");
    await expect.poll(() => sent(page)).toHaveLength(2);
    const shown = await card(page, "c").evaluate((element) => element.style.transform);
    expect(shown).toBe("translate(320px, 200px)"); // both are seen before either was answered
    await page.evaluate(() => window.host.release());
    await expect.poll(() => page.evaluate(() => window.host.graph.revision)).toBe(3);
    await expect.poll(() => page.evaluate(() => window.host.graph.nodes.find(({ id }) => id === "c")?.position)).toEqual([320, 200]);
    await page.close();
  },
  patience,
);

test(
  "undo and redo are VS Code's own, and its window never hears the keys",
  async () => {
    const page = await browser.open({
      ...opening,
      before: () => window.addEventListener("keydown", (event) => (document.title = `${document.title} ${event.key}`)),
    });
    await card(page, "a").click();
    for (const keys of ["Control+z", "Control+y", "Control+Shift+Z"]) await page.keyboard.press(keys);
    expect(await commands(page, "history/undo")).toHaveLength(1);
    await expect.poll(() => commands(page, "history/redo")).toHaveLength(2);
    await page.locator('[data-field="label"] input').focus();
    await page.keyboard.press("Control+z");
    expect(await commands(page, "history/undo")).toHaveLength(1);
    expect((await page.title()).split(" ").filter((key) => ["z", "y", "Z"].includes(key))).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "the inspector shows the figures of the node that is selected, and of no other",
  async () => {
    const page = await browser.open(opening);
    const ms = { min: 0.4, mean: 2.5, p50: 2, p95: 1200, max: 1250 };
    const figures = { node: "a", runs: 12, success: 0.975, retries: 3, cached: 2, replayed: 0, ms };
    await page.evaluate((run) => window.host.setRun(run), runOf({ figures }));
    const facts = (): Promise<string[]> =>
      page.locator("[data-fact]").evaluateAll((shown) => shown.map((fact) => `${fact.getAttribute("data-fact")}: ${fact.textContent}`));
    await card(page, "a").click();
    await expect
      .poll(facts)
      .toEqual(["runs: 12, 3 retried, 2 cached", "success: 97.5 %", "range: 0.4 ms to 1.3 s", "mean: 2.5 ms", "percentiles: 2 ms, 1.2 s"]);
    await card(page, "b").click();
    await expect.poll(facts).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "run control follows the run's status",
  async () => {
    const page = await browser.open({ graph: triage() });
    const enabled = (): Promise<(string | null)[]> =>
      page.locator('[data-command^="run/"]:enabled').evaluateAll((buttons) => buttons.map((button) => button.getAttribute("data-command")));
    await expect.poll(() => enabled()).toEqual(["run/start", "run/step"]);
    await page.locator('[data-command="run/start"]').click();
    await expect.poll(() => commands(page, "run/start")).toEqual([{}]);
    await page.evaluate((run) => window.host.setRun(run), runOf({ status: "running" }));
    await expect.poll(enabled).toEqual(["run/pause", "run/stop"]);
    await page.evaluate((run) => window.host.setRun(run), runOf({ sequence: 2 }));
    await expect.poll(enabled).toEqual(["run/continue", "run/step", "run/stop"]);
    await page.evaluate((graph) => window.host.setGraph(graph), { ...triage(), trusted: false });
    await page.getByTestId("restricted").waitFor();
    await expect.poll(() => enabled()).toEqual(["run/stop"]);
    await page.close();
  },
  patience,
);

test(
  "a question is answered with an action and a value",
  async () => {
    const page = await browser.open({ graph: triage(), run: triageWaiting() });
    await expect.poll(() => card(page, "approve").getAttribute("data-status")).toBe("waiting");
    await expect.poll(() => card(page, "approve").getAttribute("aria-label")).toBe("Approve refund, barrier, waiting");
    await page.locator('[data-field="value"] textarea').fill('{ "note": 1 }');
    await page.locator('[data-question="approve"] [data-action="reject"]').click();
    await expect.poll(() => commands(page, "question/decide")).toEqual([{ key: "approve", action: "reject", value: { note: 1 } }]);
    await expect.poll(() => page.getByTestId("announcement").textContent()).toBe("Waiting · superstep 4: Refund 249.00 to Ada?");
    await page.close();
  },
  patience,
);

test(
  "run, problems and edges are marked; a problem leads to its place",
  async () => {
    const page = await browser.open({ graph: triage(), run: triageWaiting() });
    const taken = (id: string): Promise<string | null> => page.locator(`.react-flow__edge[data-id="${id}"]`).getAttribute("data-taken");
    expect([await taken("e8"), await taken("e5"), await taken("e9")]).toEqual(["latest", "before", "never"]);
    await card(page, "order").dblclick();
    await expect.poll(() => commands(page, "handler/open")).toEqual([{ node: "order" }]);
    await page.locator('[data-command="problems/toggle"]').click();
    await page.getByTestId("problems").locator('[data-code="HANDLER_MISSING"]').click();
    await expect.poll(async () => (await commands(page, "selection/changed")).at(-1)).toEqual({ nodes: ["refund"], edges: [] });
    await page
      .getByTestId("problems")
      .locator('[data-code="EDGE_NEVER_FIRES"]')
      .click({ modifiers: ["Control"] });
    await expect.poll(() => commands(page, "source/reveal")).toEqual([{ edge: "e9" }]);
    await page.close();
  },
  patience,
);

const fieldOf = (page: Page, name: string): Locator => page.locator(`[data-surface=inspector] [data-field="${name}"]`);
async function typeInto(page: Page, name: string, text: string): Promise<void> {
  const input = fieldOf(page, name).locator("input, textarea");
  await input.fill(text);
  await input.press("Control+Enter");
}

check(
  "how a node is run and what it waits for is typed into the inspector; what cannot be is not committed",
  async (page) => {
    await card(page, "b").click();
    await fieldOf(page, "join").selectOption("count");
    await typeInto(page, "join.count", "none");
    await typeInto(page, "join.count", "3");
    await page.locator('[data-section="running"] > summary').click();
    await fieldOf(page, "retry").selectOption("again");
    await typeInto(page, "retry.delay", "soon");
    await typeInto(page, "retry.delay", "2s");
    await typeInto(page, "retry.attempts", "");
    await typeInto(page, "timeout.idle", "1m");
    await typeInto(page, "fallback", '{ "total": 0 }');
    await fieldOf(page, "cache").selectOption("cached");
    await typeInto(page, "cache.ttl", "1d");
    await fieldOf(page, "disabled").selectOption("disabled");
    await page.locator(".card[data-disabled=true] [data-mark=disabled]").waitFor();
  },
  [
    { join: { count: 2 } },
    { join: { count: 3 } },
    { retry: { attempts: 3 } },
    { retry: { attempts: 3, delay: "2s" } },
    { retry: { delay: "2s" } },
    { timeout: { idle: "1m" } },
    { fallback: { total: 0 } },
    { cache: {} },
    { cache: { ttl: "1d" } },
    { disabled: true },
  ].map((patch) => ({ type: "node/update", id: "b", patch })),
);

check(
  "an edge fires on error",
  async (page) => {
    await page.mouse.click(550, 230); // the middle of e2
    await fieldOf(page, "condition").selectOption("error");
    await page.locator('[data-pill="e2"][data-condition="error"] .codicon').waitFor();
  },
  [{ type: "edge/update", id: "e2", patch: { on: "@error" } }],
);

test(
  "a problem is shown at its field",
  async () => {
    const problem = { severity: "error" as const, code: "DOCUMENT_SHAPE", message: "Once at least.", line: 3 };
    const page = await browser.open({ graph: { ...chain, problems: [{ ...problem, node: "b", field: "retry" }] }, memory });
    await card(page, "b").click();
    await page.locator('[data-section="running"] > summary').click();
    await expect.poll(() => page.locator('[data-problems="retry"]').innerText()).toBe("Once at least.");
    await card(page, "a").click();
    await expect.poll(() => page.locator("[data-problems]").count()).toBe(0);
    await page.close();
  },
  patience,
);

test(
  "a question to reroute is answered with a node, and says when it answers itself, without drawing anything else anew",
  async () => {
    const question = {
      key: "a",
      node: "a",
      prompt: "Where to?",
      actions: ["approve", "modify", "reroute"],
      takesValue: true,
      inner: false,
    };
    const deadline = Date.now() + 23 * 3_600_000 + 60_000;
    const run = runOf({ status: "waiting", questions: [{ ...question, deadline, default: "approve" }] });
    const page = await browser.open({ ...opening, run });
    await expect.poll(() => page.getByTestId("deadline").innerText()).toBe("answers itself with approve in 23 h");
    const button = (action: string): Locator => page.locator(`[data-question] [data-action="${action}"]`);
    const disabled = (action: string): Promise<boolean> => button(action).evaluate((element) => element.hasAttribute("disabled"));
    expect([await disabled("approve"), await disabled("modify"), await disabled("reroute")]).toEqual([false, true, true]);
    await page.locator("[data-question] [data-field=target]").selectOption("@end");
    await expect.poll(() => disabled("reroute")).toBe(false);
    await button("reroute").click();
    await expect.poll(() => commands(page, "question/decide")).toEqual([{ key: "a", action: "reroute", target: "@end" }]);
    await page.evaluate((waiting) => window.host.setRun(waiting), { ...run, questions: [{ ...question, inner: true, deadline: 1 }] });
    await expect.poll(() => page.getByTestId("deadline").innerText()).toContain("time is up");
    await page.locator("[data-question] [data-field=target] input").fill("inside");
    await button("reroute").click();
    expect((await commands(page, "question/decide")).at(-1)).toEqual({ key: "a", action: "reroute", target: "inside" });
    await page.close();
  },
  patience,
);

test(
  "an edge is forced and released from toolbar and inspector while the run is paused, not while it runs",
  async () => {
    const page = await browser.open({ ...opening, run: runOf() });
    await page.mouse.click(550, 230); // the middle of e2
    await page.locator('.toolbar [data-command="route/force"]').click();
    await page.locator('.inspector [data-command="route/force"]').click();
    await expect.poll(() => commands(page, "route/force")).toEqual([{ edge: "e2" }, { edge: "e2" }]);
    await page.evaluate((run) => window.host.setRun(run), runOf({ sequence: 2, forced: { a: "e2" }, overrides: { b: ["@end"] } }));
    await page.locator('[data-pill="e2"][data-forced="now"] [data-icon="hand"]').waitFor();
    await page.locator('.toolbar [data-command="route/release"]').click();
    await expect.poll(() => commands(page, "route/release")).toEqual([{ node: "a" }]);
    await card(page, "b").click();
    await expect.poll(() => page.locator("[data-fact=elsewhere]").innerText()).toBe("End");
    await page.locator('.inspector [data-command="route/override"]').click();
    await page.locator('.inspector [data-command="route/restore"]').click();
    expect([await commands(page, "route/override"), await commands(page, "route/restore")]).toEqual([[{ node: "b" }], [{ node: "b" }]]);
    await page.evaluate((run) => window.host.setRun(run), runOf({ sequence: 3, status: "running" }));
    await expect
      .poll(() => page.locator('.inspector [data-command="route/override"]').getAttribute("title"))
      .toContain("pause the run first");
    await page.close();
  },
  patience,
);

test(
  "the graph stays fitted until the view is moved, and then stays where it is",
  async () => {
    const page = await browser.open({ graph: chain });
    const middle = (): Promise<number> =>
      page.evaluate(() => {
        const boxes = [...document.querySelectorAll(".react-flow__node")].map((drawn) => drawn.getBoundingClientRect());
        const room = document.querySelector(".stage")?.clientWidth ?? 0;
        return Math.round((Math.min(...boxes.map(({ left }) => left)) + Math.max(...boxes.map(({ right }) => right)) - room) / 2);
      });
    await expect.poll(middle).toBe(0);
    await page.setViewportSize({ width: 900, height: 600 });
    await expect.poll(middle).toBe(0);
    await page.mouse.move(300, 400);
    await page.mouse.wheel(0, 100);
    await expect.poll(() => page.evaluate(() => JSON.stringify(window.host.memory))).toContain("viewport");
    const moved = await page.locator(".react-flow__viewport").getAttribute("style");
    await page.setViewportSize({ width: 1400, height: 800 });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expect.poll(() => page.locator(".react-flow__viewport").getAttribute("style")).toBe(moved);
    await page.keyboard.press("Control+1");
    await expect.poll(middle).toBe(0);
    await page.close();
  },
  patience,
);

test(
  "viewport, selection and inspector survive a reload of the webview",
  async () => {
    const page = await browser.open(opening);
    await card(page, "b").click();
    await page.mouse.move(600, 600);
    await page.mouse.wheel(0, 100);
    await expect.poll(() => page.evaluate(() => JSON.stringify(window.host.memory))).toContain('"y":150');
    const kept = await page.evaluate(() => window.host.memory);
    await page.close();
    const again = await browser.open({ graph: chain, memory: kept });
    await again.locator('[data-field="handler"]').waitFor();
    await expect
      .poll(() => again.locator(".react-flow__viewport").evaluate((element) => element.style.transform))
      .toBe("translate(280px, 150px) scale(1)");
    await again.close();
  },
  patience,
);

test(
  "a graph that is ahead of its plan: what differs is marked, and nothing else",
  async () => {
    const page = await browser.open({ graph: triage(), compile: behind("waiting") });
    const marked = page.locator('.react-flow__node[data-stale="true"]');
    const ids = await marked.evaluateAll((nodes) => nodes.map((each) => each.getAttribute("data-id")));
    expect(new Set(ids)).toEqual(new Set(["policy", "refund"]));
    await expect
      .poll(() => card(page, "policy").locator('[data-mark="stale"]').getAttribute("title"))
      .toBe("node policy added: waits for a hard compile");
    await expect.poll(() => card(page, "refund").getAttribute("aria-label")).toContain("not in force: node refund: handler changed");
    await expect.poll(() => page.locator('.wire[data-stale="true"]').count()).toBe(2);
    await expect
      .poll(() => page.getByTestId("stale").textContent())
      .toContain("Differs from the plan in force: 2 nodes, 2 edges, 1 removed.");
    await page.locator('[data-command="compile/now"]').click();
    await expect.poll(() => commands(page, "compile/now")).toEqual([{}]);
    const announced = page.getByTestId("stale-announcement");
    await expect.poll(() => announced.textContent()).toContain("waits for a hard compile");
    await page.evaluate(() => window.host.setCompile({ plan: "b000000", stale: false, backlog: 0 }));
    await expect.poll(() => announced.textContent()).toBe("");
    expect([await marked.count(), await page.getByTestId("stale").count()]).toEqual([0, 0]);
    await page.close();
  },
  patience,
);

test(
  "a refused change can be undone, or compiled all the same",
  async () => {
    const page = await browser.open({ graph: triage(), compile: behind("refused") });
    await expect.poll(() => page.getByTestId("compile-chip").textContent()).toContain("hard · refused");
    await page.locator('[data-testid="stale"] [data-command="history/undo"]').click();
    await page.locator('[data-testid="stale"] [data-command="compile/anew"]').click();
    expect([await commands(page, "history/undo"), await commands(page, "compile/anew")]).toEqual([[{}], [{}]]);
    await page.close();
  },
  patience,
);

test(
  "Ctrl+F finds nodes and edges by their words, F3 goes on, Escape gives the keys back",
  async () => {
    const page = await browser.open(opening);
    const selected = (): Promise<string[]> =>
      page.locator(".react-flow__node.selected").evaluateAll((cards) => cards.map((element) => element.getAttribute("data-id") ?? ""));
    await card(page, "c").click();
    await page.keyboard.press("Control+f");
    await page.keyboard.type("nodes/");
    await expect.poll(selected).toEqual(["a"]);
    await expect.poll(() => page.locator(".find-count").textContent()).toBe("1 of 3");
    await page.keyboard.press("Enter");
    await expect.poll(selected).toEqual(["b"]);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".find").count()).toBe(0);
    await page.keyboard.press("F3");
    await expect.poll(selected).toEqual(["c"]);
    await page.keyboard.press("Shift+F3");
    await expect.poll(selected).toEqual(["b"]);
    expect(await sent(page)).toEqual([]);
    expect(await page.evaluate(() => window.host.violations)).toEqual([]);
    await page.close();
  },
  patience,
);
