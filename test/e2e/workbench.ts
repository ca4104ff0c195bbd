import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { inProject } from "../../scripts/layout.mjs";
import { Canvas } from "./canvas.js";
import { collectErrors } from "./console-errors.js";
import { DebugViews } from "./debug-views.js";
import { SideBar } from "./side-bar.js";
import { themes, type ThemeName } from "./themes.js";

const ATTEMPTS = 4;
const ATTEMPT_MS = 5000;
const SCREENSHOTS = inProject("test-results", "screenshots");

/** A window of VS Code in a browser: what a person sees of it and does in it. */
export class Workbench {
  readonly sideBar: SideBar;
  readonly debugging: DebugViews;
  /** Errors that the window printed, noise apart. */
  readonly errors: readonly string[];
  get page(): Page {
    return this.#page;
  }
  readonly #page: Page;
  #theme: ThemeName = "dark";

  private constructor(page: Page) {
    this.#page = page;
    this.errors = collectErrors(page);
    this.sideBar = new SideBar(page);
    this.debugging = new DebugViews(page);
  }

  /** Opens the workbench at an address and waits until it takes commands. */
  static async open(page: Page, address: string): Promise<Workbench> {
    const workbench = new Workbench(page);
    await page.goto(address);
    await workbench.#untilReady();
    return workbench;
  }

  /** The mouse and the keyboard themselves, for what is held down. */
  get hands(): Pick<Page, "mouse" | "keyboard"> {
    return this.#page;
  }

  /** The context menu in view. */
  get menu(): Locator {
    return this.#page.locator(".monaco-menu");
  }

