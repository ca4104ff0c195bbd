import type { Locator, Page } from "playwright-core";

/** One row of a tree view, as a screen reader hears it and as it is drawn. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly ariaLabel: string;
  readonly level: number;
}

/** The side bar with its tree views. */
export class SideBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Shows a container of the activity bar by its title. */
  async show(container: string): Promise<void> {
    const tab = this.#page.getByRole("tab", { name: new RegExp(`^${container}\\b`) }).first();
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
    await this.#page.locator(".part.sidebar .composite.title h2", { hasText: new RegExp(container, "i") }).waitFor();
  }

  /** A view of the container shown, by its title; unfolded. */
  async view(title: string): Promise<Locator> {
    const pane = this.#page.locator(".part.sidebar .pane", {
      has: this.#page.locator(".pane-header h3.title", { hasText: new RegExp(`^${title}`, "i") }),
    });
    const header = pane.locator(".pane-header");
    if ((await header.getAttribute("aria-expanded")) === "false") await header.click();
    return pane;
  }

  /** Folds a view of the container shown, by its title. */
  async fold(title: string): Promise<void> {
    const header = (await this.view(title)).locator(".pane-header");
    await header.click();
  }

  /** The rows of a view that are drawn now; rows far outside of the view are not. */
  async rows(title: string): Promise<readonly TreeRow[]> {
    const pane = await this.view(title);
    return pane.locator(".monaco-list-row").evaluateAll((rows) =>
      rows.map((row) => ({
        label: row.querySelector(".label-name")?.textContent ?? "",
        description: row.querySelector(".label-description")?.textContent ?? "",
        ariaLabel: row.getAttribute("aria-label") ?? "",
        level: Number(row.getAttribute("aria-level") ?? 1),
      })),
    );
  }

  /** What those rows say, a line each: the label and what stands beside it. */
  async lines(title: string): Promise<string> {
    return (await this.rows(title)).map(({ label, description }) => `${label} ${description}`).join("\n");
  }

  /** The first row of a view with this text. */
  async row(title: string, text: string | RegExp): Promise<Locator> {
    const pane = await this.view(title);
    return pane.locator(".monaco-list-row", { hasText: text }).first();
  }

  /** Clicks an inline action of a row, which shows under the pointer. */
  async act(title: string, text: string | RegExp, action: string): Promise<void> {
    const row = await this.row(title, text);
    await row.hover();
    await row.getByRole("button", { name: action }).click();
  }

  /** A file in the explorer, by its name. */
  file(name: string): Locator {
    return this.#page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });
  }

  /** A changed file in the view of source control, by its name. */
  changedFile(name: string): Locator {
    return this.#page.locator(".scm-view .monaco-list-row", { hasText: name });
  }
}
