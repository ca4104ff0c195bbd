// The one public entry of the runtime ("patchbay/runtime").
export type { JsonObject, JsonValue } from "./model/json.js";
export { END, START, freeId } from "./model/ids.js";
export type { EdgeDef, Graph, NodeDef } from "./model/graph.js";
export type { Problem } from "./model/problem.js";
export { nextSteps, PatchbayError, toErrorInfo, type ErrorCode, type ErrorInfo } from "./errors.js";
export type * from "./ports.js";
export type { Intent, TextEdit } from "./document/intent.js";
export type { ParsedDocument } from "./document/parsed-document.js";
export { parseDocument } from "./document/parse.js";
export { editDocument } from "./document/edit.js";
export { applyEdits, positionAt } from "./document/text.js";
export type { Plan } from "./plan/plan.js";
export { describeChange, type Change, type ChangeClass } from "./compile/change.js";
export { diffGraphs } from "./compile/diff.js";
export { compileGraph } from "./compile/full.js";
export { patchPlan } from "./compile/patch.js";
export { gravest } from "./compile/classify.js";
export { storedPlans } from "./compile/stored-plans.js";
export { Certifier, type Certificate, type Verdict } from "./certify/certificate.js";
export type { Finding, Place } from "./certify/finding.js";
export { CompileQueue, type QueueEntry } from "./compile/queue.js";
export type { QueueCounters, QueueOptions, QueueState } from "./compile/queue/entry.js";
export { WorkspaceCompiler, type WorkspaceServices } from "./compile/workspace.js";
export type { GraphResult } from "./compile/workspace/workspace-graph.js";
export type { CompiledKeys } from "./compile/workspace/compile-key.js";
export { rehearse } from "./compile/rehearse.js";
export { GraphCompiler, type Compiled, type CompilerOptions } from "./compile/graph-compiler.js";
export { savedMicros, type CompileRecord } from "./compile/compile-record.js";
export { compileStatistics, type CompileDurations, type CompileStatistics } from "./compile/statistics.js";
export { advise, type Advice, type SettingChange } from "./compile/adviser.js";
export type { CompileStatus } from "./compile/compile-status.js";
export type { StreamMode, StreamPart } from "./run/stream.js";
export type { Migrations } from "./run/migrations.js";
export type { RunServices } from "./run/run-services.js";
export { Moment, type FinishedTask } from "./run/moment.js";
export type { RunWatch, WatchedRun } from "./run/run-watch.js";
export { RunSession, type ResumeTerms, type RunStatus } from "./run/session.js";
export { givenAt, lastGiven, type TrialInput } from "./run/trial/given.js";
export { tryNode, type TrialWatch } from "./run/trial/try-node.js";
export type { TrialOutcome, TrialRoute } from "./run/trial/trial-outcome.js";
export type { BreakPlace, Breakpoint, Hit } from "./stepping/breakpoint.js";
export { Breakpoints } from "./stepping/breakpoints.js";
export { BreakWatch, type Met } from "./stepping/break-watch.js";
export type { GraphLookup, GraphSource, SourcedGraph } from "./run/graph-source.js";
export type { Answer } from "./run/answer.js";
export { cloneRun, type CloneServices } from "./run/clone.js";
export { forkState, type StateFork } from "./run/fork-state.js";
export { standBefore, type FromNode } from "./run/run-from.js";
export type { StateEdit } from "./run/edit-state.js";
export type { WrittenResult } from "./run/interventions.js";
export type { Durability } from "./run/durability.js";
export type { RunOptions } from "./run/run-options.js";
export type { RunGraph } from "./run/position.js";
export type { CheckpointSummary, Decision, Frontier, ReplayMode, ReplayTerms, StoredQuestion } from "./checkpoint/checkpoint.js";
export { blame, blameParts, type Blame, type Blamed, type BlameQuery } from "./blame/blame.js";
export type { InsideRun, Writer, WriterDecision, WriterKind } from "./blame/writer.js";
export type { ParentTask, StoredRun } from "./checkpoint/store.js";
export { stateHistory, type StateAt } from "./checkpoint/state-history.js";
export { MemoryStore } from "./checkpoint/memory-store.js";
export type { TraceEvent } from "./trace/event.js";
export { RunTally, type NodeTally } from "./trace/tally.js";
export { openSqliteStore } from "./platform/sqlite-store.js";
export { WorkspaceDisk, type DiskOptions } from "./platform/workspace-files.js";
export { FileGraphs, type FileGraphOptions } from "./platform/file-graphs.js";
export { createHandlerHost } from "./platform/handler-host.js";
export type { PoolLimits } from "./platform/handler-pool/limits.js";
export { createHttpClient } from "./platform/http/client.js";
export { environmentSecrets } from "./platform/http/environment-secrets.js";
export { inProcessHandlers } from "./platform/in-process-handlers.js";
export { systemClock } from "./platform/system-clock.js";
export { systemRandom } from "./platform/system-random.js";
export { ulidIds } from "./platform/ulid-ids.js";
export { openGraph, type OpenedGraph } from "./platform/open-graph.js";
export { createRuntime, type Runtime, type RuntimeOptions } from "./platform/create-runtime.js";
export type {
  ChunkInput,
  CommandParts,
  Handler,
  HandlerCommand,
  HandlerContext,
  HandlerQuestion,
  HandlerSend,
  HandlerSteps,
  HandlerUpdate,
  ItemHandler,
  ItemInput,
  ReducerContext,
  ReducerFunction,
} from "./platform/handler-process/handler-types.js";
export type { InProcessHandler, InProcessReducer } from "./platform/in-process-handlers.js";
