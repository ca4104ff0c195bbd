import type { Clock } from "../../runtime/ports.js";

/** Something that takes longer holds back nothing any more. */
const LONGEST_MS = 100;

/** Holds what has changed back while something is under way, and delivers each once when that has ended. */
export class HeldBack<Part> {
  readonly #clock: Pick<Clock, "after">;
  readonly #deliver: (part: Part) => void;
  readonly #parts = new Set<Part>();
  #underWay = 0;

  constructor(clock: Pick<Clock, "after">, deliver: (part: Part) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  /** Something has begun; the returned function ends it, and does nothing when it took too long. */
  begin(): () => void {
    let ended = false;
    this.#underWay += 1;
    const end = (): void => {
      if (ended) return;
      ended = true;
      cancel();
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#flush();
    };
    const cancel = this.#clock.after(LONGEST_MS, end);
    return end;
  }

  /** Delivers a part now, or when nothing is under way. */
  deliver(part: Part): void {
    if (this.#underWay === 0) this.#deliver(part);
    else this.#parts.add(part);
  }

  #flush(): void {
    const parts = [...this.#parts];
    this.#parts.clear();
    for (const part of parts) this.#deliver(part);
  }
}