  /** The canvas of the active editor. */
  get canvas(): Canvas {
    return new Canvas(this.#page);
  }

  /** A canvas among those in view, in the order in which they were opened. */
  canvasAt(index: number): Canvas {
    return new Canvas(this.#page, index);
  }

  /** Text of the text editor in view, line by line. */
  async text(): Promise<string> {
    const lines = await this.#page.locator(".monaco-editor:visible .view-lines").first().innerText();
    return lines.replaceAll("\u00a0", " ");
  }

  /** Trusts the folder, in the editor of workspace trust, which is closed then. */
  async trustFolder(): Promise<void> {
    await this.#page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click();
    await this.#page.locator(".workspace-trust-editor.trusted").waitFor();
    await this.#page
      .locator(".monaco-modal-editor-block")
      .getByRole("button", { name: /^Close/ })
      .click();
    await this.#page.locator(".workspace-trust-editor").waitFor({ state: "detached" });
  }

  /** Waits until an editor group has the keyboard's focus; groups count from the left. */
  async untilGroupActive(index: number): Promise<void> {
    await this.#page.locator(".editor-group-container").nth(index).and(this.#page.locator(".active")).waitFor();
  }

  /**
   * Puts the keyboard into the text editor in view, by a click into its middle. The mouse does it and no locator: one that finds the
   * editor in motion scrolls what it clicks, and the lines of an editor are higher than what is seen of them.
   */
  async focusText(): Promise<void> {
    const editor = this.#page.locator(".monaco-editor:visible", { has: this.#page.locator(".view-lines") }).first();
    const box = await editor.boundingBox();
    if (box === null) throw new Error("no text editor is in view");
    await this.#page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await this.#page.locator(".monaco-editor.focused:visible").waitFor();
  }

  /** Notifications that hold this text. */
  notification(text: string | RegExp): Locator {
    return this.#page.locator(".notifications-toasts .notification-list-item", { hasText: text });
  }

  /** The dialog in front of the window, if it holds this text. */
  dialog(text: string | RegExp): Locator {
    return this.#page.locator(".monaco-dialog-box", { hasText: text });
  }

  /** The quick input: a box to type into, or a list to choose from. */
  get quickInput(): Locator {
    return this.#page.locator(".quick-input-widget:visible");
  }

  /** Waits until the quick input shows these words. */
  async untilAsked(words: string): Promise<void> {
    await this.quickInput.filter({ hasText: words }).waitFor();
  }

  /** What the box of the quick input holds. */
  typed(): Promise<string> {
    return this.quickInput.locator("input.input").inputValue();
  }

  /** Chooses an entry of the quick pick in view. */
  async choose(label: string): Promise<void> {
    await this.quickInput.locator(".monaco-list-row", { hasText: label }).first().click();
  }

  /** Chooses an entry of the context menu in view. */
  async chooseInMenu(title: string): Promise<void> {
    const item = this.#page.locator(".monaco-menu .action-item", { hasText: title });
    await item.hover();
    await item.and(this.#page.locator(".focused")).waitFor();
    await this.#page.keyboard.press("Enter"); // a menu passes over a click that comes just after it opened
  }

  /** Runs a command by its title in the command palette. */
  async run(title: string): Promise<void> {
    await this.#pick("F1", `>${title}`, title);
  }

  /** Opens a file of the folder with its default editor. */
  async openFile(path: string): Promise<void> {
    const name = path.slice(path.lastIndexOf("/") + 1);
    await this.#pick("Control+P", path, name);
    await this.tab(name).first().waitFor();
  }

  /** Opens a graph of the folder on its canvas, and waits until that is drawn. */
  async openGraph(path: string): Promise<Canvas> {
    await this.openFile(path);
    const { canvas } = this;
    await canvas.waitUntilLoaded();
    return canvas;
  }

  /**
   * Saves the active editor, and waits until its tab is clean. It is so as soon as VS Code begins to write: what is in the file then has to
   * be waited for.
   */
  async save(): Promise<void> {
    await this.run("File: Save");
    await this.#page.locator(".editor-group-container.active .tab.active.dirty").waitFor({ state: "hidden" });
  }

  /** Tabs with this text whose editor has unsaved edits. */
  dirtyTab(text: string | RegExp): Locator {
    return this.#page.locator(".tabs-container .tab.dirty", { hasText: text }).first();
  }

  /** Closes all editors; what is unsaved is let go. */
  async closeAll(): Promise<void> {
    while ((await this.tab(/./).count()) > 0) {
      await this.run("View: Revert and Close Editor");
    }
  }

  /** Presses a button of the dialog in front of the window. */
  async answerDialog(button: string): Promise<void> {
    await this.#page.locator(".monaco-dialog-box").getByRole("button", { name: button, exact: true }).click();
  }

  /** Answers a quick pick or an input box. */
  async answer(text: string): Promise<void> {
    await (await this.typeAnswer(text)).press("Enter");
  }

  /** Types an answer without giving it. */
  async typeAnswer(text: string): Promise<Locator> {
    const input = this.quickInput.locator("input.input");
    await input.fill(text);
    return input;
  }

  /** Tabs of editors with this text. */
  tab(text: string | RegExp): Locator {
    return this.#page.locator(".tabs-container .tab", { hasText: text });
  }

  /** Puts the cursor of the active text editor at a place; lines and columns count from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.#page.keyboard.press("Control+G");
    await this.answer(`:${line}:${column}`);
    await this.#page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Where the cursor of the text editor is, as the status bar says it. */
  async cursor(): Promise<string> {
    return this.statusItem("status.editor.selection").innerText();
  }

  /** Types into whatever has the keyboard, without the editor's own completions. */
  async insert(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
  }

  /** Turns the wheel where the pointer is. */
  async wheel(x: number, y: number): Promise<void> {
    await this.#page.mouse.wheel(x, y);
  }

  /** Whether VS Code's own diff editor is in view. */
  comparesTexts(): Promise<boolean> {
    return this.#page.locator(".monaco-diff-editor").first().isVisible();
  }

  /** Presses a key or a chord, as in "Control+Z". */
  async press(keys: string): Promise<void> {
    await this.#page.keyboard.press(keys);
  }

  /** The items of the status bar whose id holds this text. */
  statusItem(idPart: string): Locator {
    return this.#page.locator(`.statusbar-item[id*="${idPart}"]`);
  }

  /** Texts of all items of the status bar. */
  async statusTexts(): Promise<readonly string[]> {
    const texts = await this.#page.locator(".statusbar-item").allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== "");
  }

  /** The rows of the Problems panel, as a screen reader hears them. */
  async problems(): Promise<readonly string[]> {
    await this.run("View: Focus Problems");
    return this.#page
      .locator(".markers-panel .monaco-list-row")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? row.textContent ?? ""));
  }

  /** Changes the colour theme as a person does, and waits until the window wears it. */
  async setTheme(theme: ThemeName): Promise<void> {
    await this.run("Preferences: Color Theme");
    await this.answer(themes[theme].label);
    await this.#page.locator(`.monaco-workbench.${themes[theme].className}`).waitFor();
    this.#theme = theme;
  }

  /** Closes the window and opens it anew, as VS Code does it: a bare reload of the page would not save what it remembers. */
  async reload(): Promise<void> {
    const loaded = this.#page.waitForEvent("load");
    await Promise.all([loaded, this.run("Developer: Reload Window").catch(() => {})]); // the palette goes with the page
    await this.#untilReady();
  }

  /** Writes a picture of the window as it is, with nothing under the pointer. */
  async picture(path: string): Promise<void> {
    await this.#page.mouse.move(0, 0);
    await this.#page.screenshot({ path, animations: "disabled" }); // the status bar fades from theme to theme
  }

  /** Writes test-results/screenshots/NAME-THEME.png. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${name}-${this.#theme}.png`);
    await this.picture(path);
    return path;
  }

  /** One screenshot in each theme; ends in the dark one. */
  async screenshots(name: string): Promise<void> {
    for (const theme of ["light", "high-contrast", "light-high-contrast", "dark"] as const) {
      await this.setTheme(theme);
      await this.screenshot(name);
    }
  }

  async #untilReady(): Promise<void> {
    await this.#page.locator(".monaco-workbench .part.statusbar .statusbar-item").first().waitFor();
    await this.#page.locator(".monaco-workbench .part.sidebar .pane-header, .monaco-workbench.nosidebar").first().waitFor();
  }

  /**
   * Opens the quick input with a key, types, and takes the entry of this label. A part that grabs the keyboard late closes the
   * input again, so an input that goes away is opened anew.
   */
  async #pick(key: string, text: string, label: string): Promise<void> {
    const widget = this.#page.locator(".quick-input-widget");
    const row = widget.locator(".quick-input-list .monaco-list-row", { hasText: label }).first();
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#page.keyboard.press(key);
        await widget.locator("input.input").fill(text, { timeout: ATTEMPT_MS });
        await row.click({ timeout: ATTEMPT_MS });
        return await row.waitFor({ state: "hidden", timeout: ATTEMPT_MS }); // the input itself may go on to ask
      } catch (error) {
        if (attempt === ATTEMPTS) throw new Error(`no entry "${label}" for "${text}"`, { cause: error });
        await this.#page.keyboard.press("Escape");
      }
    }
  }
}
