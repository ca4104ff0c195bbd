import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Opening } from "./open-canvas.js";
import { patched, triage, triageBlocked, triageWaiting, unsafe } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const folder = new URL("../../test-results/webview/", import.meta.url);
const patience = 60_000;
const browser = sharedBrowser();

const graph = { ...triage(), problems: [] };
const commands = (page: Page, name: string): Promise<readonly unknown[]> =>
  page.evaluate((wanted) => window.host.commands.filter((command) => command.name === wanted).map(({ params }) => params), name);

function check(name: string, opening: Opening, act: (page: Page) => Promise<void>): void {
  test(
    name,
    async () => {
      const page = await browser.open(opening);
      await act(page);
      expect(await page.evaluate(() => window.host.violations)).toEqual([]);
      expect(await commands(page, "webview/failed")).toEqual([]);
      await page.close();
    },
    patience,
  );
}

const openings = {
  quiet: { graph, compile: patched, run: { ...triageWaiting(), certificates: unsafe } },
  migrate: { graph, compile: patched, run: triageBlocked("migrate") },
  lost: { graph, compile: patched, run: triageBlocked("lost") },
};

for (const theme of ["dark", "light", "contrast"] as const) {
  for (const [name, opening] of Object.entries(openings)) {
    check(`${theme}: checkpoints that are not safe, ${name}`, { ...opening, theme }, async (page) => {
      await page.getByTestId("safety").waitFor();
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: new URL(`safety-${name}-${theme}.png`, folder).pathname });
    });
  }
}

check("how many checkpoints are not safe is said quietly, and to screen readers", openings.quiet, async (page) => {
  const words = "2 of 14 checkpoints would need a migration, 1 could only be replayed from superstep 3.";
  await expect.poll(() => page.getByTestId("safety").textContent()).toContain(words);
  await expect.poll(() => page.getByTestId("safety-announcement").textContent()).toBe(words);
  expect(await page.getByTestId("safety").locator("vscode-button").count()).toBe(0);
  await page.locator('[data-command="checkpoints/show"]').click();
  await expect.poll(() => commands(page, "checkpoints/show")).toEqual([{}]);
});

check("nothing is said while all checkpoints can go on", openings.quiet, async (page) => {
  const safe = { ...unsafe, mapped: 14, migrate: 0, replay: 0, reasons: [] };
  await page.evaluate((certificates) => window.host.setRun({ ...window.host.run, certificates }), safe);
  await expect.poll(() => page.getByTestId("safety").count()).toBe(0);
  await expect.poll(() => page.getByTestId("safety-announcement").textContent()).toBe("");
});

check("of a run that has ended one line is enough", openings.quiet, async (page) => {
  await expect.poll(() => page.locator(".safety-reason").count()).toBe(1);
  await page.evaluate(() => window.host.setRun({ ...window.host.run, sequence: 99, status: "completed", questions: [] }));
  await expect.poll(() => page.locator(".safety-reason").count()).toBe(0);
  await expect.poll(() => page.getByTestId("safety").count()).toBe(1);
});

check("a reason shows its place on the canvas, or in the text where the canvas has none", openings.lost, async (page) => {
  const reason = (text: string) => page.locator(".safety-reason", { hasText: text });
  await reason('Node "approve"').click();
  await page.locator('.react-flow__node[data-id="approve"].selected').waitFor();
  await reason('"e8"').click({ modifiers: ["Control"] });
  await page.evaluate((run) => window.host.setRun({ ...run, sequence: 99 }), triageBlocked("migrate"));
  await reason('"order"').click();
  await expect.poll(() => commands(page, "source/reveal")).toEqual([{ edge: "e8" }, { channel: "order" }]);
});

check("a run that cannot go on says so, and what can be done", openings.lost, async (page) => {
  await expect.poll(() => page.getByTestId("run-status").textContent()).toContain("Cannot go on · superstep 4");
  await expect.poll(() => page.getByTestId("announcement").textContent()).toContain('Node "approve" is at work in this run');
  for (const [command, label] of [
    ["history/undo", "Undo"],
    ["blocked/restore", "Restore Superstep 3"],
    ["blocked/overrule", "Go On Anyway…"],
  ] as const) {
    const button = page.locator(`.safety-ways [data-command="${command}"]`);
    await expect.poll(() => button.textContent()).toBe(label);
    await button.click();
    await expect.poll(() => commands(page, command)).toEqual([{}]);
  }
  expect(await page.locator('[data-command="blocked/migrate"]').count()).toBe(0);
});

check("a run that needs a migration offers to write it, or to open the one that is there", openings.migrate, async (page) => {
  const button = page.locator('[data-command="blocked/migrate"]');
  await expect.poll(() => button.textContent()).toBe("Write Migration…");
  await button.click();
  await expect.poll(() => commands(page, "blocked/migrate")).toEqual([{}]);
  await page.evaluate(() => {
    const { blocked, ...run } = window.host.run;
    if (blocked !== undefined) window.host.setRun({ ...run, blocked: { ...blocked, migration: true } });
  });
  await expect.poll(() => button.textContent()).toBe("Open Migration");
});
