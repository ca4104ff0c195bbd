import * as vscode from "vscode";
import type { ErrorInfo } from "../../runtime/errors.js";
import type { CompileQueue } from "../../runtime/compile/queue.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import type { InnerRuns } from "../run/inner-runs.js";

/** What menus and keys of package.json depend on. */
export class ContextKeys implements Disposable {
  readonly #active: ActiveGraph;
  readonly #queue: CompileQueue;
  readonly #inner: InnerRuns;
  readonly #held = new DisposableStore();
  readonly #set = new Map<string, unknown>();

  constructor(active: ActiveGraph, sessions: GraphSessions, queue: CompileQueue, inner: InnerRuns) {
    this.#inner = inner;
    this.#active = active;
    this.#queue = queue;
    this.#held.defer(queue.onDidChange(() => this.#update()));
    this.#held.add(active.onDidChange(() => this.#update()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#update()));
    this.#held.add(inner.onDidChange((key) => key === active.current?.source.key && this.#update()));
    this.#update();
  }

  dispose(): void {
    this.#held.dispose();
  }

  #update(): void {
    const { current } = this.#active;
    this.#put("patchbay.hasGraph", current !== undefined);
    this.#put("patchbay.queueStopped", !this.#queue.started);
    this.#put("patchbay.runStatus", (current === undefined ? undefined : this.#inner.run(current.source.key))?.status ?? "none");
    this.#put("patchbay.runBlocked", blockedText(current?.run?.blocked));
  }

  #put(key: string, value: unknown): void {
    if (this.#set.get(key) === value) return;
    this.#set.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}

/** What the plan in force keeps a run for, if it does. */
function blockedText(blocked: ErrorInfo | undefined): "" | "migrate" | "lost" {
  if (blocked === undefined) return "";
  return blocked.code === "NEEDS_MIGRATION" ? "migrate" : "lost";
}
