// What a debugger asks, and what it is answered with: one table.
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Awaitable } from "../../../runtime/model/awaitable.js";
import type { AttachArguments, LaunchArguments } from "./launch.js";

/** Command -> what it is asked with, and the body of its answer. */
interface Exchanges {
  launch: [LaunchArguments, void];
  attach: [AttachArguments, void];
  configurationDone: [DebugProtocol.ConfigurationDoneArguments, void];
  terminate: [DebugProtocol.TerminateArguments, void];
  disconnect: [DebugProtocol.DisconnectArguments, void];
  setBreakpoints: [DebugProtocol.SetBreakpointsArguments, DebugProtocol.SetBreakpointsResponse["body"]];
  breakpointLocations: [DebugProtocol.BreakpointLocationsArguments, DebugProtocol.BreakpointLocationsResponse["body"]];
  dataBreakpointInfo: [DebugProtocol.DataBreakpointInfoArguments, DebugProtocol.DataBreakpointInfoResponse["body"]];
  setDataBreakpoints: [DebugProtocol.SetDataBreakpointsArguments, DebugProtocol.SetDataBreakpointsResponse["body"]];
  setExceptionBreakpoints: [DebugProtocol.SetExceptionBreakpointsArguments, void];
  exceptionInfo: [DebugProtocol.ExceptionInfoArguments, DebugProtocol.ExceptionInfoResponse["body"]];
  loadedSources: [DebugProtocol.LoadedSourcesArguments, DebugProtocol.LoadedSourcesResponse["body"]];
  threads: [undefined, DebugProtocol.ThreadsResponse["body"]];
  stackTrace: [DebugProtocol.StackTraceArguments, DebugProtocol.StackTraceResponse["body"]];
  scopes: [DebugProtocol.ScopesArguments, DebugProtocol.ScopesResponse["body"]];
  variables: [DebugProtocol.VariablesArguments, DebugProtocol.VariablesResponse["body"]];
  setVariable: [DebugProtocol.SetVariableArguments, DebugProtocol.SetVariableResponse["body"]];
  setExpression: [DebugProtocol.SetExpressionArguments, DebugProtocol.SetExpressionResponse["body"]];
  completions: [DebugProtocol.CompletionsArguments, DebugProtocol.CompletionsResponse["body"]];
  evaluate: [DebugProtocol.EvaluateArguments, DebugProtocol.EvaluateResponse["body"]];
  continue: [DebugProtocol.ContinueArguments, DebugProtocol.ContinueResponse["body"]];
  next: [DebugProtocol.NextArguments, void];
  stepIn: [DebugProtocol.StepInArguments, void];
  stepOut: [DebugProtocol.StepOutArguments, void];
  stepBack: [DebugProtocol.StepBackArguments, void];
  reverseContinue: [DebugProtocol.ReverseContinueArguments, void];
  restartFrame: [DebugProtocol.RestartFrameArguments, void];
  gotoTargets: [DebugProtocol.GotoTargetsArguments, DebugProtocol.GotoTargetsResponse["body"]];
  goto: [DebugProtocol.GotoArguments, void];
  pause: [DebugProtocol.PauseArguments, void];
}

/** Answers to some of what a debugger asks. What they throw, or reject with, is the error that it is answered with. */
export type Answers<Command extends keyof Exchanges> = {
  readonly [Each in Command]: (args: Exchanges[Each][0]) => Awaitable<Exchanges[Each][1]>;
};

/** Answers to all of it. */
export type AllAnswers = Answers<keyof Exchanges>;
