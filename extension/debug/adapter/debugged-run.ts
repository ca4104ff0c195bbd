// The run that is debugged: who moves it, and telling the debugger where it stands.
//
// 1. What the debugger is shown is of where the run stands: each stop begins anew.
// 2. The run is not the debugger's alone: whoever moves it, the debugger hears where it stands then.
import { ContinuedEvent, InvalidatedEvent, OutputEvent, StoppedEvent, TerminatedEvent } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { PatchbayError } from "../../../runtime/errors.js";
import type { RunSession } from "../../../runtime/run/session.js";
import { BreakWatch, type Met } from "../../../runtime/stepping/break-watch.js";
import type { Breakpoints } from "../../../runtime/stepping/breakpoints.js";
import { Exceptions, type Exception } from "./exceptions.js";
import type { Inspection } from "./inspection.js";
import { messageOf } from "./message-of.js";
import type { Review } from "./review.js";
import { sourceOf, type Stage } from "./stage.js";
import type { DebugTarget } from "./target.js";

/** Why the run stands, in the protocol's words. */
export type Reason = "entry" | "step" | "breakpoint" | "data breakpoint" | "pause" | "exception" | "goto" | "restart";

/** What shows it, and whom it tells. */
interface Surroundings {
  readonly target: DebugTarget;
  readonly stage: Stage;
  readonly inspection: Inspection;
  readonly breakpoints: Breakpoints;
  readonly review: Pick<Review, "look">;
  send(event: DebugProtocol.Event): void;
}

