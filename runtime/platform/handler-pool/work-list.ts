import type { Assembler } from "../transfer/assembler.js";
import type { InspectorLink } from "./inspector.js";
import { type Job, nameOf } from "./job.js";

/** Milliseconds in which a process should take up a call; else it is blocked, and the call is better placed elsewhere. */
export const TAKEN_UP = 50;
/** Milliseconds in which a call is done that does not block its process. */
const QUICK = 5;
/** Calls that are sent ahead of an answer; enough to keep a process at work. */
const MOST_AHEAD = 64;

/** A call that was given to a process. */
export interface Work {
  readonly id: number;
  readonly job: Job;
  /** Its values are on their way; it is sent; the process has told that it has begun. */
  stage: "arriving" | "awaited" | "begun";
  sentAt: number;
  /** It does not stop, or has failed already: it must go. */
  condemned: boolean;
  cancelKill: () => void;
  /** The host's connection to the inspector, where the call is looked into. */
  link: InspectorLink | undefined;
  /** A large outcome, as far as it has come. */
  outcome: Assembler | undefined;
}

/** The calls that one process has, and how many more it should be given ahead of its answers. */
export class WorkList {
  readonly #works = new Map<number, Work>();
  readonly #ids = new Map<Job, number>();
  #lastId = 0;
  #awaited = 0;
  #exclusive = 0;
  #ahead = MOST_AHEAD;

  get size(): number {
    return this.#works.size;
  }

  /** Calls that want a process to themselves. */
  get exclusive(): number {
    return this.#exclusive;
  }

  /** Calls that were sent, and of which nothing was heard. */
  get awaited(): number {
    return this.#awaited;
  }

  /** One at a time after the process was blocked, and more and more again while calls are quick: what a blocked process holds is missed elsewhere. */
  get ahead(): number {
    return this.#ahead;
  }

  /** Whether there ever was a call. */
  get wasUsed(): boolean {
    return this.#lastId > 0;
  }

  [Symbol.iterator](): Iterator<Work> {
    return this.#works.values();
  }

  get(id: number): Work | undefined {
    return this.#works.get(id);
  }

  of(job: Job): Work | undefined {
    return this.#works.get(this.#ids.get(job) ?? 0);
  }

  add(job: Job): Work {
    this.#lastId += 1;
    const work: Work = {
      id: this.#lastId,
      job,
      stage: "arriving",
      sentAt: 0,
      condemned: false,
      cancelKill: () => {},
      outcome: undefined,
      link: undefined,
    };
    this.#works.set(work.id, work);
    this.#ids.set(job, work.id);
    if (job.call.exclusive === true) this.#exclusive += 1;
    return work;
  }

  sent(work: Work, now: number): void {
    work.stage = "awaited";
    work.sentAt = now;
    this.#awaited += 1;
  }

  begun(id: number): void {
    const work = this.#works.get(id);
    if (work?.stage !== "awaited") return;
    work.stage = "begun";
    this.#awaited -= 1;
  }

  /** Takes a call off that is done. */
  done(id: number, now: number): Work | undefined {
    const work = this.remove(id);
    if (work !== undefined && now - work.sentAt < QUICK) this.#ahead = Math.min(MOST_AHEAD, 2 * this.#ahead);
    return work;
  }

  /** Takes a call off that is not. */
  remove(id: number): Work | undefined {
    const work = this.#works.get(id);
    if (work === undefined) return undefined;
    this.begun(id);
    this.#works.delete(id);
    if (work.job.call.exclusive === true) this.#exclusive -= 1;
    this.#ids.delete(work.job);
    work.cancelKill();
    work.link?.close();
    return work;
  }

  /** Whether the process is late to take up a call. */
  isLate(now: number): boolean {
    for (const { stage, sentAt } of this) if (stage === "awaited" && now - sentAt >= TAKEN_UP) return true;
    return false;
  }

  /** The process was blocked; gives the calls to ask back from it. */
  blocked(): readonly number[] {
    this.#ahead = 1;
    return this.awaitedIds();
  }

  awaitedIds(): readonly number[] {
    return [...this].flatMap(({ id, stage }) => (stage === "awaited" ? [id] : []));
  }

  /** What is at work, as the subject of a sentence. */
  names(): string {
    const names = [...new Set([...this].map(({ job }) => nameOf(job.call)))];
    const [only = ""] = names;
    return names.length === 1 ? `${only.charAt(0).toUpperCase()}${only.slice(1)}` : `One of ${names.join(", ")}`;
  }
}
