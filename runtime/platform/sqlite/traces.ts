import { unspillEvent } from "../../checkpoint/spill.js";
import type { TraceEntry, TraceStretch } from "../../checkpoint/store.js";
import type { JsonValue } from "../../model/json.js";
import type { TraceEvent } from "../../trace/event.js";
import type { Blobs } from "./blobs.js";
import { OPEN } from "./codec.js";
import { eventsIn } from "./stored-events.js";
import type { Pages, Place } from "./pages.js";
import { integer, integerOrNull, text, type Row } from "./rows.js";
import type { Statements } from "./statements.js";

/** What a trace event holds in place of a large value whose checkpoint was pruned. */
const PRUNED: JsonValue = { "@pruned": true };

/** The part of a lineage that is in one page: its records up to a slot. `seal`: of a sealed page. */
interface Part extends Place {
  readonly run: unknown;
  readonly seal: { readonly sum: string; readonly seq: number } | undefined;
}

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
    const found = this.#sql.pagesOf.all(run).flatMap((row) => this.#eventsOf(integer(row, "no")).map((event) => this.#whole(event)));
    for (const row of this.#sql.notes.all(run, 0)) found.push(...this.#noted(row));
    return found.sort(bySeq);
  }

  /** The events of a run that led to a checkpoint, oldest first; with `last`, at least so many of the newest, if there are. */
  lineage(run: number, checkpoint: number, last = Number.POSITIVE_INFINITY): readonly TraceEvent[] {
    const bounds: Part[] = [];
    const chunks: (readonly TraceEvent[])[] = [];
    let count = 0;
    let first = 0;
    for (const part of this.#partsUpFrom(checkpoint)) {
      if (count >= last) break;
      bounds.push(part);
      if (part.run !== run) continue;
      const events = this.#eventsOf(part.page, part.slot, last - count).map((event) => this.#whole(event));
      chunks.push(events);
      count += events.length;
      first = events[0]?.seq ?? first;
    }
    const found = chunks.reverse().flat();
    for (const row of this.#notesWithin(run, bounds, count < last ? 0 : first)) found.push(...this.#noted(row));
    return found.sort(bySeq);
  }

  /** The same in parts, a page each, without large values. */
  stretches(run: number, checkpoint: number): readonly TraceStretch[] {
    const all = [...this.#partsUpFrom(checkpoint)];
    const notes = this.#notesWithin(run, all, 0);
    const stretches: TraceStretch[] = [];
    for (const { page, slot, seal } of all.filter((part) => part.run === run).toReversed()) {
      const last = seal?.seq ?? Number.MAX_SAFE_INTEGER; // an open page is the last one
      const later = notes.findIndex((row) => integer(row, "seq") > last);
      const between = notes.splice(0, later < 0 ? notes.length : later);
      const events = (): readonly TraceEvent[] => [...this.#eventsOf(page, slot), ...between.flatMap(eventsOfNote)].sort(bySeq);
      const isNamed = seal !== undefined && page !== all[0]?.page;
      const numbers = between.map((row) => integer(row, "seq"));
      stretches.push({ ...(isNamed ? { name: `${page}/${slot} ${seal.sum} ${numbers.join(" ")}` } : {}), last, events });
    }
    if (notes.length > 0) stretches.push({ last: Number.MAX_SAFE_INTEGER, events: () => notes.flatMap(eventsOfNote) });
    return stretches;
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

  /** The pages of a lineage, newest first. */
  *#partsUpFrom(checkpoint: number): Iterable<Part> {
    let at: number | null = checkpoint;
    while (at !== null) {
      const place: Row | undefined = this.#sql.placeOf.get(at);
      if (place === undefined) return;
      const page: number = integer(place, "page");
      const row: Row | undefined = this.#sql.pageParent.get(page);
      const seal = row === undefined || row["codec"] === OPEN ? undefined : { sum: text(row, "sum"), seq: integer(row, "seq") };
      yield { page, slot: integer(place, "slot"), run: row?.["run"], seal };
      const before: number | null = row === undefined ? null : integerOrNull(row, "parent");
      at = before !== null && before < at ? before : null; // a parent is older, unless the store is damaged
    }
  }

  /** The rows of the events that came without a checkpoint, after a number, while the run stood at a checkpoint in these parts. */
  #notesWithin(run: number, parts: readonly Part[], after: number): Row[] {
    const last = new Map(parts.map(({ page, slot }) => [page, slot]));
    return this.#sql.notes.all(run, after).filter((row) => (last.get(integer(row, "page")) ?? -1) >= integer(row, "slot"));
  }

  /** The events that came with the records of a page up to a slot, oldest first: of the newest records that have so many. */
  #eventsOf(page: number, upTo = Infinity, wanted = Infinity): readonly TraceEvent[] {
    const records = this.#pages.records(page);
    const chunks: (readonly TraceEvent[])[] = [];
    let count = 0;
    for (let slot = Math.min(upTo, records.length - 1); slot >= 0 && count < wanted; slot -= 1) {
      const events = eventsIn(records[slot]?.events);
      chunks.push(events);
      count += events.length;
    }
    return chunks.reverse().flat();
  }

  /** The event of a row of its own. */
  #noted(row: Row): readonly TraceEvent[] {
    return eventsOfNote(row).map((event) => this.#whole(event));
  }

  #whole(event: TraceEvent): TraceEvent {
    return unspillEvent(event, (key) => this.#blobs.read(key) ?? PRUNED);
  }
}

function eventsOfNote(row: Row): readonly TraceEvent[] {
  return eventsIn(`[${text(row, "json")}]`);
}

function bySeq(a: TraceEvent, b: TraceEvent): number {
  return a.seq - b.seq;
}
