import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSession } from "../run/graph-session.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import type { StoreKeeper } from "../run/store-keeper.js";
import { checkpointsItem } from "./checkpoint-items.js";
import type { CheckpointsRow } from "./checkpoint-rows.js";
import { goneText } from "./checkpoint-text.js";
import { CheckpointTree } from "./checkpoint-tree.js";
import { LiveTree, type TreeSource } from "./live-tree.js";

/** The runs of the active graph with their checkpoints, newest first; one click restores. */
export class CheckpointsView implements TreeSource<CheckpointsRow>, Disposable {
  readonly #active: ActiveGraph;
  readonly #held = new DisposableStore();
  readonly #rows = new CheckpointTree();
  readonly #tree: LiveTree<CheckpointsRow>;

  constructor(active: ActiveGraph, sessions: GraphSessions, keeper: Pick<StoreKeeper, "gone" | "onDidRelease">, clock: Clock) {
    this.#active = active;
    this.#tree = this.#held.add(new LiveTree("patchbay.checkpoints", this, clock));
    this.#held.add(active.onDidChange(() => this.#tree.refresh()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#tree.refresh()));
    const tell = (): void => this.#tell(keeper);
    this.#held.add(active.onDidChange(tell));
    this.#held.add(keeper.onDidRelease(tell));
    this.#held.add(vscode.commands.registerCommand("patchbay.moreCheckpoints", (list: string) => this.#more(list)));
  }

  children(row: CheckpointsRow | undefined): readonly CheckpointsRow[] {
    const session = this.#active.current;
    if (session === undefined) return [];
    return row === undefined ? this.#rows.roots(session) : this.#rows.children(row);
  }

  item(row: CheckpointsRow): vscode.TreeItem {
    return checkpointsItem(row);
  }

  parent(row: CheckpointsRow): CheckpointsRow | undefined {
    return this.#rows.parent(row);
  }

  /** Selects a checkpoint of a run of a graph, in view; whether it is listed. Far down a list more of it is shown first. */
  async select(session: GraphSession, run: string, checkpoint: string): Promise<boolean> {
    const row = session === this.#active.current ? this.#rows.find(session, run, checkpoint) : undefined;
    if (row === undefined) return false;
    await vscode.commands.executeCommand("patchbay.checkpoints.focus");
    return this.#tree.select(row);
  }

  dispose(): void {
    this.#held.dispose();
  }

  /** What was deleted unasked is told above the rows. */
  #tell(keeper: Pick<StoreKeeper, "gone">): void {
    const directory = this.#active.current?.source.directory;
    const text = directory === undefined ? "" : goneText(keeper.gone(directory));
    if (this.#tree.view.message !== text) this.#tree.view.message = text;
  }

  #more(list: string): void {
    this.#rows.more(list);
    this.#tree.refresh();
  }
}
