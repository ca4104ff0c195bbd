import * as vscode from "vscode";
import { parseDocument } from "../../runtime/document/parse.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { RequestResult } from "../../webview/protocol/messages.js";
import type { BlameView } from "../../webview/protocol/blame.js";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { DiffView } from "../../webview/protocol/diff.js";
import type { LookAnswer, LookCall } from "../../webview/protocol/looks.js";
import type { PaletteView, PlacedFiles } from "../../webview/protocol/palette.js";
import type { ToldView } from "../../webview/protocol/told.js";
import type { WayView } from "../../webview/protocol/places.js";
import type { CompileView, GraphView, RunView } from "../../webview/protocol/views.js";
import type { BridgeHost, CommandCall, ViewPart } from "../bridge/bridge.js";
import { GraphProjection } from "../bridge/project-graph.js";
import { noRun } from "../bridge/project-run.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { stemOf } from "../editor/graph-uri.js";
import { rangeOf } from "../editor/entry-at.js";
import { Emitter } from "../emitter.js";
import type { ErrorReporter } from "../error-reporter.js";
import type { DiffSeat } from "./diff-canvas.js";
import { lookAtRevision } from "./look-at-revision.js";

/** What stands behind the canvas of a graph that was: its text alone. Nothing is compiled, run or edited for it. */
export class RevisionHost implements BridgeHost, Disposable {
  readonly #text: vscode.TextDocument;
  readonly #reporter: ErrorReporter;
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter<ViewPart>());
  readonly #textChanged = this.#held.add(new Emitter());
  readonly #projection = new GraphProjection();
  #parsed: ParsedDocument;
  #seat: DiffSeat | undefined;

  readonly onDidChange = this.#changed.event;
  /** The index has changed, say. */
  readonly onDidChangeText = this.#textChanged.event;

  constructor(text: vscode.TextDocument, reporter: ErrorReporter) {
    this.#text = text;
    this.#reporter = reporter;
    this.#parsed = parseDocument(text.getText());
    this.#held.add(vscode.workspace.onDidChangeTextDocument(({ document }) => document === text && this.#update()));
  }

  /** Takes part in comparisons. */
  sit(seat: DiffSeat): void {
    this.#seat = seat;
    this.#held.add(seat.onDidChange(() => this.#changed.fire("diff")));
  }

  graph(): GraphView {
    const name = this.#text.uri.path.slice(this.#text.uri.path.lastIndexOf("/") + 1);
    const view = this.#projection.of({
      parsed: this.#parsed,
      problems: this.#parsed.problems,
      version: this.#text.version,
      title: stemOf(name),
      readOnly: true,
      trusted: vscode.workspace.isTrusted,
      lineOf: (offset) => this.#text.positionAt(offset).line + 1,
    });
    return { ...view, earlier: true };
  }

  run(): RunView {
    return noRun(0);
  }

  compile(): CompileView {
    return { plan: "", stale: false, backlog: 0 };
  }

  debug(): DebugView {
    return { nodes: {}, edges: {} };
  }

  told(): ToldView {
    return { tails: {} };
  }

  way(): WayView {
    return { crumbs: [], here: this.graph().title, callers: 0 };
  }

  diff(): DiffView | undefined {
    return this.#seat?.view();
  }

  blame(): BlameView {
    return { checkpoint: null, writers: {} };
  }

  look(call: LookCall): LookAnswer {
    return lookAtRevision(this.#parsed, call);
  }

  palette(): Promise<PaletteView> {
    return Promise.resolve({ handlers: [], graphs: [], snippets: [], recent: [], faults: [] });
  }

  place(): PlacedFiles {
    return { files: [], refused: [vscode.l10n.t("This graph is read-only.")] };
  }

  edit(): Promise<RequestResult<"graph/edit">> {
    return Promise.resolve({ ok: false, code: "EDIT_REFUSED", message: vscode.l10n.t("This graph is read-only.") });
  }

  async command(call: CommandCall): Promise<void> {
    switch (call.name) {
      case "diff/set":
      case "diff/text":
      case "view/moved":
        return this.#seat?.command(call);
      case "source/reveal":
        return this.#showText(call.params);
      case "webview/failed":
        return this.#reporter.log(`The canvas of ${this.#text.uri.path} failed: ${call.params.stack ?? call.params.message}`);
      default: // what is done with graphs at work
    }
  }

  failed(message: string, thrown?: unknown): void {
    this.#reporter.log(message, thrown);
  }

  dispose(): void {
    this.#held.dispose();
  }

  async #showText({ node, edge }: { readonly node?: string | undefined; readonly edge?: string | undefined }): Promise<void> {
    const range = rangeOf(this.#parsed, { nodes: node === undefined ? [] : [node], edges: edge === undefined ? [] : [edge] });
    const selection = range && new vscode.Range(this.#text.positionAt(range.start), this.#text.positionAt(range.end));
    await vscode.window.showTextDocument(this.#text, { viewColumn: vscode.ViewColumn.Beside, ...(selection ? { selection } : {}) });
  }

  #update(): void {
    this.#parsed = parseDocument(this.#text.getText(), this.#parsed);
    this.#changed.fire("graph");
    this.#textChanged.fire();
  }
}
