// Runs inside tasks, as the canvas of their own graph shows them.
//
// 1. Who comes to a graph from a node that runs it sees what runs inside that node, as long as no run of the graph's own is begun or chosen.
// 2. What is shown follows the run around it: the newest task of the node, of several items the first, unless one is chosen.
// 3. They are looked at alone; what moves them is the outermost run.
import type { CheckpointStore, StoredRun } from "../../runtime/checkpoint/store.js";
import { superstepOf, type Frontier } from "../../runtime/checkpoint/checkpoint.js";
import type { NodeId } from "../../runtime/model/ids.js";
import type { RunSession } from "../../runtime/run/session.js";
import { quietly } from "../inspector/task-facts.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter, type Event } from "../emitter.js";
import type { GraphSession } from "./graph-session.js";

/** The node of another graph by which somebody came. */
export interface Entered {
  /** Key of the graph around. */
  readonly outer: string;
  readonly node: NodeId;
}

/** A run inside a task. */
export interface InnerRun {
  readonly run: string;
  readonly superstep: number;
  /** Which of several runs in the task: the number of its item. */
  readonly slot: string | undefined;
}

/** What runs inside the node by which somebody came to a graph. */
export interface Inside {
  readonly all: readonly InnerRun[];
  /** The one that is shown; undefined: the graph's own run is. */
  readonly shown: (InnerRun & { readonly session: RunSession }) | undefined;
  /** The session of the outermost run around. */
  readonly root: GraphSession;
}

/** The sessions of open graphs; `GraphSessions` fits. */
export interface OpenSessions {
  readonly all: readonly GraphSession[];
  readonly onDidChange: Event<GraphSession>;
  readonly onDidClose: Event<GraphSession>;
}

interface Place extends Entered {
  /** The run of the graph's own that was there already. */
  readonly own: string | undefined;
  /** The one that was chosen; null: the own. */
  readonly chosen?: string | null;
}

interface Listed {
  readonly run: string;
  readonly frontier: Frontier;
  readonly all: readonly InnerRun[];
}

