import * as vscode from "vscode";
import type { BridgeHost, CommandCall, Selection, ViewPart } from "../bridge/bridge.js";
import { projectBreakpoints } from "../bridge/project-debug.js";
import { projectCompile } from "../bridge/project-compile.js";
import { factsInside } from "../bridge/project-inside.js";
import { projectConflicts } from "../bridge/project-conflicts.js";
import { GraphProjection } from "../bridge/project-graph.js";
import { noRun, projectFigures, projectRun } from "../bridge/project-run.js";
import { projectBlocked, projectCertificates } from "../bridge/project-safety.js";
import type { GraphBreakpoints } from "../debug/breakpoints/graph-breakpoints.js";
import type { ShownFrame } from "../debug/shown-frame.js";
import { OwnHistory } from "../diff/own-history.js";
import type { DiffSeat } from "../diff/diff-canvas.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { CanvasLooks } from "../inspector/canvas-looks.js";
import { Emitter } from "../emitter.js";
import type { ErrorReporter } from "../error-reporter.js";
import { blockageOf } from "../run/blockage.js";
import { blameChannels } from "../run/blame-channels.js";
import type { GraphSession } from "../run/graph-session.js";
import type { InnerRuns } from "../run/inner-runs.js";
import { innerRunText } from "../run/inner-run-text.js";
import { ShownRun } from "../run/shown-run.js";
import { ToldFeed } from "../run/told-feed.js";
import { migrationFrom } from "../run/migration-files.js";
import type { RunSession } from "../../runtime/run/session.js";
import type { CommandParams, RequestParams, RequestResult } from "../../webview/protocol/messages.js";
import type { PaletteView, PlacedFiles } from "../../webview/protocol/palette.js";
import type { PaletteSource } from "../palette/palette-source.js";
import type { BlameView } from "../../webview/protocol/blame.js";
import type { Place, Viewport, WayView } from "../../webview/protocol/places.js";
import type { Ways } from "../places/ways.js";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { LookAnswer, LookCall } from "../../webview/protocol/looks.js";
import type { ToldView } from "../../webview/protocol/told.js";
import type { DiffView } from "../../webview/protocol/diff.js";
import type { CompileView, GraphView, RunView } from "../../webview/protocol/views.js";
import { writerView } from "../views/writer-text.js";
import { orientation, ORIENTATION } from "./orientation.js";
import { waysOf } from "./conflict-text.js";
import type { GraphDocument } from "./graph-document.js";
import type { GraphEdits } from "./graph-edits.js";

/** What a canvas tells of its view. */
export interface CanvasEvents {
  readonly onDidSelect: (selection: Selection) => void;
  readonly onDidMove: (viewport: Viewport) => void;
  /** It jumps away from a place. */
  readonly onDidLeave: (place: Place) => void;
}

/** What a canvas is a window on. */
export interface CanvasSubject extends CanvasEvents {
  readonly document: GraphDocument;
  readonly session: GraphSession;
  readonly edits: GraphEdits;
  readonly breakpoints: GraphBreakpoints;
  readonly shown: ShownFrame;
  readonly palette: PaletteSource;
  readonly reporter: ErrorReporter;
  readonly panel: vscode.WebviewPanel;
  readonly ways: Ways;
  readonly innerRuns: InnerRuns;
}

/** What stands behind one canvas: its document, its session, and VS Code's commands. */
export class CanvasHost implements BridgeHost, Disposable {
  readonly #subject: CanvasSubject;
  readonly #held = new DisposableStore();
  readonly #projection = new GraphProjection();
  readonly #looks: CanvasLooks;
  readonly #told: ToldFeed;
  readonly #shownRun: ShownRun;
  #selected: readonly string[] = [];
  #seat: DiffSeat | undefined;
  /** For as long as it stands in a comparison. */
  readonly #history = new OwnHistory();
  /** The node that the canvas was told last that the debugger shows. */
  #at: string | undefined;
  readonly #changed = this.#held.add(new Emitter<ViewPart>());

