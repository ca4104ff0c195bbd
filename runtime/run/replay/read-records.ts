// How records are read from a store, and what tells them from one another.
import type { Checkpoint, CheckpointSummary, Frontier, StoredResult } from "../../checkpoint/checkpoint.js";
import { sameJson } from "../../document/same-json.js";
import { PatchbayError } from "../../errors.js";
import { isGiven } from "../interventions.js";
import type { RecordStore } from "./recorded.js";

/** Checkpoints of a superstep that are asked for at once: mostly the newest has what is looked for. */
const AT_ONCE = 16;
/** A page of the list of all. */
const PAGE = 500;

/** Where a checkpoint stands in its run. */
export type Place = Pick<CheckpointSummary, "id" | "parent" | "superstep">;

/** Where a run stands, and what it has of that superstep. */
export function standingAt(store: RecordStore, head: string): ReadonlySet<string> {
  const standing = new Set<string>();
  for (let id: string | null = head; id !== null;) {
    const { frontier, parent }: Checkpoint = store.load(id);
    standing.add(id);
    id = frontier.open ? parent : null;
  }
  return standing;
}

/** A checkpoint; undefined for one that was deleted, or is damaged. */
export function read(store: RecordStore, id: string): Checkpoint | undefined {
  try {
    return store.load(id);
  } catch (error) {
    if (error instanceof PatchbayError && (error.code === "NOT_FOUND" || error.code === "CORRUPTED")) return undefined;
    throw error;
  }
}

/** The checkpoints of a run in a superstep, newest first, up to the one that was its newest. */
export function* idsIn(store: RecordStore, newest: CheckpointSummary, superstep: number): Generator<string> {
  if (newest.superstep === superstep) yield newest.id;
  for (let { id: after } = newest; ;) {
    const page = store.list(newest.run, { superstep, limit: AT_ONCE, after });
    for (const { id } of page) yield id;
    after = page.at(-1)?.id ?? after;
    if (page.length < AT_ONCE) return;
  }
}

/** Every checkpoint of a run, newest first, from the one that was its newest. */
export function* allUpTo(store: RecordStore, newest: CheckpointSummary): Generator<Place> {
  yield placeOf(newest);
  for (let { id: after } = newest; ;) {
    const page = store.list(newest.run, { limit: PAGE, after });
    for (const each of page) yield placeOf(each);
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) return;
  }
}

function placeOf({ id, parent, superstep }: CheckpointSummary): Place {
  return { id, parent, superstep };
}

/** A superstep that a person wrote is no task's. */
export function isPersons({ trigger, frontier }: Checkpoint, before: Checkpoint): boolean {
  if (trigger === "started" || trigger === "input") return true;
  return (trigger === "edited" && !frontier.open) || isGiven(frontier) || isGiven(before.frontier);
}

/** The items of a task that people have answered: their keys are `NODE/INDEX/…`, or `NODE#NUMBER/INDEX/…`. */
export function decidedItems({ decisions }: Frontier, task: string): ReadonlySet<number> {
  const prefix = `${task.slice(task.indexOf("/") + 1)}/`;
  const keys = Object.keys(decisions).filter((key) => key.startsWith(prefix));
  return new Set(keys.map((key) => Number.parseInt(key.slice(prefix.length), 10)));
}

/** What goes back to a default is stored as a write of that. */
export function isSame(open: StoredResult, other: StoredResult): boolean {
  const same = sameJson([open.action, open.goto, open.error], [other.action, other.goto, other.error]);
  return same && (open.cleared !== undefined || sameJson(open.writes, other.writes));
}

/** Another plan may have come into force after it was saved. */
export function revisionSince(store: RecordStore, { run, id, revision, traceSeq }: Checkpoint): string {
  const last = store.trace(run, id, 1).findLast((event) => event.type === "recompile" && event.seq > traceSeq);
  return last?.type === "recompile" ? last.revision : revision;
}
