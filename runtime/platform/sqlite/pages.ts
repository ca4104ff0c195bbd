// The pages of one store: runs of records, read and written.
//
// 1. Nothing is remembered of a page but what its checksum proves to be so still: other processes seal and prune, too.
// 2. A page grows only at its end, only by who opened it, and only while it is open.
import { superstepOf, type Checkpoint } from "../../checkpoint/checkpoint.js";
import { checksum } from "./checksum.js";
import { unpack, pack, OPEN } from "./codec.js";
import { GONE, marksOf } from "./page-marks.js";
import { recordOf, recordsOf, type Held, type StoredRecord } from "./records.js";
import type { Memo, Moment } from "./moment.js";
import { bytes, integer, integerOrNull, text, type Row } from "./rows.js";
import { noSpan, widened, type Span } from "./span.js";
import type { Statements } from "./statements.js";

/** A page is sealed at so many records, or so much text. */
const MOST_RECORDS = 256;
const MOST_CHARACTERS = 512 * 1024;
/** So many records that come at once get a page of their own, sealed. */
const AT_ONCE = 64;
/** So many runs have a page open at once: of more, the one that was idle for longest is sealed. */
const MOST_OPEN = 32;
/** Sealed pages that are kept decoded. */
const DECODED = 16;

/** Where a record is. */
export interface Place {
  readonly page: number;
  readonly slot: number;
}

/** Inserts the rows of checkpoints from a place on, given that of the first one's parent, and gives the last. */
type Insert = (chain: readonly Held[], parent: number | null, place: Place) => number;

/** What the row of a sealed page says of its records. */
interface PageFacts {
  readonly marks: ReadonlySet<string>;
  /** Number of their last event. */
  readonly seq: number;
  readonly span: Span;
}

/** A page that this process appends to. */
interface OpenPage {
  readonly no: number;
  /** Id of its last checkpoint. */
  last: string;
  records: number;
  characters: number;
}

/** Reads and writes the pages of one store. */
export class Pages {
  readonly #sql: Statements;
  readonly #decoded = new Map<number, { readonly sum: string; readonly records: readonly StoredRecord[] }>();
  /** By run. */
  readonly #open = new Map<string, OpenPage>();

  readonly #rows: Memo<number, Row>;

  constructor(sql: Statements, moment: Moment) {
    this.#sql = sql;
    this.#rows = moment.memo();
  }

  /** One record; undefined where it is gone or damaged. */
  record({ page, slot }: Place): StoredRecord | undefined {
    const row = this.#row(page);
    if (row === undefined) return undefined;
    if (integer(row, "codec") !== OPEN) return this.#sealed(page, text(row, "sum"))?.[slot];
    const found = this.#sql.tailRecord.get(page, slot);
    return found === undefined || checksum(text(found, "body")) !== text(found, "sum") ? undefined : recordOf(text(found, "body"));
  }

  /** How many records a page has, deleted and damaged ones included; 0 where all of it is damaged. */
  size(page: number): number {
    const row = this.#sql.page.get(page);
    if (row === undefined) return 0;
    if (integer(row, "codec") !== OPEN) return this.#sealed(page, text(row, "sum"))?.length ?? 0;
    const last = this.#sql.lastSlot.get(page);
    return last === undefined ? 0 : (integerOrNull(last, "slot") ?? -1) + 1;
  }

  /** The records of a page, by slot: undefined those that are damaged. */
  records(page: number): readonly (StoredRecord | undefined)[] {
    const row = this.#sql.page.get(page);
    if (row === undefined) return [];
    if (integer(row, "codec") !== OPEN) return this.#sealed(page, text(row, "sum")) ?? [];
    const records: (StoredRecord | undefined)[] = [];
    for (const each of this.#sql.tailRecords.all(page)) {
      const body = text(each, "body");
      records[integer(each, "slot")] = checksum(body) === text(each, "sum") ? recordOf(body) : undefined;
    }
    return records;
  }

