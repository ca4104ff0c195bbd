import { userInfo } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { ReplayMode } from "../runtime/checkpoint/checkpoint.js";
import { version } from "../package.json";
import type { OtherGraph } from "../runtime/document/graph-problems.js";
import type { ErrorInfo } from "../runtime/errors.js";
import type { ModuleSnapshot } from "../runtime/platform/modules/module-snapshot.js";
import { rehearse } from "../runtime/compile/rehearse.js";
import { CompileQueue } from "../runtime/compile/queue.js";
import { createHttpClient } from "../runtime/platform/http/client.js";
import { LAYOUT_THREAD } from "../runtime/platform/layout-thread/lay-out-in-thread.js";
import { systemClock } from "../runtime/platform/system-clock.js";
import { systemRandom } from "../runtime/platform/system-random.js";
import { ulidIds } from "../runtime/platform/ulid-ids.js";
import { apiOf, type PatchbayApi } from "./api.js";
import { registerCommands } from "./commands/register.js";
import { KeptRevisions } from "./compare/kept-revisions.js";
import { GraphBreakpoints } from "./debug/breakpoints/graph-breakpoints.js";
import { Debugging } from "./debug/debugging.js";
import { ShownFrame } from "./debug/shown-frame.js";
import { ValuesInText } from "./debug/values-in-text.js";
import { DiffPairs } from "./diff/diff-pairs.js";
import { DisposableStore } from "./dispose.js";
import { ActiveGraph } from "./editor/active-graph.js";
import { CanvasPanels } from "./editor/canvas-panels.js";
import { ConflictActions } from "./editor/conflict-actions.js";
import { GraphDiagnostics } from "./editor/graph-diagnostics.js";
import { GraphDocuments } from "./editor/graph-documents.js";
import { GraphEditorProvider } from "./editor/graph-editor-provider.js";
import { GraphLayouts } from "./editor/graph-layouts.js";
import { GraphEdits } from "./editor/graph-edits.js";
import { orientation } from "./editor/orientation.js";
import { VIEW_TYPE } from "./editor/graph-uri.js";
import { GraphFileWatcher } from "./editor/graph-file-watcher.js";
import { StateFiles } from "./editor/state-files.js";
import { HandlerActions } from "./editor/handler-actions.js";
import { HandlerFiles } from "./editor/handler-files.js";
import { ModuleWatcher } from "./editor/module-watcher.js";
import { WorkspaceDiagnostics } from "./editor/workspace-diagnostics.js";
import { WorkspaceWatcher } from "./editor/workspace-watcher.js";
import { TrialResults } from "./editor/trial-results.js";
import { TypesKeeper, type TypesSettings } from "./editor/types-keeper.js";
import { Places } from "./places/places.js";
import { Ways } from "./places/ways.js";
import { ErrorReporter } from "./error-reporter.js";
import type { SessionServices } from "./run/graph-session.js";
import { CompileMemory } from "./run/compile-memory.js";
import { CompiledGraphs } from "./run/compiled-graphs.js";
import { Certifiers } from "./run/certifiers.js";
import { EditorSecrets } from "./run/editor-secrets.js";
import { FileUpdates } from "./run/file-updates.js";
import { GraphFiles } from "./run/graph-files.js";
import { GraphSessions } from "./run/graph-sessions.js";
import { InnerRuns } from "./run/inner-runs.js";
import { HandlerHosts, type HandlerSettings } from "./run/handler-hosts.js";
import { LiveNodes } from "./run/live-nodes.js";
import { MigrationWatcher } from "./run/migration-watcher.js";
import { RunLog } from "./run/run-log.js";
import { StoreSizes } from "./run/store-sizes.js";
import { keepSettings } from "./run/keep-settings.js";
import { HEADERS, SpanExport } from "./run/span-export.js";
import { StoreKeeper, type ReleasedEvent } from "./run/store-keeper.js";
import { Stores } from "./run/stores.js";
import { WorkspaceCompiles } from "./run/workspace-compiles.js";
import { FoundFiles } from "./palette/found-files.js";
import { PaletteSource } from "./palette/palette-source.js";
import { RecentChoices } from "./palette/recent-choices.js";
import { WorkspaceSearch } from "./palette/workspace-search.js";
import { BudgetWarning } from "./views/budget-warning.js";
import { CheckpointsView } from "./views/checkpoints-view.js";
import { CompileQueueView } from "./views/compile-queue-view.js";
import { ContextKeys } from "./views/context-keys.js";
import { DismissedAdvice } from "./views/dismissed-advice.js";
import { OutlineView } from "./views/outline-view.js";
import { StatusBar } from "./views/status-bar.js";
import { TraceView } from "./views/trace-view.js";

