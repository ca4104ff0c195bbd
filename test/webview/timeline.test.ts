// Looking at the past of a run, with the slider, the buttons and the keys.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { EdgeStory, PastOutline } from "../../webview/protocol/past.js";
import type { Opening } from "./open-canvas.js";
import { edge, pastOf, patched, runOf, triage, triageWaiting } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const outline: PastOutline = {
  run: "run-1",
  now: 40,
  saved: [
    [0, 21],
    [25, 40],
  ],
  question: [7, 30],
  failure: [12],
  recompile: [20],
  byHand: [12, 33],
};
const ended = runOf({
  status: "completed",
  superstep: 40,
  sequence: 80,
  nodes: { reply: { status: "done", count: 9 } },
  edges: { e13: 40 },
  channels: { at: "40" },
});
const opening: Opening = { graph: { ...triage(), problems: [] }, run: ended, compile: patched, answers: { "past/outline": outline } };

const slider = (page: Page) => page.getByRole("slider", { name: "Superstep" });
const at = (page: Page) => expect.poll(() => page.locator('[data-channel="at"] code').first().innerText());
const asked = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() =>
    window.host.looks.filter(({ name }) => name === "past/load").map(({ params }) => (params as { superstep: number }).superstep),
  );

test(
  "the slider is moved with keys: by one, to the marks, to the ends; the present is at its end",
  async () => {
    const page = await browser.open(opening);
    await slider(page).focus();
    await expect.poll(() => slider(page).getAttribute("aria-valuetext")).toBe("Now, superstep 40");
    await page.keyboard.press("ArrowLeft");
    await at(page).toBe("39");
    await page.keyboard.press("Control+ArrowLeft");
    await at(page).toBe("33");
    await expect.poll(() => slider(page).getAttribute("aria-valuetext")).toBe("Superstep 33 of 40, somebody intervened");
    await page.keyboard.press("Home");
    await at(page).toBe("0");
    await page.keyboard.press("Control+ArrowRight");
    await at(page).toBe("7");
    await expect.poll(() => page.getByTestId("looking").innerText()).toBe("Looking at superstep 7 of 40");
    await page.keyboard.press("End");
    await at(page).toBe("40");
    await expect.poll(() => page.getByTestId("looking").count()).toBe(0);
    await page.keyboard.press("ArrowLeft");
    await at(page).toBe("39");
    await page.keyboard.press("Escape");
    await at(page).toBe("40");
    await page.close();
  },
  patience,
);

test(
  "it plays from the start and stops at the present; Space pauses it",
  async () => {
    const page = await browser.open({ ...opening, run: { ...ended, superstep: 4 } });
    await page.getByRole("combobox", { name: "Supersteps a second" }).selectOption("20");
    await slider(page).focus();
    await page.keyboard.press(" ");
    await expect.poll(() => asked(page)).toEqual([0, 1, 2, 3]);
    await at(page).toBe("40"); // the present of this run says so
    await expect.poll(() => page.locator('[data-command="past/play"]').getAttribute("title")).toContain("Play the history");
    await page.getByRole("combobox", { name: "Supersteps a second" }).selectOption("1");
    await slider(page).focus();
    await page.keyboard.press(" ");
    await at(page).toBe("0");
    await page.keyboard.press(" ");
    await expect.poll(() => page.locator('[data-command="past/play"]').getAttribute("title")).toContain("Play the history");
    await page.close();
  },
  patience,
);

test(
  "while answers are waited for, the slider asks for nothing but the newest",
  async () => {
    const page = await browser.open(opening);
    await page.evaluate(() => void (window.host.holdingLooks = true));
    await slider(page).focus();
    for (let press = 0; press < 25; press += 1) await page.keyboard.press("ArrowLeft");
    await expect.poll(() => slider(page).inputValue()).toBe("15");
    await expect.poll(() => asked(page)).toEqual([39]);
    await page.evaluate(() => window.host.release());
    await at(page).toBe("15");
    await expect.poll(() => asked(page)).toEqual([39, 15]);
    await page.close();
  },
  patience,
);

test(
  "a run that goes on leaves who looks at its past where they are, and questions are answered as they stand",
  async () => {
    const page = await browser.open(opening);
    await slider(page).focus();
    await page.keyboard.press("Home");
    await at(page).toBe("0");
    await page.evaluate((waiting) => window.host.setRun({ ...waiting, superstep: 44, sequence: 90 }), triageWaiting());
    await expect.poll(() => page.getByTestId("looking").innerText()).toBe("Looking at superstep 0 of 44");
    await at(page).toBe("0");
    await page.locator('[data-question="approve"] [data-action="reject"]').click();
    await expect
      .poll(() => page.evaluate(() => window.host.commands.at(-1)))
      .toMatchObject({ name: "question/decide", params: { action: "reject" } });
    await expect.poll(() => page.locator('.react-flow__node[data-id="approve"]').getAttribute("data-status")).toBe("idle");
    await page.locator('[data-command="past/leave"]').click();
    await expect.poll(() => page.locator('.react-flow__node[data-id="approve"]').getAttribute("data-status")).toBe("waiting");
    await page.close();
  },
  patience,
);