  /**
   * Writes checkpoints of one run, each the child of the one before it. `parent`: row of the first one's. Within a transaction.
   */
  append(run: string, runNo: number, parent: number | null, chain: readonly Held[], insert: Insert): void {
    let before = parent;
    if (chain.length >= AT_ONCE) {
      this.#leave(run);
      for (let start = 0; start < chain.length; start += MOST_RECORDS)
        before = this.#writeSealed(runNo, before, chain.slice(start, start + MOST_RECORDS), insert);
      return;
    }
    for (const held of chain) {
      const page = this.#openFor(run, runNo, before, held);
      const slot = page.records;
      this.#sql.insertTail.run(page.no, slot, checksum(held.text), held.text);
      before = insert([held], before, { page: page.no, slot });
      [page.last, page.records, page.characters] = [held.id, slot + 1, page.characters + held.text.length];
      if (page.records >= MOST_RECORDS || page.characters >= MOST_CHARACTERS) this.#leave(run);
    }
  }

  /** Whether this process has a page open. */
  get isAnyOpen(): boolean {
    return this.#open.size > 0;
  }

  /** What was appended and not kept: pages are looked up anew. */
  forget(): void {
    this.#open.clear();
  }

  /** Seals what is open of a run that no process of its own goes on with. */
  sealAll(run: number): void {
    for (const row of this.#sql.openPages.all(run)) this.#seal(integer(row, "no"));
  }

  /** Seals what this process has open. */
  close(): void {
    for (const run of this.#open.keys()) this.#leave(run);
  }

  /** Empties the lines of checkpoints of a run that are gone; what the trace has of them stays. */
  empty(run: number): void {
    const slots = new Map<number, number[]>();
    for (const row of this.#sql.unemptied.all(run)) {
      const page = integer(row, "page");
      slots.set(page, [...(slots.get(page) ?? []), integer(row, "slot")]);
    }
    for (const [page, gone] of slots) this.#emptySlots(page, new Set(gone));
    this.#sql.markEmptied.run(run);
  }

  #row(page: number): Row | undefined {
    const known = this.#rows.get(page);
    if (known !== undefined) return known;
    const row = this.#sql.page.get(page);
    if (row !== undefined) this.#rows.set(page, row);
    return row;
  }

  #emptySlots(page: number, gone: ReadonlySet<number>): void {
    const row = this.#sql.page.get(page);
    if (row === undefined) return;
    const records = this.records(page);
    if (integer(row, "codec") === OPEN) {
      for (const slot of gone) {
        const body = `\n${records[slot]?.events ?? "[]"}`;
        this.#sql.setTail.run(page, slot, checksum(body), body);
      }
      return;
    }
    if (records.length === 0) return; // damaged: what is in it cannot be told apart
    const left = records.map((record, slot) => `${gone.has(slot) ? "" : (record?.checkpoint ?? "")}\n${record?.events ?? "[]"}`);
    this.#storeRecords(page, left.map(recordOf));
  }

