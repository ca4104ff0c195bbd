import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { fileProblems } from "../../runtime/document/file-problems.js";
import type { HandlerModule } from "../../runtime/document/handler-problems.js";
import { parseDocument } from "../../runtime/document/parse.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { Problem } from "../../runtime/model/problem.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { GraphFiles } from "../run/graph-files.js";
import type { GraphSource } from "../run/graph-source.js";
import type { HandlerFiles } from "./handler-files.js";
import { stemOf } from "./graph-uri.js";
import { isInside } from "./inside.js";

/** A graph's text document, understood anew at each change. One for each document, however many editors show it. */
export class GraphDocument implements GraphSource, Disposable {
  readonly uri: vscode.Uri;
  readonly key: string;
  readonly name: string;
  readonly directory: string | undefined;
  readonly #files: HandlerFiles;
  readonly #graphs: GraphFiles;
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter());
  readonly #problemsChanged = this.#held.add(new Emitter());
  #text: vscode.TextDocument;
  #version: number;
  #parsed: ParsedDocument;
  /** What only the files that it names can tell. */
  #fileProblems: readonly Problem[] = [];

  /** The text has changed, and so has what it means. */
  readonly onDidChange = this.#changed.event;
  /** The problems have changed, with the text or without. */
  readonly onDidChangeProblems = this.#problemsChanged.event;

  constructor(text: vscode.TextDocument, files: HandlerFiles, graphs: GraphFiles) {
    this.uri = text.uri;
    this.key = text.uri.toString();
    this.name = text.uri.path.slice(text.uri.path.lastIndexOf("/") + 1);
    this.directory = text.uri.scheme === "file" ? dirname(text.uri.fsPath) : undefined;
    this.#files = files;
    this.#graphs = graphs;
    this.#text = text;
    this.#version = text.version;
    this.#parsed = parseDocument(text.getText());
    this.#checkFiles();
    this.#held.add(files.onDidChange(() => this.#recheck()));
  }

  /** VS Code's document. */
  get text(): vscode.TextDocument {
    return this.#text;
  }

  get parsed(): ParsedDocument {
    return this.#parsed;
  }

  /** Version of the text that `parsed` was made from. */
  get version(): number {
    return this.#version;
  }

  /** The document's problems and those of the handlers and graphs that it names. */
  get problems(): readonly Problem[] {
    return this.#fileProblems.length === 0 ? this.#parsed.problems : [...this.#parsed.problems, ...this.#fileProblems];
  }

  /** What to call the graph where its document has no title. */
  get stem(): string {
    return stemOf(this.name);
  }

  get readOnly(): boolean {
    return this.#parsed.readOnly || vscode.workspace.fs.isWritableFileSystem(this.uri.scheme) === false;
  }

  /** Takes the newest text. VS Code makes another object when a closed document is opened again. */
  update(text: vscode.TextDocument): void {
    const sameText = text === this.#text && text.version === this.#version;
    this.#text = text;
    this.#version = text.version;
    if (sameText) return;
    const { graph } = this.#parsed;
    this.#parsed = parseDocument(text.getText(), this.#parsed);
    const { nodes, channels } = this.#parsed.graph;
    // Where nothing is wrong with the files and all that names them is as it was, there is nothing to look at.
    if (this.#fileProblems.length > 0 || nodes !== graph.nodes || channels !== graph.channels) this.#checkFiles();
    this.#changed.fire();
    this.#problemsChanged.fire();
  }

  /** A graph that the document names, in any state; undefined where it cannot be read. */
  otherGraph(path: string): ParsedDocument | undefined {
    const { directory } = this;
    const found = directory === undefined ? undefined : this.#graphs.look(directory, join(directory, path));
    return found?.found === "file" ? found.document : undefined;
  }

  /** Another graph has changed, or a module that nodes run. */
  recheckFiles(): void {
    this.#recheck();
  }

  dispose(): void {
    this.#held.dispose();
  }

  #checkFiles(): void {
    const { directory } = this;
    if (directory === undefined) return;
    const root = vscode.workspace.getWorkspaceFolder(this.uri)?.uri.fsPath ?? directory;
    const inForce = this.#graphs.files(directory);
    this.#fileProblems = fileProblems(this.#parsed, {
      handler: (path) => this.#look(join(directory, path), root),
      fault: (path) => inForce.fault(path),
      graph: (path) => this.#graphs.look(directory, join(directory, path)),
    });
  }

  #look(path: string, root: string): HandlerModule | undefined {
    return isInside(root, path) ? this.#files.look(path) : { found: "outside" };
  }

  #recheck(): void {
    const before = this.#fileProblems;
    this.#checkFiles();
    const same =
      before.length === this.#fileProblems.length &&
      before.every(({ message, node }, index) => {
        const now = this.#fileProblems[index];
        return now?.message === message && now.node === node;
      });
    if (!same) this.#problemsChanged.fire();
  }
}
