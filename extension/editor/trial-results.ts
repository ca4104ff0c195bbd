// Values for reading, as texts: what nodes came to that were run alone, one a node, replaced when the node is run again; values of tasks.
import * as vscode from "vscode";
import type { TrialOutcome } from "../../runtime/run/trial/trial-outcome.js";
import { DisposableStore, type Disposable } from "../dispose.js";

const SCHEME = "patchbay-result";
/** So many are kept for as long as the window is open. */
const KEPT = 50;

/** The newest result of each node that was run alone, and values that somebody looked at, as text for reading. */
export class TrialResults implements vscode.TextDocumentContentProvider, Disposable {
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new vscode.EventEmitter<vscode.Uri>());
  /** By address, the oldest first. */
  readonly #texts = new Map<string, string>();

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#held.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
  }

  /** Keeps a result; gives its address. `graph`: what tells the graph from others. `title`: what its tab is called. */
  keep(graph: string, title: string, outcome: TrialOutcome): vscode.Uri {
    return this.keepValue(`${graph}#${outcome.node}`, title, outcome);
  }

  /** Keeps any value for reading; `key` tells it from others of its title. */
  keepValue(key: string, title: string, value: unknown): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title.replaceAll(/[\\/]/g, "-")}.json`, query: key });
    this.#put(uri, `${JSON.stringify(value, undefined, 2)}\n`);
    return uri;
  }

  #put(uri: vscode.Uri, text: string): void {
    const key = uri.toString();
    this.#texts.delete(key);
    this.#texts.set(key, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > KEPT && oldest !== undefined) this.#texts.delete(oldest);
    this.#changed.fire(uri);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  dispose(): void {
    this.#held.dispose();
  }
}
