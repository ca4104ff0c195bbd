import type * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import type { CompileQueue } from "../../runtime/compile/queue.js";
import type { GraphBreakpoints } from "../debug/breakpoints/graph-breakpoints.js";
import type { DiffPairs } from "../diff/diff-pairs.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { CanvasPanels } from "../editor/canvas-panels.js";
import type { GraphLayouts } from "../editor/graph-layouts.js";
import type { GraphEdits } from "../editor/graph-edits.js";
import type { StateFiles } from "../editor/state-files.js";
import type { TrialResults } from "../editor/trial-results.js";
import type { TypesKeeper } from "../editor/types-keeper.js";
import type { ErrorReporter } from "../error-reporter.js";
import type { PaletteSource } from "../palette/palette-source.js";
import type { EditorSecrets } from "../run/editor-secrets.js";
import type { Look } from "../places/callers.js";
import type { Places } from "../places/places.js";
import type { Ways } from "../places/ways.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import type { InnerRuns } from "../run/inner-runs.js";
import type { StoreSizes } from "../run/store-sizes.js";
import type { Stores } from "../run/stores.js";
import type { WorkspaceCompiles } from "../run/workspace-compiles.js";
import type { CheckpointsView } from "../views/checkpoints-view.js";
import type { DismissedAdvice } from "../views/dismissed-advice.js";

/** What commands work with. */
export interface CommandServices {
  readonly sessions: GraphSessions;
  readonly queue: CompileQueue;
  /** The graphs that are not open. */
  readonly workspace: WorkspaceCompiles;
  readonly active: ActiveGraph;
  readonly panels: CanvasPanels;
  readonly pairs: DiffPairs;
  readonly edits: GraphEdits;
  readonly layouts: GraphLayouts;
  readonly breakpoints: GraphBreakpoints;
  readonly places: Places;
  readonly ways: Ways;
  readonly innerRuns: InnerRuns;
  /** What a file has, seen from a document of a folder. */
  readonly look: Look;
  readonly dismissed: DismissedAdvice;
  readonly reporter: ErrorReporter;
  readonly secrets: EditorSecrets;
  readonly types: TypesKeeper;
  readonly states: StateFiles;
  readonly results: TrialResults;
  readonly stores: Stores;
  readonly sizes: StoreSizes;
  readonly checkpoints: CheckpointsView;
  readonly palette: PaletteSource;
  readonly clock: Clock;
  /** Survives the window, for this workspace. */
  readonly remembered: vscode.Memento;
}

/** One command of VS Code. What it throws is shown to the person who gave it. */
export interface Command {
  readonly id: `patchbay.${string}`;
  run(services: CommandServices, ...args: readonly unknown[]): unknown;
}
