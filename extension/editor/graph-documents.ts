import * as vscode from "vscode";
import { isPast } from "../diff/revision.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import { GraphDocument } from "./graph-document.js";
import type { GraphFiles } from "../run/graph-files.js";
import { GRAPH_SUFFIX, isGraphPath } from "./graph-uri.js";
import type { HandlerFiles } from "./handler-files.js";

interface Entry {
  readonly document: GraphDocument;
  readonly holders: Set<object>;
}

/**
 * The graph documents that somebody needs: VS Code has the text open, an editor shows it, or a run is running. The first who
 * needs one opens it; with the last it is closed. Revisions that were, which VS Code opens to compare with, are none of them.
 */
export class GraphDocuments implements Disposable {
  readonly #files: HandlerFiles;
  readonly #graphs: GraphFiles;
  readonly #held = new DisposableStore();
  readonly #opened = this.#held.add(new Emitter<GraphDocument>());
  readonly #closed = this.#held.add(new Emitter<GraphDocument>());
  readonly #entries = new Map<string, Entry>();
  readonly #openTexts = new Map<vscode.TextDocument, Disposable>();

  readonly onDidOpen = this.#opened.event;
  readonly onDidClose = this.#closed.event;

  constructor(files: HandlerFiles, graphs: GraphFiles) {
    this.#files = files;
    this.#graphs = graphs;
    this.#held.add(vscode.workspace.onDidOpenTextDocument((text) => this.#openText(text)));
    this.#held.add(vscode.workspace.onDidCloseTextDocument((text) => this.#closeText(text)));
    this.#held.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#update(document)));
    const watcher = this.#held.add(vscode.workspace.createFileSystemWatcher(`**/*${GRAPH_SUFFIX}`));
    for (const changed of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) this.#held.add(changed(() => this.recheck()));
  }

  /** Takes the documents that are open already; called once listeners are in place. */
  start(): void {
    for (const text of vscode.workspace.textDocuments) this.#openText(text);
  }

  get all(): readonly GraphDocument[] {
    return [...this.#entries.values()].map(({ document }) => document);
  }

  get(uri: vscode.Uri): GraphDocument | undefined {
    return this.#entries.get(uri.toString())?.document;
  }

  /** Opens a graph document, or joins those who have it open; disposing what it returns leaves. */
  open(text: vscode.TextDocument): { readonly document: GraphDocument } & Disposable {
    const key = text.uri.toString();
    const known = this.#entries.get(key);
    const entry = known ?? { document: new GraphDocument(text, this.#files, this.#graphs), holders: new Set() };
    const holder = {};
    entry.holders.add(holder);
    if (known !== undefined) known.document.update(text);
    else {
      this.#entries.set(key, entry);
      this.#opened.fire(entry.document);
    }
    return { document: entry.document, dispose: () => this.#leave(entry, holder) };
  }

  dispose(): void {
    for (const { document } of this.#entries.values()) this.#close(document);
    this.#held.dispose();
  }

  #leave(entry: Entry, holder: object): void {
    if (entry.holders.delete(holder) && entry.holders.size === 0) this.#close(entry.document);
  }

  #close(document: GraphDocument): void {
    if (!this.#entries.delete(document.key)) return;
    this.#closed.fire(document);
    document.dispose();
  }

  #update(text: vscode.TextDocument): void {
    const document = this.get(text.uri);
    if (document === undefined) return;
    document.update(text);
    for (const other of this.all) if (other !== document) other.recheckFiles();
  }

  /** A graph or a module has changed: the documents whose nodes run it are checked anew. */
  recheck(): void {
    for (const document of this.all) document.recheckFiles();
  }

  #openText(text: vscode.TextDocument): void {
    if (isGraphPath(text.uri.path) && !isPast(text.uri) && !this.#openTexts.has(text)) this.#openTexts.set(text, this.open(text));
  }

  #closeText(text: vscode.TextDocument): void {
    this.#openTexts.get(text)?.dispose();
    this.#openTexts.delete(text);
  }
}
