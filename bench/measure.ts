/** What one subject of a measurement does: sets itself up, does the work once, and answers with the measured value. */
export interface Subject {
  readonly once: () => number | Promise<number>;
  /** Turns that are measured, at most. */
  readonly rounds: number;
  /** Turns before that, which are thrown away. */
  readonly warmUp: number;
  /** Milliseconds after which no further turn begins, once three were measured. */
  readonly budgetMs: number;
}

/** The distribution of the measured values. */
export interface Sample {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly rounds: number;
}

const FEWEST_ROUNDS = 3;

/** A turn is never longer than this, but for one repetition that is. */
const LONGEST_TURN_MS = 1000;

interface Contest {
  readonly subject: Subject;
  readonly values: number[];
  spent: number;
  warm: number;
}

/**
 * Measures subjects in turn, so that what else the machine does hits all of them alike. All have as long a turn as the slowest needs for
 * one repetition: beside a slow subject the compiled code of a quick one is thrown away while it waits, and one repetition alone would
 * measure the compiler. The value of a turn is the median of its repetitions.
 */
export async function measure(subjects: readonly Subject[]): Promise<readonly Sample[]> {
  const contests: readonly Contest[] = subjects.map((subject) => ({ subject, values: [], spent: 0, warm: 0 }));
  let turnMs = 0;
  for (let going = true; going;) {
    going = false;
    let slowest = 0;
    for (const contest of contests) {
      const { subject, values } = contest;
      if (values.length >= subject.rounds || (contest.spent > subject.budgetMs && values.length >= FEWEST_ROUNDS)) continue;
      going = true;
      const turn = await takeTurn(subject, turnMs);
      if (contest.warm < subject.warmUp) contest.warm += 1;
      else values.push(sampleOf(turn.values).median);
      contest.spent += turn.ms;
      slowest = Math.max(slowest, turn.ms / turn.values.length);
    }
    turnMs = Math.min(slowest, LONGEST_TURN_MS);
  }
  return contests.map(({ values }) => sampleOf(values));
}

async function takeTurn({ once }: Subject, atLeastMs: number): Promise<{ readonly values: readonly number[]; readonly ms: number }> {
  const values: number[] = [];
  const started = performance.now();
  let ms: number;
  do {
    values.push(await once());
    ms = performance.now() - started;
  } while (ms < atLeastMs);
  return { values, ms };
}

/** Milliseconds that the work takes. */
export async function elapsed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Milliseconds that synchronous work takes; no turn of the event loop is in it. */
export function elapsedSync(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** The distribution of some values. */
export function sampleOf(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), p10: at(0.1), p90: at(0.9), rounds: sorted.length };
}

/** Refuses a run that did not do its work: a fast failure is no figure. */
export function expectCount(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`${what}: counted ${actual} instead of ${expected}; the figure would be of something else.`);
}
