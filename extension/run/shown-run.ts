import type { LiveEvent } from "../../runtime/trace/event.js";
import type { RunSession } from "../../runtime/run/session.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { GraphSession } from "./graph-session.js";
import type { InnerRuns, Inside } from "./inner-runs.js";
import type { RunArchive } from "./run-archive.js";

/** The run that one canvas shows: the one that its graph's session shows, or one inside a task of another graph's run. */
export class ShownRun implements Disposable {
  readonly #session: GraphSession;
  readonly #inner: Pick<InnerRuns, "of" | "onDidChange" | "questionAround">;
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter());
  readonly #traced = this.#held.add(new Emitter<LiveEvent>());
  #sequence = 0;
  /** The run inside a task that is listened to. */
  #heard: { readonly run: RunSession; readonly end: () => void } | undefined;

  /** The run shown, or its state, has changed. */
  readonly onDidChangeRun = this.#changed.event;
  /** An event of it, as it happens. */
  readonly onTrace = this.#traced.event;

  constructor(session: GraphSession, inner: Pick<InnerRuns, "of" | "onDidChange" | "questionAround">) {
    this.#session = session;
    this.#inner = inner;
    this.#held.add(session.onDidChangeRun(() => this.#moved()));
    this.#held.add(inner.onDidChange((key) => key === session.source.key && this.#moved()));
    this.#held.add(session.onTrace((event) => this.inside?.shown === undefined && this.#traced.fire(event)));
    this.#held.defer(() => this.#heard?.end());
    this.#listen();
  }

  /** What runs inside the node by which somebody came here. */
  get inside(): Inside | undefined {
    return this.#inner.of(this.#session.source.key);
  }

  get run(): RunSession | undefined {
    return this.inside?.shown?.session ?? this.#session.run;
  }

  get running(): boolean {
    return this.run?.status === "running";
  }

  /** Grows with each change. */
  get sequence(): number {
    return this.#session.sequence + this.#sequence;
  }

  /** Whose commands move the run shown. */
  get mover(): GraphSession {
    const { inside } = this;
    return inside?.shown === undefined ? this.#session : inside.root;
  }

  /** What is stored of it. */
  get archive(): RunArchive {
    return this.mover.archive;
  }

  /** What a question of it is called where it is answered; undefined: it is asked no more. */
  questionAround(question: string): string | undefined {
    return this.#inner.questionAround(this.#session.source.key, question);
  }

  /** Whether a question of it waits for an answer still: the run around may have it already. */
  isAsked(question: string): boolean {
    const { inside, mover } = this;
    const around = inside?.shown === undefined ? undefined : this.questionAround(question);
    return around === undefined || mover.run?.openQuestions.some(({ key }) => key === around) === true;
  }

  dispose(): void {
    this.#held.dispose();
  }

  #moved(): void {
    this.#sequence += 1;
    this.#listen();
    this.#changed.fire();
  }

  #listen(): void {
    const run = this.inside?.shown?.session;
    if (this.#heard?.run === run) return;
    this.#heard?.end();
    this.#heard = run === undefined ? undefined : { run, end: run.onTrace((event) => this.#traced.fire(event)) };
  }
}
