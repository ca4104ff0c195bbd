// Runs of one graph, taken up at any of their checkpoints under another.
import { Certifier, cloneRun, MemoryStore, RunSession, storedPlans, type Certificate, type TraceEvent } from "../../runtime/index.js";
import type { StoredFiles } from "../../runtime/model/file-version.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, offer, services, type Given, type Handlers } from "../unit/run/harness.js";

type Compiled = ReturnType<typeof compile>;

/** Only to end what does not. */
const MOST_MOVES = 60;

/** What a graph's nodes run, and what is answered to what they ask. */
export interface Run {
  readonly handlers: Handlers;
  readonly reducers?: NonNullable<Given["reducers"]>;
  /** The graphs inside nodes, by path. */
  readonly graphs?: NonNullable<Given["graphs"]>;
  /** The versions of files, by path; of none where this is absent. */
  readonly files?: StoredFiles;
  /** Question key -> action; "approve" where it is not here. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** A graph with what its nodes do; those of the edited graph too. */
export interface Played extends Run {
  /** What is another for the edited graph. */
  readonly edited?: Partial<Run>;
  /** What a person does to the run, while it is recorded, before each of its steps. */
  readonly meanwhile?: (session: RunSession) => void;
}

/** What is played with the edited graph. */
export function playedAfter({ edited = {}, ...played }: Played): Played {
  return { ...played, ...edited };
}

/** A graph with the files of which a version is known. */
export function compilePlayed(graph: ShortGraph, { files = {} }: Run): Compiled {
  return compile(graph, (path) => files[path]);
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

  private constructor(graph: ShortGraph, played: Played) {
    this.before = compilePlayed(graph, played);
    this.#played = played;
  }

  /** Runs a graph, one superstep at a time, answering what it asks. */
  static async of(graph: ShortGraph, played: Played): Promise<Recorded> {
    const recorded = new Recorded(graph, played);
    const { before, run, store } = recorded;
    const session = RunSession.start(before, { graph: "test", run }, services(played.handlers, { ...played, store }));
    await drive(session, played, played.meanwhile);
    return recorded;
  }

  /** Checkpoints, oldest first. */
  get checkpoints(): readonly string[] {
    return this.store
      .list(this.run, { limit: 1000 })
      .map(({ id }) => id)
      .toReversed();
  }

  certify(after: Compiled, played = this.#played): readonly Certificate[] {
    const { graphs } = services(played.handlers, played);
    return new Certifier(this.store, storedPlans(this.store)).run(this.run, after.plan, graphs);
  }

  /** Goes on from a checkpoint under a graph, in a copy of the history. `passing`: a graph that is in force for a moment before. */
  async from(checkpoint: string, graph: Compiled, played = this.#played, passing?: Compiled): Promise<Course> {
    const { store } = this;
    const given = services(played.handlers, { ...played, store });
    const run = cloneRun(checkpoint, given);
    const session = RunSession.resume(run, passing ?? graph, given);
    if (passing !== undefined) offer(session, graph);
    const known = new Map([run, ...store.nested(run).map(({ id }) => id)].map((id) => [id, store.lastSeq(id)]));
    if (session.status === "failed" && session.blocked === undefined) await session.step(); // tried again
    await drive(session, played);
    const linesOf = (id: string) => store.trace(id).flatMap((event) => (event.seq > (known.get(id) ?? 0) ? lineOf(event) : []));
    const inside = store.nested(run).flatMap(({ id }) => linesOf(id).map((line) => `inside ${line}`));
    const { code, message } = session.blocked ?? {};
    return {
      status: session.status,
      ...(code === undefined ? {} : { blocked: `${code}: ${message}` }),
      story: [...linesOf(run), ...inside],
      waiting: Object.keys(session.frontier.arrivals).toSorted(),
      arrived: session.frontier.arrivals,
      channels: session.channels,
    };
  }
}

async function drive(session: RunSession, { answers = {} }: Run, meanwhile?: (session: RunSession) => void): Promise<void> {
  for (let moves = 0; moves < MOST_MOVES && session.blocked === undefined; moves += 1) {
    meanwhile?.(session);
    for (const { key } of session.openQuestions) session.decide(key, { action: answers[key] ?? "approve", actor: "somebody" });
    if (session.status !== "paused") break;
    await session.step();
  }
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
