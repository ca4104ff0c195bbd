import { MemoryStore } from "../checkpoint/memory-store.js";
import { PatchbayError, thrownOf } from "../errors.js";
import type { JsonObject } from "../model/json.js";
import { createHandlerHost } from "../platform/handler-host.js";
import { systemClock } from "../platform/system-clock.js";
import type { HandlerHost } from "../ports.js";
import { RunSession } from "../run/session.js";
import type { RunGraph } from "../run/position.js";
import { RunTally } from "../trace/tally.js";
import { firstOperand } from "./arguments.js";
import { common, type Command } from "./command.js";
import { readCount } from "./counts.js";
import { readDecisions, type Decisions } from "./decisions.js";
import { answerQuestions } from "./drive.js";
import { exit } from "./exit.js";
import { figuresOf, figuresTable } from "./figures-table.js";
import { compiled, printProblems, readGraph, type GraphFile } from "./graph-file.js";
import { readInput } from "./input.js";
import type { CliIo } from "./io.js";
import { runServices } from "./run-services.js";
import { steering } from "./run.js";
import { spreadLine, spreadOf } from "./spread.js";

const DEFAULT_RUNS = 10;
const DEFAULT_WARM_UPS = 2;

/** `patchbay bench GRAPH` */
export const bench: Command = {
  name: "bench",
  summary: "Run a graph over and over, each time from the start, and say how long it and its nodes take.",
  operands: ["GRAPH"],
  options: {
    runs: { value: "N", help: `How many runs are measured. Default ${DEFAULT_RUNS}.` },
    "warm-up": { value: "N", help: `How many runs go before, and are not measured. Default ${DEFAULT_WARM_UPS}.` },
    input: { value: "JSON|@FILE|-", help: "Channel -> first value of every run, as JSON, from a file, or from stdin." },
    decide: steering.decide,
    json: common.json,
  },
  notes: [
    "Each run has a store in memory of its own, so that no state and no cached result is left of the one before; handler processes stay",
    "warm. A run must complete: what asks needs its --decide. The deviation is the median of the distances from the median.",
  ].join("\n"),
  async run(given, io) {
    const graph = readGraph(firstOperand(given), io);
    printProblems(graph, io);
    if (!graph.valid) return exit.usage;
    const runs = readCount(given, "runs", 1, DEFAULT_RUNS);
    const warmUps = readCount(given, "warm-up", 0, DEFAULT_WARM_UPS);
    const decisions = readDecisions(given.values("decide"), graph.document.graph);
    const input = await readInput(given.value("input"), io);
    const measured = await measure({ graph, decisions, input }, warmUps, runs, io);
    if (measured === undefined) return exit.cancelled;
    const { times, supersteps, tally } = measured;
    const nodes = figuresOf(tally);
    const ms = spreadOf(times);
    if (given.has("json")) io.out(`${JSON.stringify({ graph: graph.given, runs, warmUps, supersteps, ms, nodes })}\n`);
    else io.out(`${graph.document.graph.title || graph.given}: ${spreadLine(ms, runs, supersteps)}\n\n${figuresTable(nodes)}`);
    return exit.ok;
  },
};

interface Subject {
  readonly graph: GraphFile;
  readonly decisions: Decisions;
  readonly input: JsonObject | undefined;
}

interface Measured {
  /** Milliseconds of each run. */
  readonly times: readonly number[];
  /** Of the last run. */
  readonly supersteps: number;
  readonly tally: RunTally;
}

/** Undefined when it was interrupted. Throws what a run fails with. */
async function measure(subject: Subject, warmUps: number, runs: number, io: CliIo): Promise<Measured | undefined> {
  const { graph } = subject;
  const plan = compiled(graph);
  const handlers = createHandlerHost({ entry: io.handlerEntry, workspace: graph.workspace });
  const stop = new Stopping(io);
  const times: number[] = [];
  const tally = new RunTally();
  let supersteps = 0;
  try {
    for (let n = 0; n < warmUps + runs; n += 1) {
      const session = begin(subject, plan, handlers);
      stop.session = session;
      const started = systemClock.monotonic();
      await complete(session, subject.decisions);
      const ms = systemClock.monotonic() - started;
      await session.dispose();
      if (stop.asked) return undefined;
      assertCompleted(session);
      ({ superstep: supersteps } = session.frontier);
      if (n < warmUps) continue;
      times.push(ms);
      tally.merge(session.tally);
    }
    return { times, supersteps, tally };
  } finally {
    stop.release();
    await handlers.dispose();
  }
}

function begin({ graph, input }: Subject, plan: RunGraph, handlers: HandlerHost): RunSession {
  const services = runServices(graph, new MemoryStore(), handlers);
  return RunSession.start(plan, { graph: graph.given, ...(input === undefined ? {} : { input }) }, services);
}

async function complete(session: RunSession, decisions: Decisions): Promise<void> {
  if (session.status === "completed") return;
  do await session.continue();
  while (answerQuestions(session, decisions));
}

function assertCompleted({ status, frontier }: RunSession): void {
  if (status === "completed") return;
  if (frontier.error !== undefined) throw thrownOf(frontier.error);
  const asked = frontier.questions.map(({ key }) => key).join(", ");
  throw new PatchbayError("USAGE", `The run waits for a decision of ${asked}. Give it with --decide KEY=ACTION.`);
}

/** An interrupt cancels the run that is measured, and ends the measuring; another one ends the process. */
class Stopping {
  session: RunSession | undefined;
  asked = false;
  readonly release: () => void;

  constructor(io: CliIo) {
    this.release = io.onInterrupt(() => {
      if (this.asked) io.kill(exit.cancelled);
      this.asked = true;
      void this.session?.stop();
    });
  }
}