  /** Gives the row of the last checkpoint. */
  #writeSealed(run: number, parent: number | null, chain: readonly Held[], insert: Insert): number | null {
    const page = Number(this.#sql.insertPage.run(run, parent).lastInsertRowid);
    const whole = chain.map((held) => held.text).join("\n");
    this.#store(page, whole, {
      marks: marksOf(chain.map((held) => held.marking)),
      seq: chain.findLast(({ seqs }) => seqs !== undefined)?.seqs?.[1] ?? 0,
      span: chain.reduce((span, { superstep }) => widened(span, superstep), noSpan),
    });
    return insert(chain, parent, { page, slot: 0 });
  }

  #storeRecords(page: number, records: readonly StoredRecord[], facts = factsIn(records)): void {
    const whole = records.map(({ checkpoint, events }) => `${checkpoint}\n${events}`).join("\n");
    this.#store(page, whole, facts);
  }

  /** Stores the text of a page, sealed. */
  #store(page: number, whole: string, { marks, seq, span }: PageFacts): void {
    const { codec, sum, body } = pack(whole);
    this.#sql.sealPage.run(page, codec, sum, body, JSON.stringify([...marks]), seq, span.low, span.high);
  }

  #openFor(run: string, runNo: number, parent: number | null, held: Held): OpenPage {
    const known = this.#open.get(run);
    if (known !== undefined && known.last === held.parent && this.#isNewest(runNo, known.no)) return this.#used(run, known);
    if (known === undefined) this.sealAll(runNo);
    else this.#leave(run);
    const no = Number(this.#sql.insertPage.run(runNo, parent).lastInsertRowid);
    return this.#used(run, { no, last: "", records: 0, characters: 0 });
  }

  /** The newest last. */
  #used(run: string, page: OpenPage): OpenPage {
    this.#open.delete(run);
    this.#open.set(run, page);
    for (const [idle] of this.#open) {
      if (this.#open.size <= MOST_OPEN) break;
      this.#leave(idle);
    }
    return page;
  }

  #leave(run: string): void {
    const page = this.#open.get(run);
    if (page === undefined) return;
    this.#open.delete(run);
    if (this.#isOpen(page.no)) this.#seal(page.no);
  }

  /** Whether a page is open, and no later one was begun: later pages have later events. */
  #isNewest(run: number, page: number): boolean {
    const row = this.#sql.newestPage.get(run);
    return row !== undefined && integer(row, "no") === page && integer(row, "codec") === OPEN;
  }

  /** Invariant 2. */
  #isOpen(page: number): boolean {
    const row = this.#sql.page.get(page);
    return row !== undefined && integer(row, "codec") === OPEN;
  }

  /** A record that is damaged would have a checksum again that fits: then, and where one is no checkpoint, the page stays as it is. */
  #seal(page: number): void {
    const records = this.records(page);
    if (records.length === 0) return void this.#sql.deletePage.run(page);
    if (records.some((record) => record === undefined)) return;
    const whole = records.flatMap((record) => record ?? []);
    const facts = factsOrNone(whole);
    if (facts === undefined) return;
    this.#storeRecords(page, whole, facts);
    this.#sql.deleteTail.run(page);
  }

  #sealed(page: number, sum: string): readonly StoredRecord[] | undefined {
    const known = this.#decoded.get(page);
    if (known?.sum === sum) return known.records;
    const row = this.#sql.pageBody.get(page);
    if (row === undefined) return undefined;
    const decoded = unpack({ codec: integer(row, "codec"), sum, body: bytes(row, "body") });
    if (decoded === undefined) return undefined;
    const records = recordsOf(decoded);
    this.#decoded.delete(page);
    this.#decoded.set(page, { sum, records });
    for (const [oldest] of this.#decoded) {
      if (this.#decoded.size <= DECODED) break;
      this.#decoded.delete(oldest);
    }
    return records;
  }
}

function factsOrNone(records: readonly StoredRecord[]): PageFacts | undefined {
  try {
    return factsIn(records);
  } catch {
    return undefined;
  }
}

function factsIn(records: readonly StoredRecord[]): PageFacts {
  const held = records.flatMap(({ checkpoint }) => (checkpoint === "" ? [] : [JSON.parse(checkpoint) as Checkpoint]));
  const span = held.reduce((wide, { frontier }) => widened(wide, superstepOf(frontier)), noSpan);
  const marks = marksOf(held);
  return { marks: held.length === records.length ? marks : marks.add(GONE), span, seq: lastSeqIn(records) };
}

function lastSeqIn(records: readonly StoredRecord[]): number {
  const last = records.findLast(({ events }) => events !== "[]");
  return last === undefined ? 0 : ((JSON.parse(last.events) as readonly { readonly seq: number }[]).at(-1)?.seq ?? 0);
}
