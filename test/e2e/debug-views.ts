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

  /** The rows of the breakpoints view that are of files: name and line, with the column where it has one. */
  async breakpoints(): Promise<readonly string[]> {
    const rows = await this.#page.locator(".debug-breakpoints .monaco-list-row .breakpoint:has(.file-path)").allInnerTexts();
    return rows.map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  /** The breakpoints that VS Code shows to be unverified, as a screen reader hears them: with the reason. */
  async unverified(): Promise<string> {
    const rows = this.#page.locator(".debug-breakpoints .monaco-list-row:has([class*='-unverified'])");
    return (await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label")))).join("\n");
  }

  /** What the debugger shows of a word in the text editor in view: of the piece of text that holds it, so many pixels from its start. */
  async hover(piece: string, offset: number): Promise<string> {
    const word = this.#page.locator(".monaco-editor:visible .view-line span span", { hasText: piece }).last();
    await word.hover({ position: { x: offset, y: 8 } });
    return this.#page.locator(".debug-hover-widget:visible").innerText();
  }

  /** The lines of the text editor in view that have a breakpoint in their gutter. */
  async gutter(): Promise<readonly number[]> {
    const editor = this.#page.locator(".monaco-editor:visible").first();
    const tops = await editor
      .locator('.glyph-margin-widgets .cgmr[class*="codicon-debug-breakpoint"]')
      .evaluateAll((glyphs) => glyphs.map((glyph) => Math.round(glyph.getBoundingClientRect().top)));
    const lines = await editor
      .locator(".margin-view-overlays .line-numbers")
      .evaluateAll((numbers) =>
        numbers.map((number) => ({ line: Number(number.textContent), top: Math.round(number.getBoundingClientRect().top) })),
      );
    return tops.flatMap((at) => lines.find((line) => line.top === at)?.line ?? []).toSorted((a, b) => a - b);
  }

  /** Clicks into the gutter beside a line of the text editor in view. */
  async clickGutter(line: number): Promise<void> {
    const editor = this.#page.locator(".monaco-editor:visible").first();
    const number = await editor.locator(".margin-view-overlays .line-numbers", { hasText: new RegExp(`^${line}$`) }).boundingBox();
    const margin = await editor.locator(".glyph-margin").boundingBox();
    if (number === null || margin === null) throw new Error(`line ${line} is not in view`);
    await this.#page.mouse.click(margin.x + margin.width / 2, number.y + number.height / 2);
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
