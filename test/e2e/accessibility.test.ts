// What axe says of the canvas in a real window, where colours are those of VS Code's own themes.
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeFindings } from "../support/axe.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { themes, type ThemeName } from "./themes.js";

let session: WorkbenchSession;
beforeAll(async () => {
  session = await openWorkbench();
  const { workbench } = session;
  const canvas = await workbench.openGraph("refund-triage/refund-triage.patchbay.json");
  await workbench.run("View: Close Primary Side Bar");
  await canvas.inspector.open();
  await canvas.button("run/start").click();
  await canvas.frame.locator("[data-run-status=waiting]").waitFor();
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

test.each(Object.keys(themes) as ThemeName[])("%s: a run that waits, a node and then an edge selected, the palette", async (theme) => {
  const { workbench } = session;
  const { canvas } = workbench;
  await workbench.setTheme(theme);
  const frame = await canvas.page();
  await canvas.node("approve").click();
  expect(await axeFindings(frame)).toEqual([]);
  await workbench.screenshot("accessibility");
  await canvas.pill("approved").click();
  expect(await axeFindings(frame)).toEqual([]);
  await canvas.focus();
  await workbench.press("Tab");
  await canvas.frame.getByRole("combobox").first().waitFor();
  expect(await axeFindings(frame)).toEqual([]);
  await workbench.press("Escape");
});
