import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import { Coalescer } from "../coalescer.js";
import { DisposableStore, type Disposable } from "../dispose.js";

const REFRESH_MS = 150;
/** What an edit leads to on the canvas comes first. */
const LATER_MS = 50;

/** What a tree view shows, as its view gives it. */
export interface TreeSource<Row> {
  children(row: Row | undefined): readonly Row[];
  item(row: Row): vscode.TreeItem;
  parent?(row: Row): Row | undefined;
}

/** A tree view that is refreshed a few times a second at most, and only while it is in view. */
export class LiveTree<Row> implements Disposable {
  readonly view: vscode.TreeView<Row>;
  readonly #held = new DisposableStore();
  readonly #refreshed = this.#held.add(new vscode.EventEmitter<Row[] | undefined>());
  readonly #coalescer: Coalescer;
  #outdated = false;
  /** Tells which rows have changed, where no others have. */
  #changedRows: (() => readonly Row[]) | undefined;

  constructor(id: string, source: TreeSource<Row>, clock: Clock, { showCollapseAll = false } = {}) {
    const provider: vscode.TreeDataProvider<Row> = {
      onDidChangeTreeData: this.#refreshed.event,
      getChildren: (row) => [...source.children(row)],
      getTreeItem: (row) => source.item(row),
      getParent: (row) => source.parent?.(row),
    };
    this.#coalescer = this.#held.add(new Coalescer(clock, REFRESH_MS, () => this.#refreshDue(), LATER_MS));
    this.view = this.#held.add(vscode.window.createTreeView(id, { treeDataProvider: provider, showCollapseAll }));
    this.#held.add(this.view.onDidChangeVisibility(({ visible }) => visible && this.#outdated && this.#refreshNow()));
  }

  /** What is shown has changed. */
  refresh(): void {
    this.#changedRows = undefined;
    if (this.view.visible) this.#coalescer.request();
    this.#outdated = true;
  }

  /** Only some rows look different; which ones is asked when they are drawn anew. */
  refreshSome(changed: () => readonly Row[]): void {
    if (!this.#outdated) this.#changedRows = changed;
    if (this.view.visible) this.#coalescer.request();
    else this.refresh();
  }

  /** Brings a row into view, if the tree is, and leaves focus and selection where they are. */
  show(row: Row): void {
    if (!this.view.visible) return;
    // A row that is gone by the time it is looked for needs no showing.
    void this.view.reveal(row, { select: false, focus: false }).then(undefined, () => undefined);
  }

  /** Selects a row and brings it into view, if the tree is, and leaves the keyboard where it is. */
  mark(row: Row): void {
    if (!this.view.visible) return;
    if (this.#outdated) this.#refreshNow();
    void this.view.reveal(row, { select: true, focus: false }).then(undefined, () => undefined);
  }

  /** Brings a row into view, with selection and focus; whether it was there. */
  async select(row: Row): Promise<boolean> {
    if (this.#outdated) this.#refreshNow();
    try {
      await this.view.reveal(row, { select: true, focus: true });
      return true;
    } catch {
      return false; // gone by the time it was looked for
    }
  }

  dispose(): void {
    this.#held.dispose();
  }

  #refreshDue(): void {
    const rows = this.#outdated ? undefined : this.#changedRows?.();
    this.#changedRows = undefined;
    if (rows === undefined) this.#refreshNow();
    else if (rows.length > 0) this.#refreshed.fire([...rows]);
  }

  #refreshNow(): void {
    this.#outdated = false;
    this.#refreshed.fire(undefined);
  }
}