/** By then the first graph is drawn, and nobody has edited it yet. */
const REHEARSE_AFTER_MS = 500;
/** By then the graphs that are open are at work. */
const READ_WORKSPACE_AFTER_MS = 2_000;

/** The extension at work. */
export interface Services {
  readonly api: PatchbayApi;
  /** Lets go of everything, the newest first; resolves when the handler processes have ended. */
  dispose(): Promise<void>;
}

/** Makes everything, in the order in which one needs the other. */
export function createServices(context: vscode.ExtensionContext): Services {
  const held = new DisposableStore();
  const log = held.add(vscode.window.createOutputChannel("Patchbay", { log: true }));
  const reporter = new ErrorReporter(log);
  const clock = systemClock;
  const queue = new CompileQueue(clock);
  held.defer(() => queue.stop(0));
  held.defer(queue.onDidPress((waiting) => log.warn(`${waiting} graphs wait to be compiled.`)));

  const compiles = held.add(new CompileMemory(context.workspaceState, clock));
  const compiled = held.add(new CompiledGraphs(context.workspaceState, clock));
  const stores = held.add(new Stores());
  const sizes = new StoreSizes(stores, clock);
  const certifiers = new Certifiers();
  const handlerEntry = join(context.extensionPath, "dist", "handler-process.mjs");
  const handlerHosts = new HandlerHosts(handlerEntry, (level, line) => log[level](line), handlerSettings);
  const secrets = held.add(new EditorSecrets(context.secrets));
  const sessionServices: SessionServices = {
    queue,
    clock,
    random: systemRandom,
    ids: ulidIds(clock),
    actor: userName(),
    replay: replayMode,
    liveNodes: new LiveNodes(context.workspaceState),
    trusted: () => vscode.workspace.isTrusted,
    store: (directory) => stores.of(directory),
    namedStore: (directory, name) => stores.named(directory, name),
    existingStore: (directory) => stores.existing(directory),
    sizes: (directory) => sizes.of(directory),
    certifier: (store) => certifiers.of(store),
    http: createHttpClient(secrets, clock),
    handlers: (directory) => handlerHosts.of(workspaceOf(directory)),
    resolve: join,
    graphs: (directory) => graphFiles.of(directory),
    files: (directory) => graphFiles.files(directory),
    filesSettled: () => updates.settle(),
    pastCompiles: (graph) => compiles.recall(graph),
  };

  const files = held.add(new HandlerFiles());
  const graphFiles = new GraphFiles(workspaceOf, {
    parsed: (file) => documents.get(vscode.Uri.file(file))?.parsed,
    compiled: (file) => sessions.get(vscode.Uri.file(file))?.compiler.current,
  });
  const documents = held.add(new GraphDocuments(files, graphFiles));
  const sessions = held.add(new GraphSessions(documents, sessionServices));
  const checkModule = async (workspace: string, snapshot: ModuleSnapshot): Promise<ErrorInfo | undefined> =>
    vscode.workspace.isTrusted ? handlerHosts.of(workspace).check(snapshot) : undefined;
  const updates = held.add(
    new FileUpdates({
      clock,
      users: () => sessions.all,
      workspaces: () => graphFiles.workspaces,
      check: checkModule,
    }),
  );
  held.add(sessions.onDidOpen((session) => updates.follow(session)));
  held.add(new ModuleWatcher(updates));
  held.add(updates.onDidUpdate(() => documents.recheck()));
  held.add(new GraphDiagnostics(documents, clock));
  const types = held.add(new TypesKeeper(clock, typesSettings(reporter)));
  held.add(new GraphFileWatcher(documents, types));
  held.add(new MigrationWatcher(sessions));
  held.add(new RunLog(sessions, updates, log, reporter));
  held.add(vscode.workspace.onDidGrantWorkspaceTrust(() => sessions.trusted()));

  held.add(sessions.onDidChange(({ source, compiler }) => compiles.remember(source.key, compiler.history)));

  const workspace = held.add(
    new WorkspaceCompiles({
      queue,
      clock,
      compiled,
      version,
      disk: { folders: workspaceFolders, workspaceOf, check: checkModule },
      keyOf: (path) => vscode.Uri.file(path).toString(),
      failed: (thrown) => reporter.log("The workspace cannot be read", thrown),
    }),
  );
  held.add(new WorkspaceWatcher(documents, workspace));
  held.add(new WorkspaceDiagnostics(documents, workspace));

  const active = held.add(new ActiveGraph(sessions));
  held.add(active.onDidChange(() => queue.prioritise(active.focused ? active.current?.source.key : undefined)));
  const breakpoints = held.add(new GraphBreakpoints(documents, context.workspaceState, clock));
  const shown = held.add(new ShownFrame());
  const panels = new CanvasPanels();
  const places = held.add(new Places(panels));
  const look = (directory: string, file: string): OtherGraph => graphFiles.look(directory, file);
  const ways = new Ways({
    look,
    users: (file) => [...documents.all.map(({ uri }) => uri.fsPath), ...workspace.usersOf(file)],
  });
  const innerRuns = held.add(new InnerRuns(sessions));
  const pairs = held.add(new DiffPairs(clock));
  held.add(new KeptRevisions({ trusted: () => vscode.workspace.isTrusted, existing: (directory) => stores.existing(directory) }));
  const edits = new GraphEdits();
  // What was done on a canvas before somebody saved is saved.
  held.add(
    vscode.workspace.onWillSaveTextDocument((save) => {
      const document = documents.get(save.document.uri);
      if (document !== undefined) save.waitUntil(edits.settled(document));
    }),
  );
  const layoutEntry = join(context.extensionPath, "dist", LAYOUT_THREAD);
  const layouts = held.add(new GraphLayouts(layoutEntry, edits, clock, orientation));
  const dismissed = new DismissedAdvice(context.workspaceState);
  const remembered = context.workspaceState;
  const states = held.add(
    new StateFiles(async (graph) => {
      if (sessions.get(graph) === undefined) await vscode.workspace.openTextDocument(graph);
      return sessions.get(graph);
    }, remembered),
  );
  const results = held.add(new TrialResults());
  const foundFiles = held.add(new FoundFiles(held.add(new WorkspaceSearch())));
  const palette = new PaletteSource(foundFiles, new RecentChoices(remembered), workspaceOf);
  const keeper = held.add(
    new StoreKeeper({
      clock,
      sessions,
      trusted: () => vscode.workspace.isTrusted,
      existing: (directory) => stores.existing(directory),
      settings: keepSettings,
    }),
  );
  const deleted = ({ directory, runs, checkpoints }: ReleasedEvent): void =>
    log.info(`${directory}: ${runs} runs and ${checkpoints} checkpoints of others were deleted, as settings and graphs say.`);
  held.add(keeper.onDidRelease(deleted));
  held.add(keeper.onDidFail((thrown) => reporter.log("Old runs cannot be deleted", thrown)));
  const checkpoints = held.add(new CheckpointsView(active, sessions, keeper, clock));
  held.add(
    registerCommands({
      sessions,
      queue,
      workspace,
      active,
      panels,
      pairs,
      edits,
      layouts,
      breakpoints,
      places,
      ways,
      innerRuns,
      look,
      dismissed,
      reporter,
      secrets,
      types,
      remembered,
      stores,
      sizes,
      states,
      results,
      checkpoints,
      palette,
      clock,
    }),
  );
  const spans = held.add(
    new SpanExport({
      clock,
      version,
      secrets,
      sessions,
      trusted: () => vscode.workspace.isTrusted,
      endpoint: () => vscode.workspace.getConfiguration("patchbay").get("trace.otlpEndpoint", ""),
      warn: (message) => reporter.warn(message),
    }),
  );
  held.add(
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("patchbay.trace.otlpEndpoint") && spans.restart()),
  );
  held.add(secrets.onDidChange((name) => name === HEADERS && spans.restart()));
  held.add(new Debugging({ sessions, files: graphFiles, active, breakpoints, shown, remembered, actor: sessionServices.actor }));
  held.add(new ValuesInText(documents));
  held.add(new ConflictActions());
  held.add(new HandlerActions(documents));
  held.add(new BudgetWarning(sessions, stores, clock));
  held.add(new OutlineView({ active, sessions, documents, breakpoints, panels, clock, look }));
  held.add(new TraceView(active, sessions, clock));
  held.add(new CompileQueueView(active, sessions, queue, dismissed, clock));
  held.add(new StatusBar(active, sessions, clock));
  held.add(new ContextKeys(active, sessions, queue, innerRuns));

  const { extensionUri } = context;
  const provider = new GraphEditorProvider({
    extensionUri,
    clock,
    documents,
    sessions,
    panels,
    pairs,
    edits,
    breakpoints,
    shown,
    palette,
    ways,
    innerRuns,
    reporter,
  });
  held.add(
    vscode.window.registerCustomEditorProvider(VIEW_TYPE, provider, {
      supportsMultipleEditorsPerDocument: true,
      webviewOptions: { retainContextWhenHidden: false },
    }),
  );
  documents.start();
  held.defer(clock.after(READ_WORKSPACE_AFTER_MS, () => void workspace.start()));
  held.defer(clock.after(REHEARSE_AFTER_MS, () => rehearse(clock)));

  return {
    api: apiOf(sessions),
    async dispose() {
      await sessions.end(); // runs save where they stand before the stores close
      await spans.end();
      if (spans.lost > 0) log.warn(`${spans.lost} spans of traces were not sent.`);
      await compiles.flush();
      await compiled.flush();
      held.dispose();
      await handlerHosts.dispose();
    },
  };
}

/** The folder that handlers of a graph run in and stay in. */
function workspaceOf(directory: string): string {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory))?.uri.fsPath ?? directory;
}

function workspaceFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}

/** Who decides, for the trace. Some systems have no user names. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "editor";
  }
}

function typesSettings(reporter: ErrorReporter): TypesSettings {
  return {
    allowed: () => vscode.workspace.isTrusted && vscode.workspace.getConfiguration("patchbay").get("handlers.types", true),
    failed: (path, thrown) => reporter.log(`The types of ${path} cannot be written`, thrown),
  };
}

function handlerSettings(): HandlerSettings {
  const processes = vscode.workspace.getConfiguration("patchbay").get("handlers.processes", 0);
  const megabytes = vscode.workspace.getConfiguration("patchbay").get("handlers.memory", 2048);
  return { memoryBytes: megabytes * 2 ** 20, ...(processes > 0 ? { processes } : {}) };
}

/** A setting may hold anything. */
function replayMode(): ReplayMode {
  const mode = vscode.workspace.getConfiguration("patchbay").get("replay", "recorded" as string);
  return mode === "live" || mode === "decisions" ? mode : "recorded";
}
