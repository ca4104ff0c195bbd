// The debug adapter: the Debug Adapter Protocol over one run.
//
// 1. What the debugger is shown is of where the run stands: each stop begins anew.
// 2. The run is not the debugger's alone: whoever moves it, the debugger hears where it stands then.
import {
  ContinuedEvent,
  DebugSession,
  InitializedEvent,
  InvalidatedEvent,
  OutputEvent,
  StoppedEvent,
  TerminatedEvent,
} from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { PatchbayError } from "../../../runtime/errors.js";
import type { JsonObject } from "../../../runtime/model/json.js";
import type { RunSession } from "../../../runtime/run/session.js";
import { BreakWatch, type Met } from "../../../runtime/stepping/break-watch.js";
import { BreakpointList, dataIdOf } from "./breakpoint-list.js";
import { capabilities } from "./capabilities.js";
import { Inspection } from "./inspection.js";
import { backTo, stepIn, stepOut, stepOver } from "./moves.js";
import { entryOnLine } from "./places.js";
import { sourceOf, Stage, type Counting } from "./stage.js";
import type { DebugTarget } from "./target.js";

/** What a launch says. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  /** Path of the graph's document. */
  readonly graph: string;
  readonly input?: JsonObject;
  readonly stopOnEntry?: boolean;
}

/** Why the run stands, in the protocol's words. */
type Reason = "entry" | "step" | "breakpoint" | "data breakpoint" | "pause" | "exception" | "goto";

/** One debug session. */
export class GraphDebugSession extends DebugSession {
  readonly #target: DebugTarget;
  readonly #list: BreakpointList;
  readonly #watch: BreakWatch;
  readonly #stage: Stage;
  readonly #inspection: Inspection;
  #run: RunSession | undefined;
  #unsubscribe: (() => void) | undefined;
  /** The adapter itself moves the run, and tells of it when that is done. */
  #moving = false;
  /** Somebody else does. */
  #running = false;
  #stood = "";
  /** The plan and the text that the debugger was last told of. */
  #shows = "";
  #stopsAtFailures = true;
  #launch: LaunchArguments | undefined;

  /** `actor`: who is said to have edited what is edited here. */
  constructor(target: DebugTarget, actor: string) {
    super();
    this.setDebuggerLinesStartAt1(false);
    this.setDebuggerColumnsStartAt1(false);
    const counting: Counting = {
      toClient: ({ line, column }) => ({
        line: this.convertDebuggerLineToClient(line),
        column: this.convertDebuggerColumnToClient(column),
      }),
      toDebugger: (line) => this.convertClientLineToDebugger(line),
    };
    this.#target = target;
    this.#stage = new Stage(target, counting);
    this.#list = new BreakpointList(counting);
    this.#inspection = new Inspection(actor);
    const nameOf = (run: Pick<RunSession, "within">): string => this.#stage.nameOf(run);
    this.#watch = new BreakWatch(this.#list.all, nameOf, (met) => this.#tell(met));
  }

  /** The process that it is in is not the adapter's to end. */
  override shutdown(): void {
    this.#letGo();
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = capabilities;
    this.sendResponse(response);
    this.sendEvent(new InitializedEvent());
  }

