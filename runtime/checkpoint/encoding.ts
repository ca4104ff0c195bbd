import { PatchbayError } from "../errors.js";
import { checkpointShape, resultShape } from "./stored-shapes.js";
import { superstepOf, type Checkpoint, type CheckpointSummary, type PendingResult } from "./checkpoint.js";

/** The text a store keeps of a checkpoint. Every store goes through it, so that none returns what another would lose. */
export function encodeCheckpoint(checkpoint: Checkpoint): string {
  assertRooted(checkpoint);
  return JSON.stringify(checkpoint);
}

/** Throws `STORE` for a checkpoint that could not be rebuilt. */
export function assertRooted(checkpoint: Checkpoint): void {
  if (checkpoint.parent !== null || isBase(checkpoint)) return;
  throw new PatchbayError("STORE", `Checkpoint ${checkpoint.id} is a delta without a parent.`, { checkpoint: checkpoint.id });
}

/** The checkpoint of a text that `encodeCheckpoint` made. Throws `CORRUPTED`, naming the checkpoint, for a text that it cannot have made. */
export function decodeCheckpoint(id: string, body: string): Checkpoint {
  const stored = decodeStored(id, body);
  if (!checkpointShape(stored)) throw corrupted(id, "is not a checkpoint");
  return stored as Checkpoint;
}

/** As `decodeCheckpoint`, of a result that was kept at a checkpoint. */
export function decodeResult(checkpoint: string, body: string): PendingResult {
  const stored = decodeStored(checkpoint, body);
  if (!resultShape(stored)) throw corrupted(checkpoint, "has a result of a task that is none");
  return stored as PendingResult;
}

/** Any stored JSON that belongs to a checkpoint. Throws `CORRUPTED`, naming the checkpoint. */
export function decodeStored(id: string, body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw corrupted(id, "is not readable", cause);
  }
}

/** The error for a checkpoint whose stored bytes are not what was saved. */
export function corrupted(id: string, what: string, cause?: unknown): PatchbayError {
  return new PatchbayError("CORRUPTED", `Checkpoint ${id} ${what}.`, { checkpoint: id }, cause);
}

/** Whether it holds channel values whole, so that rebuilding them needs no parent. */
export function isBase(checkpoint: Checkpoint): boolean {
  return checkpoint.channels.base !== undefined;
}

/** What lists show of a checkpoint that takes `bytes` in the store. */
export function summarize(checkpoint: Checkpoint, bytes: number): CheckpointSummary {
  const { id, run, parent, trigger, at, revision, traceSeq, frontier } = checkpoint;
  const due = frontier.due.map((task) => task.node);
  return {
    id,
    run,
    parent,
    trigger,
    at,
    revision,
    superstep: superstepOf(frontier),
    status: frontier.status,
    due,
    questions: frontier.questions.length,
    bytes,
    traceSeq,
  };
}
