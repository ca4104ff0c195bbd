import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { TaskDetails } from "../../webview/protocol/tasks.js";
import { axeFindings } from "../support/axe.js";
import { pastOf, triage, triageWaiting } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const stack = "Error: no such customer\n    at find (/graphs/nodes/customer.ts:12:7)";
const failed: TaskDetails = {
  tasks: [
    { task: "3/customer", superstep: 3, end: "failed" },
    { task: "1/customer", superstep: 1, end: "done" },
  ],
  shown: {
    task: "3/customer",
    superstep: 3,
    end: "failed",
    ms: 1204,
    fallback: false,
    error: { code: "HANDLER_FAILED", message: "no such customer", stack, place: "customer.ts:12" },
    attempts: [{ attempt: 1, error: { code: "TIMEOUT", message: "It took longer than 1s." }, delayMs: 500 }],
    logs: [{ level: "info", message: "looking" }],
    input: [
      { name: "order", text: '{"id": 17}', cut: false, writer: { text: "order, superstep 2", details: "Task 2/order" } },
      { name: "ticket", text: `{"text": "${"The lamp ".repeat(40)}…`, cut: true },
    ],
    cleared: [],
  },
};

async function openNode(details: TaskDetails, theme: "dark" | "light" | "contrast" = "dark"): Promise<Page> {
  const memory = { selection: { nodes: [], edges: [] }, inspector: { open: true, width: 320, sections: { node: false, running: false } } };
  const page = await browser.open({ graph: triage(), run: { ...triageWaiting(), questions: [] }, memory, theme });
  await page.evaluate((given) => void (window.host.answers["task/load"] = given), details);
  await page.locator('.react-flow__node[data-id="customer"]').click();
  return page;
}

const section = (page: Page): Locator => page.locator('[data-section="task"]');
const asked = (page: Page): Promise<readonly unknown[]> =>
  page.evaluate(() => window.host.looks.filter(({ name }) => name === "task/load").map(({ params }) => params));
const commands = (page: Page, name: string): Promise<readonly unknown[]> =>
  page.evaluate((wanted) => window.host.commands.filter((each) => each.name === wanted).map(({ params }) => params), name);

test(
  "what a task read, who gave that, and why it failed are shown, and lead on",
  async () => {
    const page = await openNode(failed);
    await section(page).locator('[data-failure="end"]').waitFor();
    await expect.poll(() => section(page).locator('[data-failure="1"]').textContent()).toContain("Attempt 1: TIMEOUT");
    await expect.poll(() => section(page).locator('[data-values="input"] .task-writer').textContent()).toBe("order, superstep 2");
    await section(page).locator('[data-command="task/stack"]').click();
    await section(page).locator('[data-command="task/value"]').click();
    const at = { node: "customer", task: "3/customer" };
    await expect.poll(() => commands(page, "task/stack")).toEqual([at]);
    await expect.poll(() => commands(page, "task/value")).toEqual([{ ...at, of: "input", name: "ticket" }]);
    await section(page).locator('[data-field="task"]').selectOption("1/customer");
    await expect.poll(async () => (await asked(page)).at(-1)).toEqual({ node: "customer", task: "1/customer" });
    await page.close();
  },
  patience,
);

test(
  "it is asked for only while it is unfolded, and anew when the run has moved and stands",
  async () => {
    const page = await openNode(failed);
    await expect.poll(async () => (await asked(page)).length).toBe(1);
    await page.evaluate(() => window.host.setRun({ ...window.host.run, sequence: 10, status: "running" }));
    await page.evaluate(() => window.host.setRun({ ...window.host.run, sequence: 11, status: "paused" }));
    await expect.poll(async () => (await asked(page)).length).toBe(2);
    await section(page).locator("summary").first().click();
    await page.evaluate(() => window.host.setRun({ ...window.host.run, sequence: 12 }));
    await section(page).locator("summary").first().click();
    await expect.poll(async () => (await asked(page)).length).toBe(3);
    await page.locator('.react-flow__node[data-id="refund"]').click();
    await expect.poll(() => section(page).count()).toBe(0); // it has not begun
    await page.close();
  },
  patience,
);

test(
  "while the past is looked at, the task and the figures are those of then, and say so",
  async () => {
    const page = await openNode(failed);
    await section(page).locator('[data-failure="end"]').waitFor();
    const past = pastOf(2, triageWaiting(), { nodes: triageWaiting().nodes });
    const then: TaskDetails = {
      tasks: [{ task: "1/customer", superstep: 1, end: "done" }],
      shown: { task: "1/customer", superstep: 1, end: "done", fallback: false, attempts: [], logs: [], input: [], writes: [], cleared: [] },
    };
    await page.evaluate(
      ([view, details]) => {
        window.host.pasts = { 2: view };
        window.host.answers["task/load"] = details;
        window.host.answers["figures/load"] = { node: "customer", runs: 1, success: 1, retries: 0, cached: 0, replayed: 0, ms: null };
      },
      [past, then] as const,
    );
    await page.locator('input[aria-label="Superstep"]').fill("2");
    await expect.poll(() => section(page).locator('[data-fact="moment"]').textContent()).toBe("As of superstep 2");
    await expect.poll(async () => (await asked(page)).at(-1)).toEqual({ node: "customer", superstep: 2 });
    expect(await section(page).locator('[data-failure="end"]').count()).toBe(0);
    const figures = page.locator('[data-section="figures"]');
    await expect.poll(() => figures.innerText()).toContain("As of superstep 2");
    await page.locator("aside").screenshot({ path: new URL("task-past.png", folder).pathname });
    expect(await axeFindings(page)).toEqual([]);
    await page.locator('[data-command="past/leave"]').click();
    await expect.poll(() => section(page).locator('[data-fact="moment"]').count()).toBe(0);
    await page.close();
  },
  patience,
);

for (const theme of ["dark", "light", "contrast"] as const) {
  test(
    `${theme}: a failed task`,
    async () => {
      const page = await openNode(failed, theme);
      await section(page).locator('[data-failure="end"]').waitFor();
      await page.locator("aside").screenshot({ path: new URL(`task-${theme}.png`, folder).pathname });
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      await page.close();
    },
    patience,
  );
}
