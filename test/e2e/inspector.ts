import type { FrameLocator, Locator } from "playwright-core";

/** The panel beside a canvas with the fields of what is selected. */
export class Inspector {
  readonly #frame: FrameLocator;

  constructor(frame: FrameLocator) {
    this.#frame = frame;
  }

  /** Unfolds the panel if it is folded. */
  async open(): Promise<void> {
    const folded = this.#frame.locator(".inspector-open");
    const unfolded = this.#frame.locator("[data-surface=inspector]");
    await folded.or(unfolded).first().waitFor();
    if (await folded.isVisible()) await folded.click();
    await unfolded.waitFor();
  }

  /** Folds the panel if it is unfolded, which leaves its room to the canvas. */
  async fold(): Promise<void> {
    const button = this.#frame.locator("[data-surface=inspector] [data-command='inspector/toggle']");
    if (await button.isVisible()) await button.click();
    await this.#frame.locator(".inspector-open").waitFor();
  }

  /** A field by its name. */
  field(name: string): Locator {
    return this.#frame.locator(`[data-surface=inspector] [data-field="${name}"]`);
  }

  /** A fact that is shown and not edited here. */
  fact(name: string): Locator {
    return this.#frame.locator(`[data-surface=inspector] [data-fact="${name}"]`);
  }

  /** The value of a channel in the run shown. */
  channel(name: string): Locator {
    return this.#frame.locator(`[data-surface=inspector] .channel-value[data-channel="${name}"]`);
  }

  /** Types into a field and leaves it. */
  async type(name: string, text: string): Promise<void> {
    const input = this.field(name).locator("input, textarea");
    await input.fill(text);
    await input.press("Control+Enter");
  }

  /** Chooses one of a few. */
  async choose(name: string, value: string): Promise<void> {
    await this.field(name).selectOption(value);
  }
}
