// Whether it is worth while to save now what was done since the last checkpoint: the rule of the adaptive policy. Pure.
//
// 1. An interruption is as likely in one millisecond of a run as in another. What it costs is the work since the last checkpoint,
//    half of it on average over a stretch that is as long as this one: a save pays when that outweighs it.
// 2. What may have changed something outside is saved before anything else: no figure says what it costs to do it twice.

/** What was done since the last checkpoint. */
export interface Unsaved {
  /** Milliseconds that the run took for it. */
  readonly elapsedMs: number;
  /** Milliseconds of work of its tasks, which may have been at work side by side. */
  readonly workMs: number;
  /** Tokens that its tasks emitted. */
  readonly tokens: number;
  /** The first node of those whose tasks may have had an effect outside. */
  readonly effect?: string;
  /** Bytes of what it wrote, roughly. */
  readonly bytes: number;
}

/** The last writes of checkpoints of this run, in sum. */
export interface MeasuredWrites {
  readonly count: number;
  readonly ms: number;
  readonly bytes: number;
}

/** What was decided, and why. */
export interface Worth {
  readonly save: boolean;
  /** For people: the figures that it was decided by. */
  readonly reason: string;
}

/** How long a run goes on, in milliseconds, before it is interrupted, on average: an hour of a machine that people work at. */
const MEAN_TIME_TO_INTERRUPTION_MS = 3_600_000;
/** What it costs to have a token made again, in milliseconds: about the time that a model takes for one. */
export const TOKEN_MS = 20;

/** Decides by figures alone. */
export function worthOfSaving(unsaved: Unsaved, writes: MeasuredWrites): Worth {
  if (unsaved.effect !== undefined) return { save: true, reason: `a task of "${unsaved.effect}" may have had an effect outside` }; // invariant 2
  const redo = redoMs(unsaved);
  const write = writeMs(unsaved.bytes, writes);
  return { save: redo > write, reason: `to redo it costs ${shown(redo)}, to write it ${shown(write)}` };
}

/** What not saving costs, in milliseconds: how likely an interruption is, times what it loses (invariant 1). */
function redoMs({ elapsedMs, workMs, tokens }: Unsaved): number {
  const lost = workMs + tokens * TOKEN_MS;
  const exposed = Math.max(elapsedMs, lost);
  return ((exposed / MEAN_TIME_TO_INTERRUPTION_MS) * lost) / 2;
}

/** What the next write costs, in milliseconds: as much as one did of late, and more where it is larger than those were. */
function writeMs(bytes: number, writes: MeasuredWrites): number {
  if (writes.count === 0) return 0;
  const mean = writes.ms / writes.count;
  const size = writes.bytes / writes.count;
  return size === 0 ? mean : mean * Math.max(1, bytes / size);
}

function shown(ms: number): string {
  return `${ms.toPrecision(2)} ms`;
}
