// Finds the two canvases of VS Code's diff editor.
//
// VS Code opens them as it opens any canvas, and no API says that they belong together. But of the editors of a group one is in view at a
// time: two canvases in view in one group are the two sides of a diff editor.
import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { DiffCall, DiffCanvas, DiffSeat } from "./diff-canvas.js";
import { inOrder, namesIn } from "./diff-order.js";
import { DiffPair, type DiffHabits } from "./diff-pair.js";
import { isPast, revisionName, revisionOf } from "./revision.js";

interface Seat {
  readonly canvas: DiffCanvas;
  readonly changed: Emitter;
}

/** All canvases, and which of them stand side by side. */
export class DiffPairs implements Disposable {
  readonly #clock: Clock;
  readonly #seats = new Set<Seat>();
  readonly #pairs = new Set<DiffPair>();
  readonly #habits: DiffHabits = { linked: true, moved: true };
  #looking: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a canvas in, in the order in which VS Code opens them; disposing what it returns takes it out. */
  add(canvas: Omit<DiffCanvas, "changed">): DiffSeat & Disposable {
    const held = new DisposableStore();
    const changed = held.add(new Emitter());
    const seat: Seat = { canvas: { ...canvas, changed: () => changed.fire() }, changed };
    this.#seats.add(seat);
    held.defer(() => this.#leave(seat));
    held.add(canvas.panel.onDidChangeViewState(() => this.#lookSoon()));
    this.#lookSoon();
    return {
      view: () => this.#pairOf(seat.canvas)?.view(seat.canvas),
      onDidChange: changed.event,
      command: (call) => this.#command(seat.canvas, call),
      dispose: () => held.dispose(),
    };
  }

  /** The graph that is compared in the active group of editors: what can be written to of it. */
  inView(): vscode.Uri | undefined {
    const column = vscode.window.tabGroups.activeTabGroup.viewColumn;
    const pair = [...this.#pairs].find(({ after: { panel } }) => panel.visible && panel.viewColumn === column);
    return pair === undefined || isPast(pair.after.uri) ? undefined : pair.after.uri;
  }

  dispose(): void {
    this.#looking?.();
    for (const pair of this.#pairs) pair.dispose();
  }

  async #command(canvas: DiffCanvas, call: DiffCall): Promise<void> {
    const pair = this.#pairOf(canvas);
    if (call.name === "diff/set") pair?.set(call.params);
    else if (call.name === "view/moved") pair?.moved(canvas, call.params);
    else if (pair !== undefined) await compareTexts(pair);
  }

  #pairOf(canvas: DiffCanvas): DiffPair | undefined {
    return [...this.#pairs].find((pair) => pair.has(canvas));
  }

  /** VS Code tells of one panel after the other that it came into view, or went. */
  #lookSoon(): void {
    this.#looking ??= this.#clock.after(0, () => {
      this.#looking = undefined;
      this.#look();
    });
  }

  #look(): void {
    for (const pair of this.#pairs) {
      if (!stand(pair.before, pair.after)) this.#part(pair);
    }
    const visible = [...this.#seats].map(({ canvas }) => canvas).filter(({ panel }) => panel.visible);
    for (const column of new Set(visible.map(({ panel }) => panel.viewColumn))) {
      const [first, second, third] = visible.filter(({ panel }) => panel.viewColumn === column);
      if (first === undefined || second === undefined || third !== undefined || this.#pairOf(first) !== undefined) continue;
      this.#join(first, second);
    }
  }

  #join(first: DiffCanvas, second: DiffCanvas): void {
    const title = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === first.panel.viewColumn)?.activeTab?.label ?? "";
    const sides = [first, second].map((canvas) => ({ ...revisionOf(canvas.uri), canvas }));
    const [one, other] = sides;
    if (one === undefined || other === undefined) return;
    const [{ canvas: before }, { canvas: after }] = inOrder(one, other, title);
    const names = namesIn(title) ?? { before: revisionName(before.uri, after.uri), after: revisionName(after.uri, before.uri) };
    this.#pairs.add(new DiffPair([before, after], names, this.#habits, this.#clock));
    for (const canvas of [before, after]) canvas.changed();
  }

  #part(pair: DiffPair): void {
    this.#pairs.delete(pair);
    pair.dispose();
    for (const canvas of [pair.before, pair.after]) canvas.changed();
  }

  #leave(seat: Seat): void {
    this.#seats.delete(seat);
    const pair = this.#pairOf(seat.canvas);
    if (pair !== undefined) this.#part(pair);
  }
}

/** Whether two canvases are still in one place: both are hidden while another tab is in view. */
function stand(one: DiffCanvas, other: DiffCanvas): boolean {
  return one.panel.visible === other.panel.visible && one.panel.viewColumn === other.panel.viewColumn;
}

/** The same comparison as VS Code makes it of texts, in place of the canvases. */
async function compareTexts({ after }: DiffPair): Promise<void> {
  after.panel.reveal(undefined, false);
  await vscode.commands.executeCommand("workbench.action.reopenTextEditor");
}
