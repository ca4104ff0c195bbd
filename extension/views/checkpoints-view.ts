import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { checkpointsItem } from "./checkpoint-items.js";
import type { CheckpointsRow } from "./checkpoint-rows.js";
import { CheckpointTree } from "./checkpoint-tree.js";
import { LiveTree, type TreeSource } from "./live-tree.js";

/** The runs of the active graph with their checkpoints, newest first; one click restores. */
export class CheckpointsView implements TreeSource<CheckpointsRow>, Disposable {
  readonly #active: ActiveGraph;
  readonly #held = new DisposableStore();
  readonly #rows = new CheckpointTree();
  readonly #tree: LiveTree<CheckpointsRow>;

  constructor(active: ActiveGraph, sessions: GraphSessions, clock: Clock) {
    this.#active = active;
    this.#tree = this.#held.add(new LiveTree("patchbay.checkpoints", this, clock));
    this.#held.add(active.onDidChange(() => this.#tree.refresh()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#tree.refresh()));
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

  dispose(): void {
    this.#held.dispose();
  }

  #more(list: string): void {
    this.#rows.more(list);
    this.#tree.refresh();
  }
}
