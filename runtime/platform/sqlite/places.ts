// Where checkpoints are. While one moment of the store is read, what follows on a checkpoint in its page is found with it: whoever reads
// a history asks for that next.
import type { Memo, Moment } from "./moment.js";
import { integer, text, textOrNull, type Row } from "./rows.js";
import type { Place } from "./pages.js";
import type { Statements } from "./statements.js";

/** Where a checkpoint is, and what its row says of it. */
export interface Placed extends Place {
  readonly parent: string | null;
  /** Its parent is older, as it has to be. */
  readonly isYounger: boolean;
}

/** Finds checkpoints by their ids. */
export class Places {
  readonly #sql: Statements;
  readonly #moment: Moment;
  readonly #found: Memo<string, Placed>;

  constructor(sql: Statements, moment: Moment) {
    this.#sql = sql;
    this.#moment = moment;
    this.#found = moment.memo();
  }

  /** A checkpoint that is not deleted. */
  of(id: string): Placed | undefined {
    const known = this.#found.get(id);
    if (known !== undefined) return known;
    const row = this.#sql.place.get(id);
    if (row === undefined) return undefined;
    if (this.#moment.isHeld)
      for (const next of this.#sql.placesFrom.all(integer(row, "page"), integer(row, "no")))
        this.#found.set(text(next, "id"), placed(next));
    return placed(row);
  }
}

function placed(row: Row): Placed {
  return {
    page: integer(row, "page"),
    slot: integer(row, "slot"),
    parent: textOrNull(row, "parent"),
    isYounger: row["is_younger"] === 1,
  };
}
