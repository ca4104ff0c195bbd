import * as vscode from "vscode";
import type { BridgeHost, CommandCall, Selection, ViewPart } from "../bridge/bridge.js";
import { projectBreakpoints } from "../bridge/project-debug.js";
import { projectCompile } from "../bridge/project-compile.js";
import { GraphProjection } from "../bridge/project-graph.js";
import { noRun, projectFigures, projectRun } from "../bridge/project-run.js";
import { projectBlocked, projectCertificates } from "../bridge/project-safety.js";
import type { GraphBreakpoints } from "../debug/breakpoints/graph-breakpoints.js";
import type { ShownFrame } from "../debug/shown-frame.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { ErrorReporter } from "../error-reporter.js";
import { blockageOf } from "../run/blockage.js";
import { blameChannels } from "../run/blame-channels.js";
import type { GraphSession } from "../run/graph-session.js";
import { migrationFrom } from "../run/migration-files.js";
import type { RunSession } from "../../runtime/run/session.js";
import type { RequestParams, RequestResult } from "../../webview/protocol/messages.js";
import type { BlameView } from "../../webview/protocol/blame.js";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { CompileView, GraphView, RunView } from "../../webview/protocol/views.js";
import { writerView } from "../views/writer-text.js";
import type { GraphDocument } from "./graph-document.js";
import type { GraphEdits } from "./graph-edits.js";

/** What a canvas is a window on. */
export interface CanvasSubject {
  readonly document: GraphDocument;
  readonly session: GraphSession;
  readonly edits: GraphEdits;
  readonly breakpoints: GraphBreakpoints;
  readonly shown: ShownFrame;
  readonly reporter: ErrorReporter;
  readonly panel: vscode.WebviewPanel;
  readonly onDidSelect: (selection: Selection) => void;
}

/** What stands behind one canvas: its document, its session, and VS Code's commands. */
export class CanvasHost implements BridgeHost, Disposable {
  readonly #subject: CanvasSubject;
  readonly #held = new DisposableStore();
  readonly #projection = new GraphProjection();
  #selected: readonly string[] = [];
  /** The node that the canvas was told last that the debugger shows. */
  #at: string | undefined;
  readonly #changed = this.#held.add(new Emitter<ViewPart>());

  readonly onDidChange = this.#changed.event;

  constructor(subject: CanvasSubject) {
    this.#subject = subject;
    const { document, session, breakpoints, shown } = subject;
    this.#held.add(document.onDidChangeProblems(() => this.#changed.fire("graph")));
    this.#held.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire("graph")));
    this.#held.add(session.onDidChangeRun(() => this.#changed.fire("run")));
    for (const moved of [session.onDidChangeRun, shown.onDidChange])
      this.#held.add(moved(() => this.#at !== shown.nodeIn(document.key) && this.#changed.fire("debug")));
    this.#held.add(session.certificates.onDidChange(() => this.#changed.fire("run")));
    this.#held.add(session.onDidChangeCompile(() => this.#changed.fire("compile")));
    this.#held.add(session.onDidCompile(() => this.#changed.fire("debug"))); // another plan: other breakpoints can be met
    this.#held.add(breakpoints.onDidChange((key) => key === document.key && this.#changed.fire("debug")));
  }

  graph(): GraphView {
    const { document } = this.#subject;
    const { parsed, problems, version, stem: title, readOnly, text } = document;
    const lineOf = (offset: number): number => text.positionAt(offset).line + 1;
    return this.#projection.of({ parsed, problems, version, title, readOnly, trusted: vscode.workspace.isTrusted, lineOf });
  }

  run(): RunView {
    const { session } = this.#subject;
    const { run, sequence } = session;
    const live = session.liveNodes.length === 0 ? {} : { live: [...session.liveNodes] };
    if (run === undefined) return { ...noRun(sequence), ...live };
    const figures = projectFigures(run.tally.nodes, this.#selected);
    return { ...projectRun(run, sequence), ...live, ...safetyOf(session, run), ...(figures === undefined ? {} : { figures }) };
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

  /** What is at work writes still: then it is not asked. */
  blame(): BlameView {
    const { session } = this.#subject;
    const { run } = session;
    if (run === undefined || session.running) return { checkpoint: null, writers: {} };
    const blamed = blameChannels(session.archive, run.id, run.head, [...run.plan.channels.keys()]);
    return { checkpoint: run.head, writers: Object.fromEntries(blamed.map((each) => [each.channel, writerView(each)])) };
  }

  edit({ intents }: RequestParams<"graph/edit">): Promise<RequestResult<"graph/edit">> {
    return this.#subject.edits.apply(this.#subject.document, intents);
  }

  /** Commands of the canvas are VS Code's own commands, so that keys, menus and canvas do one and the same. */
  async command(call: CommandCall): Promise<void> {
    const { document, panel, reporter, onDidSelect } = this.#subject;
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
        return this.#execute("patchbay.decide", call.params);
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
      case "graph/open":
        return this.#execute("patchbay.openGraph", call.params.node);
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
      case "blocked/restore":
        return this.#execute("patchbay.restoreAncestor");
      case "blocked/migrate":
        return this.#execute("patchbay.writeMigration");
      case "blocked/overrule":
        return this.#execute("patchbay.goOnAnyway");
      case "history/undo":
      case "history/redo":
        // VS Code's undo belongs to the active editor.
        if (!panel.active) panel.reveal(undefined, false);
        await vscode.commands.executeCommand(call.name === "history/undo" ? "undo" : "redo");
        return;
      case "selection/changed":
        this.#selected = call.params.nodes;
        this.#changed.fire("run"); // it carries the figures of what is selected
        return onDidSelect(call.params);
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

  async #execute(command: string, ...rest: readonly unknown[]): Promise<void> {
    await vscode.commands.executeCommand(command, this.#subject.document.uri, ...rest);
  }
}

/** What the plan in force means to the run shown, and to its checkpoints. */
function safetyOf(session: GraphSession, run: RunSession): Pick<RunView, "blocked" | "certificates"> {
  const found = session.certificates.of(run, true);
  const blockage = blockageOf(session);
  return {
    ...(found === undefined || found.error !== undefined ? {} : { certificates: projectCertificates(found.summary) }),
    ...(blockage === undefined ? {} : { blocked: projectBlocked(blockage, migrationFrom(session, blockage.from) !== undefined) }),
  };
}
