import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSessions } from "../run/graph-sessions.js";

/** What menus and keys of package.json depend on. */
export class ContextKeys implements Disposable {
  readonly #active: ActiveGraph;
  readonly #held = new DisposableStore();
  readonly #set = new Map<string, unknown>();

  constructor(active: ActiveGraph, sessions: GraphSessions) {
    this.#active = active;
    this.#held.add(active.onDidChange(() => this.#update()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#update()));
    this.#update();
  }

  dispose(): void {
    this.#held.dispose();
  }

  #update(): void {
    const { current } = this.#active;
    this.#put("patchbay.hasGraph", current !== undefined);
    this.#put("patchbay.runStatus", current?.run?.status ?? "none");
  }

  #put(key: string, value: unknown): void {
    if (this.#set.get(key) === value) return;
    this.#set.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}
