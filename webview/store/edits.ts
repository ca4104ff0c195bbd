// The queue of edits that the document does not show yet. Pure.
//
// Invariants:
// 1. At most one edit is on its way; the next goes when that one was answered, against the newest revision known.
// 2. An answered edit leaves when the document of its revision, or a later one, has arrived: the echo.
// 3. A refused edit takes the ones behind it along: they were made on a graph that never was.
import type { Intent } from "../../runtime/document/intent.js";

/** A batch of intents between the hand and the document. */
export interface PendingEdit {
  readonly key: number;
  readonly intents: readonly Intent[];
  readonly stage: "queued" | "sent" | "answered";
  /** The document revision that has the edit, once answered. */
  readonly revision?: number;
}

/** Edits in the order they were made. */
export interface EditQueue {
  readonly pending: readonly PendingEdit[];
  readonly nextKey: number;
  /** The newest revision known, from the document or from an answer. */
  readonly newest: number;
}

/** A queue with nothing in it. */
export const noEdits: EditQueue = { pending: [], nextKey: 1, newest: 0 };

/** Adds an edit at the end. */
export function enqueue(queue: EditQueue, intents: readonly Intent[]): EditQueue {
  const edit: PendingEdit = { key: queue.nextKey, intents, stage: "queued" };
  return { ...queue, nextKey: queue.nextKey + 1, pending: [...queue.pending, edit] };
}

/** The edit to send now, if any (invariant 1). */
export function nextToSend(queue: EditQueue): PendingEdit | undefined {
  if (queue.pending.some((edit) => edit.stage === "sent")) return undefined;
  return queue.pending.find((edit) => edit.stage === "queued");
}

/** Notes that an edit is on its way. */
export function markSent(queue: EditQueue, key: number): EditQueue {
  return { ...queue, pending: queue.pending.map((edit) => (edit.key === key ? { ...edit, stage: "sent" } : edit)) };
}

/** Notes that the host made `revision` of the edit; `shown` is the revision of the document that the webview has. */
export function markAnswered(queue: EditQueue, key: number, revision: number, shown: number): EditQueue {
  const pending = queue.pending.map((edit) => (edit.key === key ? { ...edit, stage: "answered" as const, revision } : edit));
  return arrived({ ...queue, pending, newest: Math.max(queue.newest, revision) }, shown);
}

/** Drops a refused edit and all behind it (invariant 3). */
export function dropFrom(queue: EditQueue, key: number): EditQueue {
  return { ...queue, pending: queue.pending.filter((edit) => edit.key < key) };
}

/** Drops the edits that the document of `revision` has (invariant 2). */
export function arrived(queue: EditQueue, revision: number): EditQueue {
  const pending = queue.pending.filter((edit) => edit.revision === undefined || edit.revision > revision);
  return { ...queue, pending, newest: Math.max(queue.newest, revision) };
}