  readonly onDidChange = this.#changed.event;

  constructor(subject: CanvasSubject) {
    this.#subject = subject;
    this.#shownRun = this.#held.add(new ShownRun(subject.session, subject.innerRuns));
    this.#told = this.#held.add(new ToldFeed(this.#shownRun));
    this.#looks = new CanvasLooks({ document: subject.document, session: this.#shownRun }, this.#told);
    this.#held.add(this.#told.onDidChange(() => this.#changed.fire("told")));
    const { document, session, breakpoints, shown, ways } = subject;
    this.#held.add(document.onDidChangeProblems(() => this.#changed.fire("graph")));
    this.#held.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire("graph")));
    const turned = (change: vscode.ConfigurationChangeEvent): unknown =>
      change.affectsConfiguration(ORIENTATION) && this.#changed.fire("graph");
    this.#held.add(vscode.workspace.onDidChangeConfiguration(turned));
    this.#held.add(this.#shownRun.onDidChangeRun(() => this.#changed.fire("run")));
    for (const moved of [session.onDidChangeRun, shown.onDidChange])
      this.#held.add(moved(() => this.#at !== shown.nodeIn(document.key) && this.#changed.fire("debug")));
    this.#held.add(session.certificates.onDidChange(() => this.#changed.fire("run")));
    this.#held.add(session.onDidChangeCompile(() => this.#changed.fire("compile")));
    this.#held.add(session.onDidCompile(() => this.#changed.fire("debug"))); // another plan: other breakpoints can be met
    this.#held.add(ways.onDidChange((file) => file === document.uri.fsPath && this.#changed.fire("way")));
    this.#held.add(breakpoints.onDidChange((key) => key === document.key && this.#changed.fire("debug")));
  }

  way(): WayView {
    const { document, ways } = this.#subject;
    return ways.view(document.uri.fsPath, document.parsed.graph.title);
  }

  /** Takes part in comparisons. */
  sit(seat: DiffSeat): void {
    this.#seat = seat;
    this.#held.add(seat.onDidChange(() => this.#changed.fire("diff")));
  }

