import { readJson } from "../../runtime/document/json-reader.js";
import { objectToJson } from "../../runtime/document/json-tree.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { Clock } from "../../runtime/ports.js";
import type { DiffChange, DiffView } from "../../webview/protocol/diff.js";
import type { ViewportView } from "../../webview/protocol/places.js";
import { projectDiff, type ProjectedDiff } from "../bridge/project-diff.js";
import { Coalescer } from "../coalescer.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { DiffCanvas } from "./diff-canvas.js";

/** Typing in a text is compared again at most so often. */
const COMPARE_MS = 150;

/** How comparisons are looked at; the next one begins as the last one was. */
export interface DiffHabits {
  linked: boolean;
  moved: boolean;
}

/** Two canvases side by side, and how their graphs differ. */
export class DiffPair implements Disposable {
  readonly before: DiffCanvas;
  readonly after: DiffCanvas;
  readonly #names: DiffView["names"];
  readonly #habits: DiffHabits;
  readonly #held = new DisposableStore();
  #at: DiffView["at"] = null;
  #viewport: ViewportView | undefined;
  #projected: { readonly texts: readonly [string, string]; readonly diff: ProjectedDiff } | undefined;

  constructor([before, after]: readonly [DiffCanvas, DiffCanvas], names: DiffView["names"], habits: DiffHabits, clock: Clock) {
    this.before = before;
    this.after = after;
    this.#names = names;
    this.#habits = habits;
    const compare = this.#held.add(new Coalescer(clock, COMPARE_MS, () => this.#tell()));
    for (const canvas of [before, after]) this.#held.add(canvas.onDidChange(() => compare.request()));
  }

  has(canvas: DiffCanvas): boolean {
    return canvas === this.before || canvas === this.after;
  }

  /** What one side shows. */
  view(canvas: DiffCanvas): DiffView {
    const { entries, settings, reordered, ghosts } = this.#compared();
    const side = canvas === this.before ? "before" : "after";
    const shared = {
      names: this.#names,
      ...this.#habits,
      at: this.#at,
      ...(this.#viewport === undefined ? {} : { viewport: this.#viewport }),
    };
    return { side, ...shared, entries, settings, reordered, ghosts: ghosts[side] };
  }

  set({ linked, moved, at }: DiffChange): void {
    if (linked !== undefined) this.#habits.linked = linked;
    if (moved !== undefined) this.#habits.moved = moved;
    if (at !== undefined) this.#at = at;
    this.#tell();
  }

  /** One side was moved. */
  moved(canvas: DiffCanvas, viewport: ViewportView): void {
    this.#viewport = viewport;
    if (this.#habits.linked) (canvas === this.before ? this.after : this.before).follow(viewport);
  }

  dispose(): void {
    this.#held.dispose();
  }

  #tell(): void {
    this.before.changed();
    this.after.changed();
  }

  #compared(): ProjectedDiff {
    const texts = [this.before.text(), this.after.text()] as const;
    const known = this.#projected;
    if (known?.texts[0] === texts[0] && known.texts[1] === texts[1]) return known.diff;
    const before = { json: jsonOf(texts[0]), graph: this.before.graph() };
    const diff = projectDiff(before, { json: jsonOf(texts[1]), graph: this.after.graph() });
    this.#projected = { texts, diff };
    return diff;
  }
}

/** What a text says, in any state of disrepair. */
function jsonOf(text: string): JsonObject {
  const { root } = readJson(text);
  return root?.type === "object" ? objectToJson(root) : {};
}
