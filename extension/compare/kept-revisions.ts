import { dirname } from "node:path";
import * as v from "valibot";
import * as vscode from "vscode";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { PatchbayError } from "../../runtime/errors.js";
import { REVISION_SCHEME } from "../diff/revision.js";
import { DisposableStore, type Disposable } from "../dispose.js";

/** What the address of a text that was says of it: the file that it is of, and the revision that a store has; without one, what is saved. */
const said = v.object({ of: v.string(), revision: v.exactOptional(v.string()) });

/** Where stores are. */
export interface KeptServices {
  trusted(): boolean;
  /** The store of a folder, if there is one. */
  existing(directory: string): CheckpointStore | undefined;
}

/** The address of the graph that a checkpoint was made under. */
export function checkpointUri(graph: vscode.Uri, revision: string, name: string): vscode.Uri {
  return addressOf(graph, { of: graph.toString(), revision }, name);
}

/** The address of a graph as it is on the disk. */
export function savedUri(graph: vscode.Uri, name: string): vscode.Uri {
  return addressOf(graph, { of: graph.toString() }, name);
}

/** The texts behind addresses of ours: graphs of checkpoints, and files as they are on the disk. */
export class KeptRevisions implements vscode.TextDocumentContentProvider, Disposable {
  readonly #services: KeptServices;
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new vscode.EventEmitter<vscode.Uri>());

  readonly onDidChange = this.#changed.event;

  constructor(services: KeptServices) {
    this.#services = services;
    this.#held.add(vscode.workspace.registerTextDocumentContentProvider(REVISION_SCHEME, this));
    this.#held.add(vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saved(uri)));
  }

  /** Rejects where nothing is behind an address any more. */
  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const { of, revision } = v.parse(said, JSON.parse(query));
    const graph = vscode.Uri.parse(of);
    if (revision === undefined) return new TextDecoder().decode(await vscode.workspace.fs.readFile(graph));
    if (!this.#services.trusted()) throw new PatchbayError("UNTRUSTED", "The store of a workspace is opened only where it is trusted.");
    const stored = this.#services.existing(dirname(graph.fsPath))?.document(revision);
    if (stored === undefined) throw new PatchbayError("NOT_FOUND", "The graph of then is not in the store any more.", { revision });
    return stored.text;
  }

  dispose(): void {
    this.#held.dispose();
  }

  /** What is open of a file as it was saved is that no more. */
  #saved(graph: vscode.Uri): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === REVISION_SCHEME && uri.query === JSON.stringify({ of: graph.toString() })) this.#changed.fire(uri);
    }
  }
}

function addressOf(graph: vscode.Uri, query: v.InferOutput<typeof said>, name: string): vscode.Uri {
  return graph.with({ scheme: REVISION_SCHEME, query: JSON.stringify(query), fragment: name });
}
