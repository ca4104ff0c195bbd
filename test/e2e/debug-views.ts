import type { Page } from "playwright-core";

/** VS Code's views of a debugger, as a person sees them. */
export class DebugViews {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The frames of the call stack that are drawn: name, file and line. */
  async frames(): Promise<readonly string[]> {
    const frames = await this.#page.locator(".debug-call-stack .stack-frame").allInnerTexts();
    return frames.map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  /** The rows of the variables view that are drawn, as `name: value`. */
  async variables(): Promise<readonly string[]> {
    const rows = await this.#page.locator(".debug-variables .monaco-list-row").allInnerTexts();
    return rows.map((text) => text.replaceAll(/\s+/g, " ").replace(" =", ":").trim());
  }

  /** Presses a button of the debug toolbar by its name. */
  async press(name: string): Promise<void> {
    await this.#page
      .locator(".debug-toolbar")
      .getByRole("button", { name: new RegExp(`^${name}`) })
      .click();
  }

  /** Whether no debug session is under way. */
  async isOver(): Promise<boolean> {
    return (await this.#page.locator(".debug-toolbar:visible").count()) === 0;
  }
}
