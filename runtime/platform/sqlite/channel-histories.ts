import type { Checkpoint } from "../../checkpoint/checkpoint.js";
import { channelRecord, type ChannelRecord, type LostRecord, type RecordBefore } from "../../checkpoint/channel-record.js";
import { decodeStored } from "../../checkpoint/encoding.js";
import type { ChannelName } from "../../model/ids.js";
import { OPEN } from "./codec.js";
import { PageMarks } from "./page-marks.js";
import type { Pages, Place } from "./pages.js";
import type { StoredRecord } from "./records.js";
import { integer, integerOrNull, text, type Row } from "./rows.js";
import type { Statements } from "./statements.js";

type Found = ChannelRecord | LostRecord;

/** What the text of each base has in it. */
const BASE = '"base":';
/** How the text of a checkpoint begins; where one begins otherwise it is parsed. */
const HEAD =
  /^\{"id":"[^"]*","run":"[^"]*","parent":(?:null|"[^"]*"),"trigger":"(?<trigger>[a-z-]*)","at":[^,]*,"revision":"(?<revision>[^"]*)"/;

/** A page on the way up a lineage. */
interface Stretch {
  readonly page: number;
  /** The last record of it that is in the lineage. */
  readonly slot: number;
  /** Row of the checkpoint before its first record. */
  readonly parent: number | null;
  /** Undefined while it is open: then anything may be in it. */
  readonly marks: PageMarks | undefined;
}

/** Finds what checkpoints of a lineage say of one channel. Pages that say nothing of it are not read. */
export class ChannelHistories {
  readonly #sql: Statements;
  readonly #pages: Pages;
  /** Puts large values of one channel in place. */
  readonly #whole: (checkpoint: Checkpoint, channel: ChannelName) => Checkpoint;

  constructor(sql: Statements, pages: Pages, whole: (checkpoint: Checkpoint, channel: ChannelName) => Checkpoint) {
    this.#sql = sql;
    this.#pages = pages;
    this.#whole = whole;
  }

  /** Newest first, from a place on, at most so many. */
  find(from: Place, channel: ChannelName, limit: number): readonly Found[] {
    const found: Found[] = [];
    let stretch: Stretch | undefined = this.#stretch(from);
    while (stretch !== undefined && found.length < limit) {
      const before: Stretch | undefined = stretch.parent === null ? undefined : this.#at(stretch.parent);
      const last = this.#lastToRead(stretch, before, channel);
      if (last >= 0 && !this.#read({ ...stretch, slot: last }, before, channel, limit, found)) break;
      stretch = before !== undefined && before.page < stretch.page ? before : undefined; // an ancestor's page is older, unless the store is damaged
    }
    return found;
  }

  /** The place before another one in its lineage. */
  before({ page, slot }: Place): Place | undefined {
    if (slot > 0) return { page, slot: slot - 1 };
    const { parent } = this.#stretch({ page, slot });
    return parent === null ? undefined : this.#at(parent);
  }

  #at(checkpoint: number): Stretch {
    const row = this.#sql.placeOf.get(checkpoint) ?? {};
    return this.#stretch({ page: integer(row, "page"), slot: integer(row, "slot") });
  }

  #stretch({ page, slot }: Place): Stretch {
    const row: Row = this.#sql.pageParent.get(page) ?? {};
    const marks = integer(row, "codec") === OPEN ? undefined : PageMarks.read(text(row, "channels"));
    return { page, slot, parent: integerOrNull(row, "parent"), marks };
  }

  /** The last slot that may say something of the channel: of what can be skipped the first may, as it may begin anew; -1: none. */
  #lastToRead({ slot, marks }: Stretch, before: Stretch | undefined, channel: ChannelName): number {
    if (marks === undefined || marks.mayTouch(channel)) return slot;
    if (before?.marks === undefined) return 0;
    return marks.goesOnFrom(before.marks) ? -1 : 0;
  }

  /** Whether the history before it is known. */
  #read({ page, slot: last }: Stretch, before: Stretch | undefined, channel: ChannelName, limit: number, found: Found[]): boolean {
    const records = this.#pages.records(page);
    const name = JSON.stringify(channel);
    const bases = new Set(this.#sql.basesOf.all(page).map((row) => integer(row, "slot")));
    for (let slot = last; slot >= 0 && found.length < limit; slot -= 1) {
      const record = records[slot];
      if (record === undefined || record.checkpoint === "") {
        found.push({ checkpoint: this.#idAt(page, slot), lost: true });
        return false;
      }
      if (!maySay(record.checkpoint, name, bases.has(slot) ? (records[slot - 1]?.checkpoint ?? "") : undefined)) continue;
      const checkpoint = this.#whole(parsed(record), channel);
      const said = channelRecord(checkpoint, channel, () => this.#known(slot > 0 ? records[slot - 1] : this.#recordAt(before)));
      if (said !== undefined) found.push(said);
    }
    return true;
  }

  #recordAt(stretch: Stretch | undefined): StoredRecord | undefined {
    return stretch === undefined ? undefined : this.#pages.record(stretch);
  }

  #known(record: StoredRecord | undefined): RecordBefore | undefined {
    if (record === undefined || record.checkpoint === "") return undefined;
    const { frontier, revision } = parsed(record);
    return { superstep: frontier.superstep, revision };
  }

  #idAt(page: number, slot: number): string {
    const row = this.#sql.idsOf.all(page).find((each) => each["slot"] === slot);
    return row === undefined ? "" : text(row, "id");
  }
}

/**
 * Whether the text of a checkpoint may say something of a channel, told without parsing it. `before`: the text of the one before a base,
 * empty where that is elsewhere. A base has the names of all channels, the last of them behind its mark; it says something if one is
 * before that, too, or if it begins anew.
 */
function maySay(json: string, name: string, before: string | undefined): boolean {
  const at = json.indexOf(name);
  if (before === undefined) return at >= 0;
  const [own, other] = [HEAD.exec(json)?.groups, HEAD.exec(before)?.groups];
  const goesOn = own !== undefined && own["revision"] === other?.["revision"] && own["trigger"] === "superstep";
  return !goesOn || (at >= 0 && at < json.lastIndexOf(BASE));
}

function parsed({ checkpoint }: StoredRecord): Checkpoint {
  return decodeStored("", checkpoint) as Checkpoint;
}
