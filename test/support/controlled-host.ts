import type { Clock, HandlerCall, HandlerEvents, HandlerHost, HandlerOutcome } from "../../runtime/index.js";

/** What a call is answered with; `nth` counts the calls of one task from 1. Told when the call ends, not when it begins. */
export type Answering = (call: HandlerCall, nth: number, events: HandlerEvents) => HandlerOutcome;

/** Handlers and time that do nothing by themselves: whoever holds them says which call ends or which timer fires next. */
export class ControlledHost implements HandlerHost, Clock {
  readonly #answer: Answering;
  readonly #calls = new Map<string, number>();
  #waiting: (() => void)[] = [];

  constructor(answer: Answering) {
    this.#answer = answer;
  }

  call(call: HandlerCall, events: HandlerEvents): Promise<HandlerOutcome> {
    const nth = (this.#calls.get(call.taskId) ?? 0) + 1;
    this.#calls.set(call.taskId, nth);
    return new Promise((resolve) => this.#waiting.push(() => resolve(this.#answer(call, nth, events))));
  }

  async dispose(): Promise<void> {}

  /** Time stands. */
  now(): number {
    return 1_700_000_000_000;
  }

  monotonic(): number {
    return 0;
  }

  after(_ms: number, callback: () => void): () => void {
    const fire = (): void => callback();
    this.#waiting.push(fire);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== fire);
    };
  }

  async rest(): Promise<void> {}

  /** Works until the promise is settled; `choose` picks among so many that wait. */
  async until(done: Promise<void>, choose: (waiting: number) => number): Promise<void> {
    let over = false;
    const ended = done.finally(() => (over = true));
    ended.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (over) return ended;
      const [next] = this.#waiting.splice(choose(this.#waiting.length), 1);
      if (next === undefined) throw new Error("Nothing is at work, and the run does not end.");
      next();
    }
  }
}