  protected override launchRequest(response: DebugProtocol.LaunchResponse, args: LaunchArguments): void {
    this.#answer(response, async () => {
      this.#launch = args;
      await this.#target.begin(args.input ?? {});
      this.#follow();
    });
  }

  protected override attachRequest(response: DebugProtocol.AttachResponse): void {
    this.#answer(response, () => {
      if (this.#target.run === undefined) throw new PatchbayError("RUN_FINISHED", "There is no run of this graph to attach to.");
      this.#follow();
    });
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.sendResponse(response);
    if (this.#launch === undefined || this.#launch.stopOnEntry === true) this.#stopped("entry");
    else void this.#move((run) => run.continue(), "pause");
  }

  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    { source, breakpoints = [] }: DebugProtocol.SetBreakpointsArguments,
  ): void {
    this.#answer(response, () => {
      const path = source.path ?? "";
      response.body = { breakpoints: this.#list.setLines(path, this.#target.graphAt(path), breakpoints, this.#stage.planOf(path)) };
    });
  }

  protected override breakpointLocationsRequest(
    response: DebugProtocol.BreakpointLocationsResponse,
    { source, line, endLine = line }: DebugProtocol.BreakpointLocationsArguments,
  ): void {
    this.#answer(response, () => {
      const file = this.#target.graphAt(source.path ?? "");
      const lines = Array.from({ length: endLine - line + 1 }, (_, index) => line + index);
      const hasEntry = (each: number): boolean =>
        file !== undefined && entryOnLine(file.parsed, this.convertClientLineToDebugger(each)) !== undefined;
      response.body = { breakpoints: lines.filter(hasEntry).map((each) => ({ line: each })) };
    });
  }

  protected override dataBreakpointInfoRequest(
    response: DebugProtocol.DataBreakpointInfoResponse,
    { name, variablesReference, frameId }: DebugProtocol.DataBreakpointInfoArguments,
  ): void {
    this.#answer(response, () => {
      const { run } = this.#stage.level(frameId);
      const isWhole = variablesReference === undefined || this.#inspection.isChannels(variablesReference);
      response.body =
        isWhole && run.moment.plan.channels.has(name)
          ? { dataId: dataIdOf(this.#stage.nameOf(run), name), description: name, accessTypes: ["write"], canPersist: true }
          : { dataId: null, description: "Only a channel can be watched." };
    });
  }

  protected override setDataBreakpointsRequest(
    response: DebugProtocol.SetDataBreakpointsResponse,
    { breakpoints }: DebugProtocol.SetDataBreakpointsArguments,
  ): void {
    this.#answer(response, () => {
      response.body = { breakpoints: this.#list.setData(breakpoints, (graph) => this.#stage.planOf(graph)) };
    });
  }

  protected override setExceptionBreakPointsRequest(
    response: DebugProtocol.SetExceptionBreakpointsResponse,
    { filters }: DebugProtocol.SetExceptionBreakpointsArguments,
  ): void {
    this.#stopsAtFailures = filters.includes("failed");
    this.sendResponse(response);
  }

  protected override loadedSourcesRequest(response: DebugProtocol.LoadedSourcesResponse): void {
    this.#answer(response, () => {
      response.body = { sources: this.#stage.files.map(sourceOf) };
    });
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    response.body = { threads: [...this.#stage.threads] };
    this.sendResponse(response);
  }

  protected override stackTraceRequest(
    response: DebugProtocol.StackTraceResponse,
    { threadId, startFrame = 0, levels = 0 }: DebugProtocol.StackTraceArguments,
  ): void {
    const { frames, total } = this.#stage.frames(threadId, startFrame, levels);
    response.body = { stackFrames: [...frames], totalFrames: total };
    this.sendResponse(response);
  }

  protected override scopesRequest(response: DebugProtocol.ScopesResponse, { frameId }: DebugProtocol.ScopesArguments): void {
    this.#answer(response, () => {
      response.body = { scopes: this.#inspection.scopes(this.#stage.level(frameId)) };
    });
  }

  protected override variablesRequest(response: DebugProtocol.VariablesResponse, args: DebugProtocol.VariablesArguments): void {
    this.#answer(response, () => {
      response.body = { variables: this.#inspection.variables(args) };
    });
  }

  protected override setVariableRequest(response: DebugProtocol.SetVariableResponse, args: DebugProtocol.SetVariableArguments): void {
    this.#answer(response, () => {
      this.#quietly(() => (response.body = this.#inspection.set(args, this.#stage.level(undefined))));
      this.sendEvent(new InvalidatedEvent(["variables"]));
    });
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    { expression, frameId }: DebugProtocol.EvaluateArguments,
  ): void {
    this.#answer(response, () => {
      response.body = this.#inspection.evaluate(expression, this.#stage.level(frameId));
    });
  }

  protected override exceptionInfoRequest(response: DebugProtocol.ExceptionInfoResponse): void {
    const error = this.#run?.frontier.error;
    response.body = {
      exceptionId: error?.code ?? "",
      breakMode: "always",
      ...(error === undefined ? {} : { description: error.message }),
    };
    this.sendResponse(response);
  }

  protected override continueRequest(response: DebugProtocol.ContinueResponse): void {
    response.body = { allThreadsContinued: true };
    this.#go(response, (run) => run.continue(), "pause");
  }

  protected override nextRequest(response: DebugProtocol.NextResponse, { threadId, singleThread }: DebugProtocol.NextArguments): void {
    const branch = this.#stage.branch(threadId);
    this.#go(response, (run) => stepOver(run, branch, singleThread === true), "step");
  }

  protected override stepInRequest(response: DebugProtocol.StepInResponse, { threadId }: DebugProtocol.StepInArguments): void {
    const branch = this.#stage.branch(threadId);
    this.#go(response, (run) => stepIn(run, branch), "step");
  }

  protected override stepOutRequest(response: DebugProtocol.StepOutResponse, { threadId }: DebugProtocol.StepOutArguments): void {
    const branch = this.#stage.branch(threadId);
    this.#go(response, (run) => stepOut(run, branch), "step");
  }

  protected override stepBackRequest(response: DebugProtocol.StepBackResponse): void {
    this.#go(response, (run) => backTo(run, () => true), "step");
  }

  protected override reverseContinueRequest(response: DebugProtocol.ReverseContinueResponse): void {
    const stops = (run: RunSession): boolean =>
      this.#list.all.met(this.#stage.nameOf(run), run.moment).some(({ log }) => log === undefined);
    this.#go(response, (run) => backTo(run, stops), "pause");
  }

  protected override pauseRequest(response: DebugProtocol.PauseResponse): void {
    this.sendResponse(response);
    void this.#run?.drain();
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.#answer(response, async () => {
      await this.#run?.stop();
    });
  }

  protected override disconnectRequest(
    response: DebugProtocol.DisconnectResponse,
    { terminateDebuggee = this.#launch !== undefined }: DebugProtocol.DisconnectArguments,
  ): void {
    this.#answer(response, async () => {
      const run = this.#run;
      this.#letGo();
      if (terminateDebuggee) await run?.drain();
    });
  }

  /** Answers, and tells where the run stands when it has moved. */
  #go(response: DebugProtocol.Response, move: (run: RunSession) => Promise<void>, reason: Reason): void {
    this.#answer(response, () => {
      if (this.#run === undefined) throw new PatchbayError("RUN_FINISHED", "There is no run.");
      setImmediate(() => void this.#move(move, reason));
    });
  }

  async #move(move: (run: RunSession) => Promise<void>, reason: Reason): Promise<void> {
    if (this.#run === undefined) return;
    this.#moving = true;
    this.#clear();
    try {
      await move(this.#run);
    } catch (thrown) {
      this.#output("stderr", messageOf(thrown));
    }
    this.#moving = false;
    this.#stopped(reason);
  }

  /** The run stands: tells where and why, or that it has ended. */
  #stopped(because: Reason): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#running = false;
    const met = this.#watch.take();
    this.#stand();
    for (const { fault } of met) if (fault !== undefined) this.#output("console", `A breakpoint could not be evaluated: ${fault}`);
    const { status, frontier } = run;
    if (status === "completed" || status === "cancelled" || (status === "failed" && !this.#stopsAtFailures)) {
      this.sendEvent(new TerminatedEvent());
      return;
    }
    const reason = status === "failed" ? "exception" : (reasonOf(met) ?? because);
    const event: DebugProtocol.StoppedEvent = new StoppedEvent(reason, this.#stage.threadOf(met), frontier.error?.message);
    event.body.allThreadsStopped = true;
    if (met.length > 0) event.body.hitBreakpointIds = met.map(({ breakpoint }) => breakpoint.id);
    if (status === "waiting") event.body.description = "Waits for a decision";
    this.sendEvent(event);
  }

  /** Takes in where the run stands. */
  #stand(): void {
    this.#clear();
    for (const each of this.#stage.stand(this.#run)) this.#watch.seen(each);
    this.#stood = this.#run === undefined ? "" : standing(this.#run);
    this.#shows = this.#run === undefined ? "" : shown(this.#run, this.#target);
  }

  #follow(): void {
    this.#unsubscribe ??= this.#target.onDidChange(() => this.#changed());
    this.#take(this.#target.run);
  }

  #take(run: RunSession | undefined): void {
    if (run === this.#run) return;
    this.#run?.watch(undefined);
    this.#run = run;
    run?.watch(this.#watch);
    this.#stage.stand(run);
  }

  /** Invariant 2. */
  #changed(): void {
    this.#take(this.#target.run);
    const run = this.#run;
    if (run === undefined || this.#moving) return;
    if (run.status === "running") {
      if (!this.#running) this.sendEvent(new ContinuedEvent(this.#stage.threadOf([]), true));
      this.#running = true;
    } else if (this.#running || this.#stood !== standing(run)) this.#stopped(this.#running ? "step" : "goto");
    else if (this.#shows !== shown(run, this.#target)) {
      this.#stand(); // the runs inside tasks may be taken up anew
      this.sendEvent(new InvalidatedEvent(["all"]));
    }
  }

  #letGo(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#take(undefined);
  }

  /** Invariant 1. */
  #clear(): void {
    this.#stage.clear();
    this.#inspection.clear();
  }

  /** Changes the run where it stands, without telling of a stop. */
  #quietly(edit: () => void): void {
    this.#moving = true;
    try {
      edit();
      if (this.#run !== undefined) this.#stood = standing(this.#run);
    } finally {
      this.#moving = false;
    }
  }

  #tell({ log = "", graph, task }: Met): void {
    const event: DebugProtocol.OutputEvent = new OutputEvent(`${log}\n`, "console");
    const file = this.#target.graphAt(graph);
    if (file !== undefined && task !== undefined) {
      event.body.source = sourceOf(file);
      event.body.line = this.#stage.placeOf(file, task.node).line;
    }
    this.sendEvent(event);
  }

  #output(category: "console" | "stderr", text: string): void {
    this.sendEvent(new OutputEvent(`${text}\n`, category));
  }

  /** Does what was asked, then sends the response; what is thrown is its error. */
  #answer(response: DebugProtocol.Response, work: () => void | Promise<void>): void {
    const refuse = (thrown: unknown): void => this.sendErrorResponse(response, { id: 1, format: messageOf(thrown), showUser: false });
    try {
      const done = work();
      if (done instanceof Promise) done.then(() => this.sendResponse(response), refuse);
      else this.sendResponse(response);
    } catch (thrown) {
      refuse(thrown);
    }
  }
}

function reasonOf(met: readonly Met[]): Reason | undefined {
  if (met.length === 0) return undefined;
  return met.every(({ breakpoint }) => breakpoint.place.at === "written") ? "data breakpoint" : "breakpoint";
}

/** What tells one place of a run from another. */
function standing({ id, head, status, frontier }: RunSession): string {
  return `${id} ${head} ${status} ${frontier.superstep} ${frontier.results.length}`;
}

/** What tells one plan and text from another. */
function shown({ plan }: RunSession, target: DebugTarget): string {
  return `${plan.revision} ${target.graph([])?.parsed.text ?? ""}`;
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof PatchbayError) return `${thrown.code}: ${thrown.message}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