/** The runs inside tasks that canvases show, by the keys of their graphs. */
export class InnerRuns implements Disposable {
  readonly #sessions: OpenSessions;
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter<string>());
  readonly #places = new Map<string, Place>();
  readonly #listed = new Map<string, Listed>();
  /** Stored runs that are looked at. */
  readonly #read = new Map<string, RunSession>();

  /** What is shown of a graph has changed, or may have. */
  readonly onDidChange = this.#changed.event;

  constructor(sessions: OpenSessions) {
    this.#sessions = sessions;
    this.#held.add(sessions.onDidChange((session) => this.#moved(session)));
    this.#held.add(sessions.onDidClose(({ source }) => this.#letGo(source.key)));
  }

  /** Somebody comes to a graph from a node that runs it. A graph inside itself shows its own run. */
  enter(key: string, entered: Entered): void {
    this.#forget(key);
    if (!this.#around(entered.outer).includes(key)) this.#places.set(key, { ...entered, own: this.#session(key)?.run?.id });
    this.#changed.fire(key);
  }

  /** Shows one of the runs inside; null: the graph's own. */
  choose(key: string, run: string | null): void {
    const place = this.#places.get(key);
    if (place === undefined) return;
    this.#places.set(key, { ...place, chosen: run });
    this.#changed.fire(key);
  }

  /** What runs inside the node by which somebody came; undefined: nothing, or nobody came so. */
  of(key: string): Inside | undefined {
    const place = this.#places.get(key);
    const root = this.#root(key);
    const around = place === undefined ? undefined : this.run(place.outer);
    if (place === undefined || around === undefined || root === undefined) return undefined;
    const all = quietly(() => this.#list(key, place, around, root.archive.store())) ?? [];
    if (all.length === 0) return undefined;
    const wanted = place.chosen === null ? undefined : (all.find(({ run }) => run === place.chosen) ?? usual(all));
    const session = wanted === undefined ? undefined : this.#open(key, wanted.run, around, root);
    return { all, root, shown: wanted === undefined || session === undefined ? undefined : { ...wanted, session } };
  }

  /** The run that the canvas of a graph shows. */
  run(key: string): RunSession | undefined {
    return this.of(key)?.shown?.session ?? this.#session(key)?.run;
  }

  /** What a question of the run shown is called in the outermost run. */
  questionAround(key: string, question: string): string | undefined {
    const place = this.#places.get(key);
    const shown = this.of(key)?.shown;
    if (place === undefined || shown === undefined) return question;
    const asked = this.run(place.outer)?.frontier.questions.find(({ inner }) => inner?.run === shown.run && inner.key === question);
    return asked === undefined ? undefined : this.questionAround(place.outer, asked.key);
  }

  dispose(): void {
    for (const key of this.#places.keys()) this.#forget(key);
    this.#held.dispose();
  }

  /** The graphs around one, itself first. */
  #around(key: string): readonly string[] {
    const outer = this.#places.get(key)?.outer;
    return outer === undefined ? [key] : [key, ...this.#around(outer)];
  }

  #root(key: string): GraphSession | undefined {
    return this.#session(this.#around(key).at(-1) ?? key);
  }

  #session(key: string): GraphSession | undefined {
    return this.#sessions.all.find(({ source }) => source.key === key);
  }

  #moved(session: GraphSession): void {
    const { key } = session.source;
    const place = this.#places.get(key);
    if (place !== undefined && session.running && session.run?.id !== place.own) this.#forget(key); // invariant 1
    for (const inner of this.#places.keys()) if (this.#around(inner).includes(key)) this.#changed.fire(inner);
  }

  #list(key: string, { node }: Place, { id, frontier }: RunSession, store: CheckpointStore): readonly InnerRun[] {
    const known = this.#listed.get(key);
    if (known?.run === id && known.frontier === frontier) return known.all;
    const now = superstepOf(frontier);
    const all = innerRunsOf(store.nested(id), node).filter(({ superstep }) => superstep <= now);
    this.#listed.set(key, { run: id, frontier, all });
    return all;
  }

  #open(key: string, run: string, around: RunSession, { archive }: GraphSession): RunSession | undefined {
    const live = [...around.inside].find((inside) => inside.run.id === run)?.run;
    if (live !== undefined) return live;
    const read = this.#read.get(key);
    return quietly(() => {
      const store = archive.store();
      if (read?.id === run && store.run(run)?.head === read.head) return read;
      void read?.dispose();
      this.#read.delete(key);
      const session = this.#session(key)?.look(run, store);
      if (session !== undefined) this.#read.set(key, session);
      return session;
    });
  }

  #forget(key: string): void {
    this.#places.delete(key);
    this.#letGo(key);
  }

  /** Nobody looks at what was read. */
  #letGo(key: string): void {
    this.#listed.delete(key);
    void this.#read.get(key)?.dispose();
    this.#read.delete(key);
  }
}

/** The runs inside the tasks of a node, in the order of supersteps and items; of those that began anew the last one. */
function innerRunsOf(nested: readonly StoredRun[], node: NodeId): readonly InnerRun[] {
  const found = new Map<string, InnerRun>();
  for (const { id, parent } of nested) {
    const [, superstep, of] = /^(\d+)\/([^#]+)/.exec(parent?.task ?? "") ?? [];
    if (parent === undefined || of !== node) continue;
    found.set(`${parent.task} ${parent.slot ?? ""}`, { run: id, superstep: Number(superstep), slot: parent.slot });
  }
  return [...found.values()].toSorted((a, b) => a.superstep - b.superstep || Number(a.slot ?? 0) - Number(b.slot ?? 0));
}

/** Invariant 2. */
function usual(all: readonly InnerRun[]): InnerRun | undefined {
  const newest = all.at(-1)?.superstep;
  return all.find(({ superstep }) => superstep === newest);
}
