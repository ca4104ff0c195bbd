/** What is known of a process when a call is to be placed. */
export interface Candidate {
  /** Calls at work in it. */
  readonly atWork: number;
  /** Those among them that it has not told to have begun: it may be busy with something else. */
  readonly awaited: number;
  /** How many of those it may be given. */
  readonly ahead: number;
  /** Whether it takes calls: it is ready, and answers. */
  readonly accepts: boolean;
}

/** A call that has not begun counts as much as so many that have: behind it may be a blocked process. */
const UNCERTAIN = 2;
/** To send so many bytes counts as much as one call at work. */
const BYTES_A_CALL = 128 * 1024;

/**
 * The process for a call: the one with the least at work, where the values that it lacks count as work; the first of equals, so
 * that a run's calls, one after the other, stay where its values are. Undefined while none takes calls.
 */
export function choose<Process extends Candidate>(
  processes: readonly Process[],
  most: number,
  lacking: (candidate: Process) => number,
): Process | undefined {
  const able = processes.filter(({ accepts, atWork, awaited, ahead }) => accepts && atWork < most && awaited < ahead);
  if (able.length < 2) return able[0];
  let best: Process | undefined;
  let least = Infinity;
  for (const candidate of able) {
    const cost = candidate.atWork + UNCERTAIN * candidate.awaited + lacking(candidate) / BYTES_A_CALL;
    if (cost >= least) continue;
    best = candidate;
    least = cost;
  }
  return best;
}
