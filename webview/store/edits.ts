// The queue of edits that the document does not show yet. Pure.
//
// Invariants:
// 1. What is made is on its way at once: an editor may be hidden, and this queue with it, at any moment.
// 2. An answered edit leaves when the document of its revision, or a later one, has arrived: the echo.
// 3. A refused edit takes the ones behind it along: they were made on a graph that never was. All of them are of one chain, of which the
//    host makes no more either; what is made from then on is of the next.
import type { Intent } from "../../runtime/document/intent.js";

/** A batch of intents between the hand and the document. */
export interface PendingEdit {
  readonly key: number;
  readonly intents: readonly Intent[];
  /** The document revision that has the edit, once answered. */
  readonly revision?: number;
}

/** Edits in the order they were made. */
export interface EditQueue {
  readonly pending: readonly PendingEdit[];
  readonly nextKey: number;
  /** The newest revision known, from the document or from an answer. */
  readonly newest: number;
  /** The chain that edits are of now. */
  readonly chain: number;
}

/** A queue with nothing in it; `chain` is one that no canvas before it has used. */
export function noEdits(chain: number): EditQueue {
  return { pending: [], nextKey: 1, newest: 0, chain };
}

/** Adds an edit at the end; its key is `queue.nextKey`. */
export function enqueue(queue: EditQueue, intents: readonly Intent[]): EditQueue {
  const edit: PendingEdit = { key: queue.nextKey, intents };
  return { ...queue, nextKey: queue.nextKey + 1, pending: [...queue.pending, edit] };
}

/** Notes that the host made `revision` of the edit; `shown` is the revision of the document that the webview has. */
export function markAnswered(queue: EditQueue, key: number, revision: number, shown: number): EditQueue {
  const pending = queue.pending.map((edit) => (edit.key === key ? { ...edit, revision } : edit));
  return arrived({ ...queue, pending, newest: Math.max(queue.newest, revision) }, shown);
}

/** Drops a refused edit and all behind it (invariant 3); undefined where one before it took it along. */
export function dropFrom(queue: EditQueue, key: number): EditQueue | undefined {
  if (!queue.pending.some((edit) => edit.key === key)) return undefined;
  return { ...queue, chain: queue.chain + 1, pending: queue.pending.filter((edit) => edit.key < key) };
}

/** Drops the edits that the document of `revision` has (invariant 2). */
export function arrived(queue: EditQueue, revision: number): EditQueue {
  const pending = queue.pending.filter((edit) => edit.revision === undefined || edit.revision > revision);
  return { ...queue, pending, newest: Math.max(queue.newest, revision) };
}
