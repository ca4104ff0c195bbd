import type * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { GraphDocument } from "../editor/graph-document.js";
import type { GraphDocuments } from "../editor/graph-documents.js";
import { GraphSession, type SessionServices } from "./graph-session.js";

interface Entry {
  readonly session: GraphSession;
  readonly document: GraphDocument;
  /** Keeps the document while the run runs, so that closing the editor does not end it. */
  hold: Disposable | undefined;
}

/** One session for each open graph document. */
export class GraphSessions implements Disposable {
  readonly #documents: GraphDocuments;
  readonly #services: SessionServices;
  readonly #held = new DisposableStore();
  readonly #opened = this.#held.add(new Emitter<GraphSession>());
  readonly #changed = this.#held.add(new Emitter<GraphSession>());
  readonly #closed = this.#held.add(new Emitter<GraphSession>());
  readonly #entries = new Map<string, Entry>();

  readonly onDidOpen = this.#opened.event;
  /** The run or the plan of a graph has changed, or what its checkpoints are worth. */
  readonly onDidChange = this.#changed.event;
  readonly onDidClose = this.#closed.event;

  constructor(documents: GraphDocuments, services: SessionServices) {
    this.#documents = documents;
    this.#services = services;
    this.#held.add(documents.onDidOpen((document) => this.#open(document)));
    this.#held.add(documents.onDidClose((document) => this.#close(document)));
  }

  get all(): readonly GraphSession[] {
    return [...this.#entries.values()].map(({ session }) => session);
  }

  get(uri: vscode.Uri): GraphSession | undefined {
    return this.#entries.get(uri.toString())?.session;
  }

  /** The document behind a session. */
  documentOf(session: GraphSession): GraphDocument | undefined {
    return this.#entries.get(session.source.key)?.document;
  }

  /** Keeps a session, whether an editor shows its graph or not, until what it returns is disposed. */
  hold(session: GraphSession): Disposable {
    const document = this.documentOf(session);
    return document === undefined ? { dispose: () => undefined } : this.#documents.open(document.text);
  }

  /** Trust was granted: what was looked at before is shown now. */
  trusted(): void {
    for (const { session } of this.#entries.values()) session.trusted();
  }

  /** Ends what is running; the runs can be taken up again. */
  async end(): Promise<void> {
    await Promise.all(this.all.flatMap(({ run }) => (run === undefined ? [] : [run.dispose()])));
  }

  dispose(): void {
    for (const { session } of this.#entries.values()) session.dispose();
    this.#entries.clear();
    this.#held.dispose();
  }

  #open(document: GraphDocument): void {
    const session = new GraphSession(document, this.#services);
    const entry: Entry = { session, document, hold: undefined };
    this.#entries.set(document.key, entry);
    session.onDidChangeRun(() => {
      this.#holdWhileRunning(entry);
      this.#changed.fire(session);
    });
    session.onDidChangeCompile(() => this.#changed.fire(session));
    session.certificates.onDidChange(() => this.#changed.fire(session));
    this.#opened.fire(session);
  }

  #holdWhileRunning(entry: Entry): void {
    if (entry.session.running) entry.hold ??= this.#documents.open(entry.document.text);
    else {
      const { hold } = entry;
      entry.hold = undefined;
      hold?.dispose();
    }
  }

  #close(document: GraphDocument): void {
    const entry = this.#entries.get(document.key);
    if (entry === undefined) return;
    this.#entries.delete(document.key);
    this.#closed.fire(entry.session);
    entry.session.dispose();
  }
}