test(
  "what is looked at is restored by its checkpoint, where there is one and the run stands",
  async () => {
    const { checkpoint: _none, ...unsaved } = pastOf(23, ended);
    const page = await browser.open({ ...opening, pasts: { 23: unsaved } });
    await slider(page).focus();
    await page.keyboard.press("ArrowLeft");
    const restore = page.locator('[data-command="past/restore"]');
    await restore.click();
    await expect
      .poll(() => page.evaluate(() => window.host.commands.at(-1)))
      .toEqual({ name: "past/restore", params: { checkpoint: "c39" } });
    await slider(page).fill("23");
    await expect.poll(() => restore.getAttribute("title")).toBe("This superstep has no checkpoint");
    await expect.poll(() => restore.isDisabled()).toBe(true);
    await slider(page).fill("22");
    await expect.poll(() => restore.isDisabled()).toBe(false);
    await page.evaluate((run) => window.host.setRun({ ...run, status: "running", sequence: 91 }), ended);
    await expect.poll(() => restore.getAttribute("title")).toBe("Pause the run first");
    await page.close();
  },
  patience,
);

test(
  "what the graph had then and has no more is said in words",
  async () => {
    const gone = { nodes: { old: { status: "done" as const, count: 1 }, classify: { status: "done" as const, count: 1 } } };
    const page = await browser.open({ ...opening, pasts: { 39: { ...pastOf(38, ended, gone), samePlan: false } } });
    await slider(page).focus();
    await page.keyboard.press("ArrowLeft");
    const notes = page.getByTestId("looking-notes");
    await expect
      .poll(() => notes.innerText())
      .toBe("Superstep 39 was not kept. It ran by another revision of the graph. Not in the graph any more: old.");
    await page.close();
  },
  patience,
);

const story: EdgeStory = {
  superstep: 3,
  tests: [{ taken: false, value: "false", reads: [{ path: "score", value: "2" }, { path: "order.total" }] }],
};

test(
  "what came of a condition is told on hover and in the panel, once for each time that it was tested",
  async () => {
    const run = { ...triageWaiting(), tested: { score: 3 }, edges: { e9: 3 } };
    const page = await browser.open({ ...opening, run, answers: { ...opening.answers, "edge/explain": story } });
    const pill = page.locator('[data-pill="e8"]');
    await expect.poll(() => pill.locator(".test-mark").getAttribute("data-test")).toBe("not-taken");
    await pill.hover();
    await expect.poll(() => pill.getAttribute("title")).toContain("false: not taken\n  score = 2\n  order.total = nothing");
    const explained = (): Promise<number> => page.evaluate(() => window.host.looks.filter(({ name }) => name === "edge/explain").length);
    await page.mouse.move(5, 400);
    await pill.hover();
    const before = await explained();
    await pill.click();
    await expect.poll(() => page.locator('[data-fact="tested-outcome"]').innerText()).toContain("false: not taken");
    await expect.poll(() => page.locator('[data-fact="tested-read"]').allInnerTexts()).toEqual(["2", "nothing"]);
    await page.evaluate((told) => window.host.setRun({ ...told, sequence: 20, channels: { score: "5" } }), run);
    await expect.poll(() => explained()).toBe(before + 1);
    await page.close();
  },
  patience,
);

test(
  "what an error edge was tested with is told on hover and in the panel: the error, or that there was none",
  async () => {
    const graph = triage();
    const edges = [...graph.edges, edge("oops", "score", "refund", { on: "@error" })];
    const failure = { code: "HANDLER_FAILED", message: "no stock" };
    const failed: EdgeStory = { superstep: 3, tests: [{ taken: true, failure, reads: [] }] };
    const run = { ...triageWaiting(), tested: { score: 3 } };
    const page = await browser.open({
      ...opening,
      graph: { ...graph, edges },
      run,
      answers: { ...opening.answers, "edge/explain": failed },
    });
    const pill = page.locator('[data-pill="oops"]');
    await pill.hover();
    await expect.poll(() => pill.getAttribute("title")).toContain("Superstep 3\nHANDLER_FAILED: taken\n  no stock");
    await pill.click();
    await expect.poll(() => page.locator('[data-fact="tested-outcome"]').innerText()).toBe("HANDLER_FAILED: taken");
    expect(await page.locator('[data-fact="tested-failure"]').innerText()).toBe("no stock");
    await page.locator("aside").screenshot({ path: new URL("error-edge.png", folder).pathname });
    await page.evaluate((told) => {
      window.host.answers["edge/explain"] = { superstep: 4, tests: [{ taken: false, failure: null, reads: [] }] };
      window.host.setRun({ ...told, sequence: 30, tested: { score: 4 } });
    }, run);
    await expect.poll(() => page.locator('[data-fact="tested-outcome"]').innerText()).toBe("the node did not fail: not taken");
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const) {
  test(`${theme}: the past, looked at`, async () => {
    const past = pastOf(12, ended, { ...triageWaiting(), questions: [], status: "paused", channels: { at: "12" } });
    const page = await browser.open({ ...opening, theme, pasts: { 12: { ...past, samePlan: false } } });
    await slider(page).fill("12");
    await at(page).toBe("12");
    await page.screenshot({ path: new URL(`past-${theme}.png`, folder).pathname });
    expect(await page.evaluate(() => window.host.violations)).toEqual([]);
    await page.close();
  });
}