/** Follows one run, and moves it. */
export class DebuggedRun {
  readonly #around: Surroundings;
  readonly #watch: BreakWatch;
  #run: RunSession | undefined;
  #unsubscribe: (() => void) | undefined;
  /** The debugger moves the run, and is told when that is done. */
  #moving = false;
  /** Somebody else does. */
  #running = false;
  #stood = "";
  /** The plan and the text that the debugger was last told of. */
  #shows: Shown = { revision: undefined, text: undefined };
  readonly exceptions = new Exceptions();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#watch = new BreakWatch(
      around.breakpoints,
      (run) => around.stage.nameOf(run),
      (met) => this.#tell(met),
    );
  }

  /** The run; undefined before one is followed. */
  get run(): RunSession | undefined {
    return this.#run;
  }

  /** Follows what the target shows from now on. */
  follow(): void {
    this.#unsubscribe ??= this.#around.target.onDidChange(() => this.#changed());
    this.#take(this.#around.target.run);
  }

  /** Looks on no more: the run is as if nobody had. */
  letGo(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#take(undefined);
  }

  /** Moves the run once the request is answered, and tells where it stands then, and why: as the move says, if it does. Throws `RUN_FINISHED` where there is none. */
  move(move: (run: RunSession) => Promise<Reason | void>, reason: Reason): void {
    if (this.#run === undefined) throw new PatchbayError("RUN_FINISHED", "There is no run.");
    setImmediate(() => void this.#drive(move, reason));
  }

  /** Tells, once the request is answered, where the run stands. */
  show(reason: Reason): void {
    setImmediate(() => this.#stopped(reason));
  }

  /** Puts the run elsewhere without running anything, and tells where it stands once the request is answered. */
  put(work: () => void, reason: Reason): void {
    this.#quietly(work);
    setImmediate(() => this.#stopped(reason));
  }

  /** Tells something that the person who debugs should know. */
  warn(text: string): void {
    this.#output("stderr", text);
  }

  /** Changes the run where it stands: that is no stop, and what was shown of it is told to be no more; where it goes on elsewhere by that, all of it. */
  edit<Result>(work: () => Result): Result {
    const result = this.#quietly(work);
    const stays = this.#run === undefined || this.#around.stage.isWhere(this.#run);
    setImmediate(() => {
      if (!stays) this.#stand();
      this.#around.send(new InvalidatedEvent([stays ? "variables" : "all"]));
    });
    return result;
  }

  #quietly<Result>(work: () => Result): Result {
    this.#moving = true;
    try {
      return work();
    } finally {
      this.#moving = false;
      if (this.#run !== undefined) this.#stood = standing(this.#run);
    }
  }

  async #drive(move: (run: RunSession) => Promise<Reason | void>, reason: Reason): Promise<void> {
    if (this.#run === undefined) return;
    this.#moving = true;
    this.#clear();
    let why: Reason | void = undefined;
    try {
      why = await move(this.#run);
    } catch (thrown) {
      this.#output("stderr", messageOf(thrown));
    }
    this.#moving = false;
    this.#stopped(why ?? reason);
  }

  /** The run stands: tells where and why, or that it has ended. */
  #stopped(because: Reason): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#running = false;
    const met = this.#watch.take();
    this.#stand();
    for (const { fault } of met) if (fault !== undefined) this.#output("console", `A breakpoint could not be evaluated: ${fault}`);
    const { status } = run;
    const exception = this.exceptions.stand(run);
    if (status === "completed" || status === "cancelled" || (status === "failed" && exception === undefined)) {
      this.#around.send(new TerminatedEvent());
      return;
    }
    this.#around.send(this.#stopEvent(because, met, exception));
  }

  #stopEvent(because: Reason, met: readonly Met[], exception: Exception | undefined): DebugProtocol.StoppedEvent {
    const { stage } = this.#around;
    const reason = exception === undefined ? (reasonOf(met) ?? because) : "exception";
    const thread = exception?.at === undefined ? stage.threadOf(met) : stage.threadAt([exception.at]);
    const event: DebugProtocol.StoppedEvent = new StoppedEvent(reason, thread, exception?.description);
    event.body.allThreadsStopped = true;
    if (met.length > 0) event.body.hitBreakpointIds = met.map(({ breakpoint }) => breakpoint.id);
    if (this.#run?.status === "waiting") event.body.description = "Waits for a decision";
    return event;
  }

  /** Takes in where the run stands. */
  #stand(): void {
    this.#clear();
    for (const each of this.#around.stage.stand(this.#run)) this.#watch.seen(each);
    this.#stood = this.#run === undefined ? "" : standing(this.#run);
    this.#shows = shown(this.#run, this.#around.target);
    this.#around.review.look();
  }

  #take(run: RunSession | undefined): void {
    if (run === this.#run) return;
    this.#run?.watch(undefined);
    this.#run = run;
    run?.watch({
      stays: (each) => this.#watch.stays(each),
      stops: (each) => this.#watch.stops(each),
      stopsAtRetry: (each, failed) => this.exceptions.stopsAtRetry(each, failed),
    });
    this.#around.stage.stand(run);
    this.#around.review.look();
  }

  /** Invariant 2. */
  #changed(): void {
    this.#take(this.#around.target.run);
    const run = this.#run;
    if (run === undefined || this.#moving) return;
    if (run.status === "running") {
      if (!this.#running) this.#around.send(new ContinuedEvent(this.#around.stage.threadOf([]), true));
      this.#running = true;
    } else if (this.#running || this.#stood !== standing(run)) this.#stopped(this.#running ? "step" : "goto");
    else if (!isSame(this.#shows, shown(run, this.#around.target))) {
      this.#stand(); // the runs inside tasks may be taken up anew
      this.#around.send(new InvalidatedEvent(["all"]));
    }
  }

  /** Invariant 1. */
  #clear(): void {
    this.#around.stage.clear();
    this.#around.inspection.clear();
  }

  #tell({ log = "", graph, task }: Met): void {
    const event: DebugProtocol.OutputEvent = new OutputEvent(`${log}\n`, "console");
    const file = this.#around.target.graphAt(graph);
    if (file !== undefined && task !== undefined) {
      event.body.source = sourceOf(file);
      event.body.line = this.#around.stage.placeOf(file, task.node).line;
    }
    this.#around.send(event);
  }

  #output(category: "console" | "stderr", text: string): void {
    this.#around.send(new OutputEvent(`${text}\n`, category));
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
interface Shown {
  readonly revision: string | undefined;
  readonly text: string | undefined;
}

function shown(run: RunSession | undefined, target: DebugTarget): Shown {
  return { revision: run?.plan.revision, text: run && target.graph([])?.parsed.text };
}

function isSame(a: Shown, b: Shown): boolean {
  return a.revision === b.revision && a.text === b.text;
}
