// Runs of one graph, taken up at any of their checkpoints under another.
import { Certifier, MemoryStore, RunSession, storedPlans, type Certificate, type TraceEvent } from "../../runtime/index.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, services, start, type Handlers } from "../unit/run/harness.js";

type Compiled = ReturnType<typeof compile>;

/** A graph with what its nodes do; those of the edited graph too. */
export interface Played {
  readonly handlers: Handlers;
  /** Question key -> action; "approve" where it is not here. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** How a run went from a checkpoint on. */
export interface Course {
  readonly status: string;
  /** Why it could not go on. */
  readonly blocked?: string;
  /** What happened, one line each, without times, numbers and names of checkpoints. */
  readonly story: readonly string[];
  /** Joins at which something waits at the end. */
  readonly waiting: readonly string[];
  /** Join -> what waits there. */
  readonly arrived: Readonly<Record<string, readonly string[]>>;
  readonly channels: object;
}

/** A stored run with each of its checkpoints. */
export class Recorded {
  readonly run = "r";
  readonly store = new MemoryStore();
  readonly before: Compiled;
  readonly #played: Played;

  private constructor(before: Compiled, played: Played) {
    this.before = before;
    this.#played = played;
  }

  /** Runs a graph, one superstep at a time, answering what it asks. */
  static async of(graph: ShortGraph, played: Played): Promise<Recorded> {
    const recorded = new Recorded(compile(graph), played);
    const { session } = start(graph, played.handlers, { run: recorded.run, store: recorded.store });
    await recorded.#drive(session);
    return recorded;
  }

  /** Checkpoints, oldest first. */
  get checkpoints(): readonly string[] {
    return this.store
      .list(this.run, { limit: 1000 })
      .map(({ id }) => id)
      .toReversed();
  }

  certify(after: Compiled): readonly Certificate[] {
    return new Certifier(this.store, storedPlans(this.store)).run(this.run, after.plan);
  }

  /** Goes on from a checkpoint under a graph, in a copy of the history. */
  async from(checkpoint: string, graph: Compiled): Promise<Course> {
    const store = copyOf(this.store, this.run);
    const session = RunSession.resume(this.run, graph, services(this.#played.handlers, { store }));
    session.restore(checkpoint);
    const since = session.trace.at(-1)?.seq ?? 0;
    if (session.blocked === undefined) await this.#drive(session);
    const events = store.trace(this.run, session.head).filter(({ seq }) => seq > since);
    const { code, message } = session.blocked ?? {};
    return {
      status: session.status,
      ...(code === undefined ? {} : { blocked: `${code}: ${message}` }),
      story: events.flatMap(lineOf),
      waiting: Object.keys(session.frontier.arrivals).toSorted(),
      arrived: session.frontier.arrivals,
      channels: session.channels,
    };
  }

  async #drive(session: RunSession): Promise<void> {
    for (let moves = 0; moves < 60 && session.blocked === undefined; moves += 1) {
      for (const { key } of session.openQuestions)
        session.decide(key, { action: this.#played.answers?.[key] ?? "approve", actor: "somebody" });
      if (session.status !== "paused") break;
      await session.step();
    }
  }
}

function copyOf(store: MemoryStore, run: string): MemoryStore {
  const copy = new MemoryStore();
  const stored = store.run(run);
  if (stored !== undefined) copy.createRun({ ...stored, head: null });
  const all = store.trace(run);
  let seq = 0;
  for (const { id, revision } of store.list(run, { limit: 1000 }).toReversed()) {
    const document = store.document(revision);
    if (document !== undefined) copy.saveDocument(revision, document.text, document.files);
    const checkpoint = store.load(id);
    copy.save(
      checkpoint,
      all.filter((event) => event.seq > seq && event.seq <= checkpoint.traceSeq),
    );
    seq = checkpoint.traceSeq;
  }
  return copy;
}

function lineOf(event: TraceEvent): readonly string[] {
  switch (event.type) {
    case "task-started":
    case "task-bypassed":
      return [`${event.superstep} ${event.node} ${event.task}`];
    case "task-failed":
      return [`${event.superstep} ${event.node} failed ${event.error.code}`];
    case "write":
      return [`${event.superstep} ${event.node} writes ${JSON.stringify(event.writes)}`];
    case "route-taken":
      return [`${event.superstep} ${event.node} -> ${event.to} by ${event.edge ?? event.why}`];
    case "question":
      return [`${event.superstep} ${event.key} asks ${event.prompt}`];
    case "decision":
      return [`${event.superstep} ${event.key} is ${event.action}`];
    case "run-finished":
      return [`${event.superstep} ${event.status}`];
    default:
      return [];
  }
}
