import { afterEach } from "vitest";
import type { Workbench } from "./workbench.js";

/** Takes a screenshot of what a test that failed left behind, and prints what a person would see first, for where no picture can be had. */
export function keepFailures(workbench: () => Workbench): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    console.error(`left by "${task.name}":`, await leftBehind(workbench()));
    await workbench().screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}`);
  });
}

/** The parts of a window that tell why a test waits in vain, by their texts. */
async function leftBehind({ page }: Workbench): Promise<object> {
  const texts = async (selector: string): Promise<string[]> => {
    const all = await page.locator(`${selector}:visible`).allInnerTexts();
    return all.map((text) => text.replaceAll(/\s+/g, " ").trim());
  };
  return {
    focus: await page.evaluate(() => document.activeElement?.outerHTML.replace(/(?<=>)[^]*/, "").slice(0, 200)),
    editors: await texts(".editor-group-container .tabs-container"),
    active: await texts(".editor-group-container.active .tab.active"),
    texts: (await texts(".monaco-editor .view-lines")).map((text) => text.slice(0, 200)),
    asked: [...(await texts(".quick-input-widget")), ...(await texts(".monaco-dialog-box")), ...(await texts(".monaco-menu"))],
    notifications: await texts(".notification-list-item"),
    status: (await texts(".statusbar-item")).filter((text) => text !== "").join(" | "),
    canvases: await page.locator("iframe.webview.ready:visible").count(),
  };
}
