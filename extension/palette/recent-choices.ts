import type * as vscode from "vscode";

const KEY = "patchbay.palette.recent";
const KEPT = 8;

/** What was chosen in the palette last, in any graph of the workspace. */
export class RecentChoices {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** Keys of entries, the latest first. */
  get keys(): readonly string[] {
    const kept: unknown = this.#memory.get(KEY);
    return Array.isArray(kept) ? kept.filter((key) => typeof key === "string") : [];
  }

  note(key: string): void {
    const keys = [key, ...this.keys.filter((other) => other !== key)].slice(0, KEPT);
    void this.#memory.update(KEY, keys);
  }
}
