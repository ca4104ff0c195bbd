/** What one subject of a measurement does: sets itself up, does the work once, and answers with the measured value. */
export interface Subject {
  readonly once: () => number | Promise<number>;
  /** Rounds that are measured, at most. */
  readonly rounds: number;
  /** Rounds before that, which are thrown away. */
  readonly warmUp: number;
  /** Milliseconds after which no further round starts, once three were measured. */
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

/** Measures subjects in turn, one round each, so that what else the machine does hits all of them alike. */
export async function measure(subjects: readonly Subject[]): Promise<readonly Sample[]> {
  const contests = subjects.map((subject) => ({ subject, values: [] as number[], spent: 0, warm: 0 }));
  for (let going = true; going;) {
    going = false;
    for (const contest of contests) {
      const { subject, values } = contest;
      if (values.length >= subject.rounds || (contest.spent > subject.budgetMs && values.length >= FEWEST_ROUNDS)) continue;
      going = true;
      const started = performance.now();
      const value = await subject.once();
      if (contest.warm < subject.warmUp) contest.warm += 1;
      else values.push(value);
      contest.spent += performance.now() - started;
    }
  }
  return contests.map(({ values }) => sampleOf(values));
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
