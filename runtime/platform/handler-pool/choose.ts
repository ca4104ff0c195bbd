/** What is known of a process when a call is to be placed. */
export interface Candidate {
  /** Calls at work in it. */
  readonly atWork: number;
  /** Those among them that it has not told to have begun: it may be busy with something else. */
  readonly awaited: number;
  /** Calls among those at work that keep a processor busy. */
  readonly exclusive: number;
  /** How many of those it may be given. */
  readonly ahead: number;
  /** Whether it takes calls: it is ready, and answers. */
  readonly accepts: boolean;
}

/** A call that has not begun counts as much as so many that have: behind it may be a blocked process. */
const UNCERTAIN = 2;
/** A call that keeps the processor busy holds up what comes to its process. */
const BUSY = 16;
/** To send so many bytes counts as much as one call at work. */
const BYTES_A_CALL = 128 * 1024;

/**
 * The process for a call: the one with the least at work, where the values that it lacks count as work; the first of equals, so
 * that a run's calls, one after the other, stay where its values are. An `exclusive` call goes where no other such call is. Undefined
 * while none takes calls.
 */
export function choose<Process extends Candidate>(
  processes: readonly Process[],
  most: number,
  lacking: (candidate: Process) => number,
  exclusive = false,
): Process | undefined {
  const able = processes.filter(
    (each) => each.accepts && each.atWork < most && each.awaited < each.ahead && !(exclusive && each.exclusive > 0),
  );
  if (able.length < 2) return able[0];
  let best: Process | undefined;
  let least = Infinity;
  for (const candidate of able) {
    const cost = candidate.atWork + UNCERTAIN * candidate.awaited + BUSY * candidate.exclusive + lacking(candidate) / BYTES_A_CALL;
    if (cost >= least) continue;
    best = candidate;
    least = cost;
  }
  return best;
}
