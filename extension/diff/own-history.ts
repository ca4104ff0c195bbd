/** So many edits can be taken back: each holds the text as it was. */
export const MOST_UNDONE = 100;

/** What an edit did to a text. */
interface Done {
  readonly before: string;
  readonly after: string;
}

/**
 * The edits made on a canvas in VS Code's diff editor, where VS Code's own undo reaches no custom editor. Taking one back is an edit of its
 * own. An edit from elsewhere ends what can be taken back: it would go with it.
 */
export class OwnHistory {
  readonly #done: Done[] = [];
  readonly #undone: Done[] = [];

  /** An edit was made here. */
  made(before: string, after: string): void {
    if (before === after) return;
    if (this.#done.at(-1)?.after !== before) this.#done.length = 0;
    this.#done.push({ before: this.#done.at(-1)?.after ?? before, after }); // the same text is held once
    if (this.#done.length > MOST_UNDONE) this.#done.shift();
    this.#undone.length = 0;
  }

  /** The text without the last edit; undefined where there is none, or something else was edited since. */
  undo(now: string): string | undefined {
    const last = this.#done.at(-1);
    if (last?.after !== now) return undefined;
    this.#done.pop();
    this.#undone.push(last);
    return last.before;
  }

  /** The text with the edit that was taken back last. */
  redo(now: string): string | undefined {
    const last = this.#undone.at(-1);
    if (last?.before !== now) return undefined;
    this.#undone.pop();
    this.#done.push(last);
    return last.after;
  }
}
