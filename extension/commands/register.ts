import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { Command, CommandServices } from "./command.js";
import { applyAdvice, dismissAdvice } from "./advice.js";
import { blameChannel } from "./blame-channel.js";
import {
  breakAfterNode,
  breakWhereTested,
  disableBreakpoint,
  enableBreakpoint,
  removeBreakpoint,
  toggleBreakpoint,
} from "./breakpoints.js";
import { canvasCommands } from "./canvas-commands.js";
import { compareCheckpoint, compareWith } from "./compare-with.js";
import { compileNow } from "./compile-now.js";
import { compileWorkspace } from "./compile-workspace.js";
import { continueRun } from "./continue.js";
import { debugGraph } from "./debug.js";
import { decide } from "./decide.js";
import { exportPicture } from "./export-picture.js";
import { exportRun } from "./export-run.js";
import { addConditionalBreakpoint, addLogpoint, editBreakpoint } from "./edit-breakpoint.js";
import { editState } from "./edit-state.js";
import { forceEdge } from "./force-edge.js";
import { goBack, goForward } from "./go-back.js";
import { goOnAnyway } from "./go-on-anyway.js";
import { importRun } from "./import-run.js";
import { inlineSubgraph } from "./inline-subgraph.js";
import { makeSubgraph } from "./make-subgraph.js";
import { layOutGraph, layOutNewNodes, layOutSelection } from "./lay-out.js";
import { newGraph } from "./new-graph.js";
import { openBeside } from "./open-beside.js";
import { openCanvas } from "./open-canvas.js";
import { openGraph } from "./open-graph.js";
import { openHandler } from "./open-handler.js";
import { openSource } from "./open-source.js";
import { openTypes } from "./open-types.js";
import { overrideNode, restoreRoutes } from "./override-node.js";
import { pause } from "./pause.js";
import { cancelCompile, compileEntry, drainQueue, startQueue, stopQueue } from "./queue.js";
import { pruneStore } from "./prune-store.js";
import { recompileNow } from "./recompile-now.js";
import { releaseEdge } from "./release-edge.js";
import { resolveConflict } from "./resolve-conflict.js";
import { runLive, useRecorded } from "./replay-node.js";
import { restoreAncestor } from "./restore-ancestor.js";
import { forkIntoNewFile, restoreAs, restoreCheckpoint, restoreStateAndGraph } from "./restore-checkpoint.js";
import { revealInCanvas } from "./reveal-in-canvas.js";
import { runGraph } from "./run.js";
import { runFromHere } from "./run-from-here.js";
import { runNode } from "./run-node.js";
import { runWithInput } from "./run-with-input.js";
import { saveCheckpoint } from "./save-checkpoint.js";
import { saveSnippet } from "./save-snippet.js";
import { setSecret } from "./set-secret.js";
import { chooseInnerRun } from "./choose-inner-run.js";
import { showCallers } from "./show-callers.js";
import { showCheckpoints, showCompileQueue, showTrace } from "./show-views.js";
import { showSizes } from "./show-sizes.js";
import { showFailedLine } from "./show-failed-line.js";
import { showTaskValue } from "./show-task-value.js";
import { showWhy } from "./show-why.js";
import { step } from "./step.js";
import { stop } from "./stop.js";
import { writeMigration } from "./write-migration.js";

const commands: readonly Command[] = [
  addConditionalBreakpoint,
  addLogpoint,
  applyAdvice,
  blameChannel,
  breakAfterNode,
  breakWhereTested,
  cancelCompile,
  ...canvasCommands,
  compareCheckpoint,
  compareWith,
  compileEntry,
  compileNow,
  compileWorkspace,
  continueRun,
  debugGraph,
  decide,
  drainQueue,
  disableBreakpoint,
  dismissAdvice,
  editBreakpoint,
  editState,
  enableBreakpoint,
  exportPicture,
  exportRun,
  forceEdge,
  forkIntoNewFile,
  goBack,
  goForward,
  goOnAnyway,
  importRun,
  inlineSubgraph,
  makeSubgraph,
  layOutGraph,
  layOutNewNodes,
  layOutSelection,
  newGraph,
  openBeside,
  openCanvas,
  openGraph,
  openHandler,
  openSource,
  openTypes,
  overrideNode,
  pause,
  pruneStore,
  recompileNow,
  releaseEdge,
  resolveConflict,
  removeBreakpoint,
  restoreAncestor,
  restoreAs,
  restoreCheckpoint,
  restoreRoutes,
  restoreStateAndGraph,
  revealInCanvas,
  runFromHere,
  runGraph,
  runLive,
  runNode,
  runWithInput,
  saveCheckpoint,
  saveSnippet,
  setSecret,
  showCallers,
  chooseInnerRun,
  showCheckpoints,
  showCompileQueue,
  showSizes,
  showFailedLine,
  showTaskValue,
  showTrace,
  showWhy,
  startQueue,
  step,
  stop,
  toggleBreakpoint,
  useRecorded,
  writeMigration,
  stopQueue,
];

/** Registers every command. What one throws is caught here and shown, once. */
export function registerCommands(services: CommandServices): Disposable {
  const held = new DisposableStore();
  for (const command of commands) {
    held.add(
      vscode.commands.registerCommand(command.id, async (...args: unknown[]) => {
        try {
          await command.run(services, ...args);
        } catch (thrown) {
          services.reporter.thrown(thrown, "STORE");
        }
      }),
    );
  }
  return held;
}
