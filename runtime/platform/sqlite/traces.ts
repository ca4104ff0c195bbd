import { unspillEvent } from "../../checkpoint/spill.js";
import type { TraceEntry } from "../../checkpoint/store.js";
import type { JsonValue } from "../../model/json.js";
import type { TraceEvent } from "../../trace/event.js";
import type { Blobs } from "./blobs.js";
import { eventsIn } from "./stored-events.js";
import type { Pages, Place } from "./pages.js";
import { integer, integerOrNull, text, type Row } from "./rows.js";
import type { Statements } from "./statements.js";

/** What a trace event holds in place of a large value whose checkpoint was pruned. */
const PRUNED: JsonValue = { "@pruned": true };

/** Reads traces: the events of pages and those that came without a checkpoint. What is damaged is left out; `verify` names it. */
export class Traces {
  readonly #sql: Statements;
  readonly #pages: Pages;
  readonly #blobs: Blobs;

  constructor(sql: Statements, pages: Pages, blobs: Blobs) {
    this.#sql = sql;
    this.#pages = pages;
    this.#blobs = blobs;
  }

  /** Every event of a run, oldest first. */
  all(run: number): readonly TraceEvent[] {
    const found = this.#sql.pagesOf.all(run).flatMap((row) => this.#eventsOf(integer(row, "no")));
    for (const row of this.#sql.notes.all(run, 0)) found.push(...this.#noted(row));
    return found.sort(bySeq);
  }

  /** The events of a run that led to a checkpoint, oldest first; with `last`, at least so many of the newest, if there are. */
  lineage(run: number, checkpoint: number, last = Number.POSITIVE_INFINITY): readonly TraceEvent[] {
    /** Page -> the last slot of the lineage in it. */
    const bounds = new Map<number, number>();
    const chunks: (readonly TraceEvent[])[] = [];
    let count = 0;
    let first = 0;
    let at: number | null = checkpoint;
    while (at !== null && count < last) {
      const place: Row | undefined = this.#sql.placeOf.get(at);
      if (place === undefined) break;
      const page: number = integer(place, "page");
      const slot: number = integer(place, "slot");
      bounds.set(page, slot);
      const owner: Row | undefined = this.#sql.pageParent.get(page);
      const before: number | null = owner === undefined ? null : integerOrNull(owner, "parent");
      at = before !== null && before < at ? before : null; // a parent is older, unless the store is damaged
      if (owner?.["run"] !== run) continue;
      const events = this.#eventsOf(page, slot, last - count);
      chunks.push(events);
      count += events.length;
      first = events[0]?.seq ?? first;
    }
    const found = chunks.reverse().flat();
    for (const row of this.#sql.notes.all(run, count < last ? 0 : first)) {
      if ((bounds.get(integer(row, "page")) ?? -1) >= integer(row, "slot")) found.push(...this.#noted(row));
    }
    return found.sort(bySeq);
  }

  /** The events of a run after a number, oldest first, each with its checkpoint; at most so many. */
  entries(run: number, after: number, limit: number): readonly TraceEntry[] {
    const found: TraceEntry[] = [];
    for (const row of this.#sql.pagesAfter.all(run, after)) {
      if (found.length >= limit) break; // a later page has later events
      const ids = new Map(this.#sql.idsOf.all(integer(row, "no")).map((each) => [integer(each, "slot"), text(each, "id")]));
      for (const [slot, record] of this.#pages.records(integer(row, "no")).entries()) {
        for (const event of eventsIn(record?.events))
          if (event.seq > after) found.push({ checkpoint: ids.get(slot) ?? "", event: this.#whole(event) });
      }
    }
    const until = found.length < limit ? Number.MAX_SAFE_INTEGER : (found.at(-1)?.event.seq ?? 0);
    for (const row of this.#sql.notesAfter.all(run, after, until, limit))
      for (const event of this.#noted(row)) found.push({ checkpoint: text(row, "id"), event });
    return found.sort((a, b) => a.event.seq - b.event.seq).slice(0, limit);
  }

  /** The events that came with one record. */
  savedAt(place: Place): readonly TraceEvent[] {
    return eventsIn(this.#pages.record(place)?.events).map((event) => this.#whole(event));
  }

  /** The events that came with the records of a page up to a slot, oldest first: of the newest records that have so many. */
  #eventsOf(page: number, upTo = Infinity, wanted = Infinity): readonly TraceEvent[] {
    const records = this.#pages.records(page);
    const chunks: TraceEvent[][] = [];
    let count = 0;
    for (let slot = Math.min(upTo, records.length - 1); slot >= 0 && count < wanted; slot -= 1) {
      const events = eventsIn(records[slot]?.events);
      chunks.push(events.map((event) => this.#whole(event)));
      count += events.length;
    }
    return chunks.reverse().flat();
  }

  /** The event of a row of its own. */
  #noted(row: Row): readonly TraceEvent[] {
    return eventsIn(`[${text(row, "json")}]`).map((event) => this.#whole(event));
  }

  #whole(event: TraceEvent): TraceEvent {
    return unspillEvent(event, (key) => this.#blobs.read(key) ?? PRUNED);
  }
}

function bySeq(a: TraceEvent, b: TraceEvent): number {
  return a.seq - b.seq;
}
