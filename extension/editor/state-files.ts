// The state at a checkpoint as a file: opened as JSON, applied when a person saves it.
//
// 1. Only what a person saves is applied. What VS Code saves by itself is kept as text and changes no run.
// 2. What does not fit is marked where it stands, and not saved.
import * as vscode from "vscode";
import type { JsonObject } from "../../runtime/model/json.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { editableState, type StatePlace } from "../run/editable-state.js";
import type { GraphSession } from "../run/graph-session.js";
import { isUnchanged, readState, stateText, type StateReading } from "../run/state-text.js";

const SCHEME = "patchbay-state";
/** How long the status bar says what was done, in milliseconds. */
const SAID_MS = 6000;

/** What a file of state is of. */
export interface StateFile extends StatePlace {
  /** URI of the graph. */
  readonly graph: string;
  /** The channels in it; absent: all. */
  readonly channels?: readonly string[];
}

/** Finds the session of a graph, opening its document where it is not. */
export type SessionFinder = (graph: vscode.Uri) => Promise<GraphSession | undefined>;

/** How many files are known over restarts of the window. */
const REMEMBERED = 50;
const MEMORY = "stateFiles";

interface Kept {
  readonly text: string;
  readonly at: number;
}

/** The states of checkpoints as files. */
export class StateFiles implements vscode.FileSystemProvider, Disposable {
  readonly #find: SessionFinder;
  /** By path: a file that is left open when the window closes is opened again. */
  readonly #memory: vscode.Memento;
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly #faults = this.#held.add(vscode.languages.createDiagnosticCollection("patchbay-state"));
  /** What was saved, by address. */
  readonly #kept = new Map<string, Kept>();
  /** Addresses that VS Code is saving by itself. */
  readonly #byItself = new Set<string>();

  readonly onDidChangeFile = this.#changed.event;

  constructor(find: SessionFinder, memory: vscode.Memento) {
    this.#find = find;
    this.#memory = memory;
    this.#held.add(vscode.workspace.registerFileSystemProvider(SCHEME, this, { isCaseSensitive: true }));
    this.#held.add(vscode.workspace.onDidChangeTextDocument(({ document }) => void this.#mark(document)));
    this.#held.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#faults.delete(uri)));
    this.#held.add(
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (document.uri.scheme !== SCHEME) return;
        if (reason === vscode.TextDocumentSaveReason.Manual) this.#byItself.delete(document.uri.toString());
        else this.#byItself.add(document.uri.toString()); // invariant 1
      }),
    );
  }

  /** The address of a state, to be opened as a text document; `title` is what its tab is called. */
  async address(title: string, file: StateFile): Promise<vscode.Uri> {
    const path = `/${[file.checkpoint, ...(file.channels ?? [])].join("-")}/${title.replaceAll(/[\\/]/g, "-")}.json`;
    const others = Object.entries(this.#known).filter(([known]) => known !== path);
    await this.#memory.update(MEMORY, Object.fromEntries([...others.slice(1 - REMEMBERED), [path, file]]));
    return vscode.Uri.from({ scheme: SCHEME, path });
  }

  get #known(): Readonly<Record<string, StateFile>> {
    return this.#memory.get(MEMORY, {});
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, at } = this.#kept.get(uri.toString()) ?? { text: await this.#original(uri), at: 0 };
    return { type: vscode.FileType.File, ctime: 0, mtime: at, size: Buffer.byteLength(text) };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from(this.#kept.get(uri.toString())?.text ?? (await this.#original(uri)));
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const text = Buffer.from(content).toString();
    if (!this.#byItself.delete(uri.toString())) await this.#apply(uri, text);
    this.#kept.set(uri.toString(), { text, at: Date.now() });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  dispose(): void {
    this.#held.dispose();
  }

  async #original(uri: vscode.Uri): Promise<string> {
    return stateText((await this.#open(uri)).values);
  }

  async #apply(uri: vscode.Uri, text: string): Promise<void> {
    const { session, file, values } = await this.#open(uri);
    const reading = this.#read(session, file, values, text);
    if (!reading.ok) throw vscode.FileSystemError.Unavailable(reading.faults.map(({ message }) => message).join(" ")); // invariant 2
    if (isUnchanged(reading.edit)) return;
    session.fork(file.run, file.checkpoint, reading.edit);
    vscode.window.setStatusBarMessage(vscode.l10n.t("The run stands on a new branch at superstep {0}.", file.superstep), SAID_MS);
  }

  #read(session: GraphSession, file: StateFile, values: JsonObject, text: string): StateReading {
    const words = { notJson: vscode.l10n.t("This is not JSON."), notObject: vscode.l10n.t("The state must be an object of channels.") };
    return readState(text, values, editableState(session, file).plan, words);
  }

  async #mark(document: vscode.TextDocument): Promise<void> {
    if (document.uri.scheme !== SCHEME) return;
    const { version } = document;
    const { session, file, values } = await this.#open(document.uri);
    if (document.version !== version) return;
    const reading = this.#read(session, file, values, document.getText());
    const faults = reading.ok ? [] : reading.faults;
    this.#faults.set(
      document.uri,
      faults.map(({ message, offset, length }) => {
        const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
        return new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      }),
    );
  }

  async #open(uri: vscode.Uri): Promise<{ readonly session: GraphSession; readonly file: StateFile; readonly values: JsonObject }> {
    const file = this.#known[uri.path];
    const session = file === undefined ? undefined : await this.#find(vscode.Uri.parse(file.graph));
    if (file === undefined || session === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const { values } = editableState(session, file);
    const { channels } = file;
    const shown = channels === undefined ? values : Object.fromEntries(Object.entries(values).filter(([name]) => channels.includes(name)));
    return { session, file, values: shown };
  }
}
