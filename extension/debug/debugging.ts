import * as vscode from "vscode";
import type { JsonObject } from "../../runtime/model/json.js";
import { chooseInput } from "../commands/choose-input.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphFiles } from "../run/graph-files.js";
import type { GraphSession } from "../run/graph-session.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { inputChannels } from "../run/input-channels.js";
import { GraphDebugSession } from "./adapter/adapter.js";
import type { GraphBreakpoints } from "./breakpoints/graph-breakpoints.js";
import { HandlerDebugger } from "./code-debugger.js";
import { DEBUG_TYPE, GraphConfigurations } from "./graph-configurations.js";
import { SessionTarget } from "./session-target.js";
import type { ShownFrame } from "./shown-frame.js";
import { TextStays } from "./text-stays.js";
import { UnfoldedScopes } from "./unfolded-scopes.js";

/** What the debugger works with. */
export interface DebugServices {
  readonly sessions: GraphSessions;
  readonly files: GraphFiles;
  readonly active: ActiveGraph;
  readonly breakpoints: GraphBreakpoints;
  readonly remembered: vscode.Memento;
  readonly shown: ShownFrame;
  /** Who edits what is edited in the debugger. */
  readonly actor: string;
}

/** VS Code's debugger on graphs. */
export class Debugging implements vscode.DebugAdapterDescriptorFactory, Disposable {
  readonly #services: DebugServices;
  readonly #held = new DisposableStore();
  /** By debug session what keeps its graph: closing the editor, or deleting the file, does not end what is debugged. */
  readonly #kept = new Map<string, Disposable>();

  constructor(services: DebugServices) {
    this.#services = services;
    this.#held.add(vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, this));
    this.#held.add(vscode.debug.onDidTerminateDebugSession(({ id }) => this.#release(id)));
    this.#held.add(new TextStays());
    this.#held.add(new UnfoldedScopes((session) => services.shown.lookAgain(session)));
    this.#held.add(
      vscode.debug.registerDebugConfigurationProvider(
        DEBUG_TYPE,
        new GraphConfigurations(services.active, (uri, always) => this.#input(uri, always)),
      ),
    );
  }

  /** The adapter runs here, beside the run: nothing is sent through a process. */
  async createDebugAdapterDescriptor(debugSession: vscode.DebugSession): Promise<vscode.DebugAdapterDescriptor> {
    const { sessions, files, breakpoints, shown, actor } = this.#services;
    const uri = vscode.Uri.file(String(debugSession.configuration["graph"]));
    const session = await this.#session(uri);
    if (session === undefined) throw new Error(vscode.l10n.t("{0} is no graph.", uri.fsPath));
    this.#release(debugSession.id);
    this.#kept.set(debugSession.id, sessions.hold(session));
    const target = new SessionTarget(session, files, breakpoints, new HandlerDebugger(session, debugSession));
    const adapter = new GraphDebugSession(target, actor);
    shown.follow(debugSession, adapter);
    return new vscode.DebugAdapterInlineImplementation(adapter);
  }

  async #session(uri: vscode.Uri): Promise<GraphSession | undefined> {
    const { sessions } = this.#services;
    if (sessions.get(uri) === undefined) await vscode.workspace.openTextDocument(uri);
    return sessions.get(uri);
  }

  /** What a person gives a run; asked only where the graph has channels that nothing else can give a value, or always. */
  async #input(uri: vscode.Uri, always = false): Promise<JsonObject | undefined> {
    const session = await this.#session(uri);
    if (session === undefined || (!always && inputChannels(session.source.parsed.graph).length === 0)) return {};
    return chooseInput(session, this.#services.remembered);
  }

  #release(id: string): void {
    this.#kept.get(id)?.dispose();
    this.#kept.delete(id);
  }

  dispose(): void {
    for (const id of this.#kept.keys()) this.#release(id);
    this.#held.dispose();
  }
}
