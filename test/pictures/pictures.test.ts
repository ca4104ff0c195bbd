import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inProject } from "../../scripts/layout.mjs";
import type { Canvas } from "../e2e/canvas.js";
import { openWorkbench, type WorkbenchSession } from "../e2e/session.js";
import { SOON } from "../e2e/soon.js";

const FOLDER = inProject("docs", "images");

/** The pictures of the README; `npm run pictures` takes them anew, after `npm run package`. */
describe("pictures", () => {
  let session: WorkbenchSession;
  let canvas: Canvas;

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    session = await openWorkbench({ window: { width: 1600, height: 1000 } });
    const { workbench } = session;
    ({ canvas } = workbench);
    await workbench.openFile("refund-triage/refund-triage.patchbay.json");
    await canvas.waitUntilLoaded();
    await workbench.sideBar.show("Patchbay");
    await canvas.inspector.fold();
  });
  afterAll(() => session.close());

  const take = async (name: string): Promise<void> => session.workbench.picture(join(FOLDER, `${name}.png`));

  /** The views follow within a moment. */
  const untilShown = async (view: string, row: RegExp): Promise<void> => (await session.workbench.sideBar.row(view, row)).waitFor();

  test("a run waits", async () => {
    await canvas.button("run/start").click();
    await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
    await untilShown("Checkpoints", /^Refund 689 EUR/);
    await untilShown("Trace", /^Paused/);
    await take("waiting-dark");
  });

  test("an edge was drawn to another node meanwhile", async () => {
    const { workbench } = session;
    await workbench.setTheme("light");
    await canvas.drag({ at: canvas.edgeEnd("approved", "target") }, { at: canvas.port("voucher", "target") });
    await expect.poll(() => workbench.statusItem("patchbay.compile").innerText(), SOON).toMatch(/soft/);
    await untilShown("Compile Queue", /^soft/);
    await untilShown("Trace", /^Recompiled/);
    await take("rewired-light");
    await workbench.setTheme("high-contrast");
    await take("high-contrast");
  });

  test("an earlier checkpoint was restored", async () => {
    const { workbench } = session;
    await workbench.setTheme("dark");
    await canvas.frame.locator("[data-question] [data-action=approve]").click();
    await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
    for (const node of ["voucher", "record"]) {
      await canvas.button("run/step").click();
      await expect.poll(() => canvas.state(node), SOON).toBe("due");
    }
    await (await workbench.sideBar.row("Checkpoints", "Superstep 7")).click();
    await expect.poll(() => canvas.frame.locator("[data-testid=run-status]").innerText(), SOON).toMatch(/Restored superstep/);
    await untilShown("Checkpoints", /^Superstep 7.*here/);
    await take("restored-dark");
  });
});
