import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { GraphSession } from "../run/graph-session.js";
import type { GraphSessions } from "../run/graph-sessions.js";

/**
 * The graph that a person works on: that of the active tab, canvas or text; else the last one, as long as it is open, so that
 * the side bar keeps showing it beside a handler's code.
 */
export class ActiveGraph implements Disposable {
  readonly #sessions: GraphSessions;
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter());
  #current: GraphSession | undefined;
  #focused = false;

  /** Another graph is meant, or it got or lost the active tab. */
  readonly onDidChange = this.#changed.event;

  constructor(sessions: GraphSessions) {
    this.#sessions = sessions;
    this.#held.add(vscode.window.tabGroups.onDidChangeTabs(() => this.#update()));
    this.#held.add(vscode.window.tabGroups.onDidChangeTabGroups(() => this.#update()));
    this.#held.add(sessions.onDidOpen(() => this.#update()));
    this.#held.add(sessions.onDidClose((closed) => this.#update(closed)));
  }

  get current(): GraphSession | undefined {
    return this.#current;
  }

  /** Whether the active tab is this graph's. */
  get focused(): boolean {
    return this.#focused;
  }

  dispose(): void {
    this.#held.dispose();
  }

  #update(closed?: GraphSession): void {
    const uri = uriOf(vscode.window.tabGroups.activeTabGroup.activeTab);
    const shown = uri === undefined ? undefined : this.#sessions.get(uri);
    const kept = this.#current === closed ? undefined : this.#current;
    const next = shown ?? kept;
    const focused = shown !== undefined;
    if (next === this.#current && focused === this.#focused) return;
    this.#current = next;
    this.#focused = focused;
    if (focused) shown.watch();
    this.#changed.fire();
  }
}

function uriOf(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const input = tab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
}