  graph(): GraphView {
    const { document } = this.#subject;
    const { parsed, problems, version, stem: title, readOnly, text } = document;
    const lineOf = (offset: number): number => text.positionAt(offset).line + 1;
    const view = this.#projection.of({
      parsed,
      problems,
      version,
      title,
      readOnly,
      trusted: vscode.workspace.isTrusted,
      orientation: orientation(),
      lineOf,
    });
    return {
      ...view,
      conflicts: projectConflicts(parsed, (conflict) => waysOf(conflict).map(({ take, title: words }) => ({ take, title: words }))),
    };
  }

  run(): RunView {
    const { session } = this.#subject;
    const { run, sequence } = this.#shownRun;
    const inside = this.#inside();
    const live = session.liveNodes.length === 0 ? {} : { live: [...session.liveNodes] };
    if (run === undefined) return { ...noRun(sequence), ...live, ...inside };
    const figures = projectFigures(run.tally.nodes, this.#selected);
    const safety = run === session.run ? safetyOf(session, run) : {};
    const facts = factsInside(run, (question) => this.#shownRun.isAsked(question));
    return { ...projectRun(facts, sequence), ...live, ...inside, ...safety, ...(figures === undefined ? {} : { figures }) };
  }

  compile(): CompileView {
    return projectCompile(this.#subject.session.compiler);
  }

  debug(): DebugView {
    const { document, session, breakpoints, shown } = this.#subject;
    const projected = projectBreakpoints(breakpoints.of(document.key), session.compiler.current?.plan);
    this.#at = shown.nodeIn(document.key);
    return { ...projected, ...(this.#at === undefined ? {} : { at: this.#at }) };
  }

  told(): ToldView {
    return this.#told.take();
  }

  diff(): DiffView | undefined {
    return this.#seat?.view();
  }

  /** What is at work writes still: then it is not asked. */
  blame(): BlameView {
    const { run, running, archive } = this.#shownRun;
    if (run === undefined || running) return { checkpoint: null, writers: {} };
    const blamed = blameChannels(archive, run.id, run.head, [...run.plan.channels.keys()]);
    return { checkpoint: run.head, writers: Object.fromEntries(blamed.map((each) => [each.channel, writerView(each)])) };
  }

  edit({ intents, chain }: RequestParams<"graph/edit">): Promise<RequestResult<"graph/edit">> {
    const { edits, document } = this.#subject;
    if (this.diff() === undefined) return edits.apply(document, intents, chain);
    return edits.apply(document, intents, chain, (before, after) => this.#history.made(before, after));
  }

  look(call: LookCall): LookAnswer | Promise<LookAnswer> {
    return this.#looks.answer(call);
  }

  palette(): Promise<PaletteView> {
    return this.#subject.palette.offers(this.#subject.document.uri);
  }

  place({ uris }: RequestParams<"files/place">): PlacedFiles {
    return this.#subject.palette.place(this.#subject.document.uri, uris);
  }

  /** Commands of the canvas are VS Code's own commands, so that keys, menus and canvas do one and the same. */
  async command(call: CommandCall): Promise<void> {
    const { document, palette, reporter, onDidSelect, onDidMove, onDidLeave } = this.#subject;
    if (ofOwnRun.has(call.name) && this.#shownRun.inside?.shown !== undefined) return this.#refuseInside();
    switch (call.name) {
      case "run/start":
        return this.#execute("patchbay.run");
      case "run/step":
        return this.#execute("patchbay.step");
      case "run/continue":
        return this.#execute("patchbay.continue");
      case "run/pause":
        return this.#execute("patchbay.pause");
      case "run/stop":
        return this.#execute("patchbay.stop");
      case "question/decide":
        return void (await this.#decide(call.params));
      case "route/force":
        return this.#execute("patchbay.forceEdge", call.params);
      case "route/release":
        return this.#execute("patchbay.releaseEdge", call.params);
      case "route/override":
        return this.#execute("patchbay.overrideNode", call.params);
      case "route/restore":
        return this.#execute("patchbay.restoreRoutes", call.params);
      case "source/reveal":
        return this.#execute("patchbay.openSource", call.params);
      case "handler/open":
        return this.#execute("patchbay.openHandler", call.params.node);
      case "task/value":
        return this.#execute("patchbay.showTaskValue", call.params);
      case "task/stack":
        return this.#execute("patchbay.showFailedLine", call.params);
      case "types/open":
        return this.#execute("patchbay.openTypes");
      case "text/copy":
        await vscode.env.clipboard.writeText(call.params.text);
        return;
      case "handler/create":
        return this.#execute("patchbay.openHandler", call.params.node, { create: true });
      case "graph/open":
        return this.#execute(call.params.beside === true ? "patchbay.openBeside" : "patchbay.openGraph", call.params.node);
      case "place/changed":
        return onDidMove(call.params.viewport);
      case "place/left":
        return onDidLeave(call.params);
      case "place/back":
        return this.#execute("patchbay.goBack");
      case "place/forward":
        return this.#execute("patchbay.goForward");
      case "callers/show":
        return this.#execute("patchbay.showCallers", call.params);
      case "inside/choose":
        return this.#execute("patchbay.chooseInnerRun");
      case "graph/fold":
        return this.#execute("patchbay.makeSubgraph");
      case "graph/layOut":
        return this.#execute(call.params.scope === "all" ? "patchbay.layOutGraph" : "patchbay.layOutNewNodes");
      case "breakpoint/remove":
        return this.#execute("patchbay.removeBreakpoint", call.params);
      case "compile/now":
        return this.#execute("patchbay.compileNow");
      case "compile/anew":
        return this.#execute("patchbay.recompileNow");
      case "checkpoints/show":
        return this.#execute("patchbay.showCheckpoints");
      case "blame/show":
        return this.#execute("patchbay.blameChannel", call.params);
      case "past/restore":
        return this.#execute("patchbay.restoreCheckpoint", call.params);
      case "blocked/restore":
        return this.#execute("patchbay.restoreAncestor");
      case "blocked/migrate":
        return this.#execute("patchbay.writeMigration");
      case "blocked/overrule":
        return this.#execute("patchbay.goOnAnyway");
      case "palette/chosen":
        return palette.chosen(call.params.key);
      case "snippet/save":
        return this.#execute("patchbay.saveSnippet", call.params.text);
      case "conflict/resolve":
        return this.#execute("patchbay.resolveConflict", call.params.at, call.params.take);
      case "conflict/choose":
        return this.#execute("patchbay.resolveConflict");
      case "diff/set":
      case "diff/text":
      case "view/moved":
        return this.#seat?.command(call);
      case "history/undo":
      case "history/redo":
        return this.#travel(call.name);
      case "selection/changed":
        this.#selected = call.params.nodes;
        this.#changed.fire("run"); // it carries the figures of what is selected
        return onDidSelect(call.params);
      case "picture/drawn": // the bridge has asked for it
        return;
      case "webview/failed":
        return reporter.log(`The canvas of ${document.name} failed: ${call.params.stack ?? call.params.message}`);
    }
  }

  failed(message: string, thrown?: unknown): void {
    this.#subject.reporter.log(message, thrown);
  }

  dispose(): void {
    this.#held.dispose();
  }

  async #travel(way: "history/undo" | "history/redo"): Promise<void> {
    const { panel, document, edits } = this.#subject;
    if (this.diff() !== undefined) {
      const now = document.text.getText();
      const text = way === "history/undo" ? this.#history.undo(now) : this.#history.redo(now);
      if (text !== undefined) await edits.replace(document, text);
      return;
    }
    if (!panel.active) panel.reveal(undefined, false); // VS Code's undo belongs to the active editor
    await vscode.commands.executeCommand(way === "history/undo" ? "undo" : "redo");
  }

  /** What is asked inside a task is answered in the outermost run around it. */
  #decide(params: CommandParams<"question/decide">): Thenable<unknown> {
    const { mover } = this.#shownRun;
    const key = this.#shownRun.questionAround(params.key) ?? params.key;
    return vscode.commands.executeCommand("patchbay.decide", vscode.Uri.parse(mover.source.key), { ...params, key });
  }

  #refuseInside(): void {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The run shown is inside a node of another graph and is looked at here. Redirect it, or go back in it, from the graph around it.",
      ),
    );
  }

  #inside(): Pick<RunView, "inside"> {
    const { inside } = this.#shownRun;
    if (inside === undefined) return {};
    const { shown, all } = inside;
    return { inside: { place: shown === undefined ? null : innerRunText(shown), count: all.length } };
  }

  async #execute(command: string, ...rest: readonly unknown[]): Promise<void> {
    await vscode.commands.executeCommand(command, this.#subject.document.uri, ...rest);
  }
}

/** What VS Code's commands do to the run of the graph's own, or say of it. */
const ofOwnRun: ReadonlySet<CommandCall["name"]> = new Set<CommandCall["name"]>([
  "route/force",
  "route/release",
  "route/override",
  "route/restore",
  "past/restore",
  "task/value",
  "task/stack",
  "checkpoints/show",
  "blame/show",
]);

/** What the plan in force means to the run shown, and to its checkpoints. */
function safetyOf(session: GraphSession, run: RunSession): Pick<RunView, "blocked" | "certificates"> {
  const found = session.certificates.of(run, true);
  const blockage = blockageOf(session);
  return {
    ...(found === undefined || found.error !== undefined ? {} : { certificates: projectCertificates(found.summary) }),
    ...(blockage === undefined ? {} : { blocked: projectBlocked(blockage, migrationFrom(session, blockage.from) !== undefined) }),
  };
}
