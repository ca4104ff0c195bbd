// The rows of checkpoints. Of those that come at once many are inserted by one statement, which takes two thirds of the time.
import type { SQLInputValue } from "node:sqlite";
import { exists } from "../../checkpoint/store-errors.js";
import type { Place } from "./pages.js";
import type { Held } from "./records.js";
import { integer } from "./rows.js";
import { isConstraint } from "./sqlite-errors.js";
import { ROWS_AT_ONCE, type Statements } from "./statements.js";

/** Where the first of some checkpoints goes, and the row of its parent; those after it are in the slots after it. */
interface First extends Place {
  readonly run: number;
  readonly parent: number | null;
}

/** The row that was inserted last, and the bytes that its checkpoint takes in the store. */
export interface Inserted {
  readonly no: number;
  readonly bytes: number;
}

/** Inserts the rows of checkpoints, each the child of the one before it, within a transaction. Throws `STORE` for an id that is there. */
export function insertRows(sql: Statements, chain: readonly Held[], { run, parent, page, slot }: First): Inserted {
  let no = integer(sql.lastCheckpoint.get() ?? {}, "no");
  let bytes = 0;
  let before = parent;
  for (let start = 0; start < chain.length;) {
    const some = chain.slice(start, start + (chain.length - start < ROWS_AT_ONCE ? 1 : ROWS_AT_ONCE));
    const values: SQLInputValue[] = [run, page, slot + start, no + 1, before];
    for (const held of some) {
      bytes = held.bytes + held.large.insert();
      values.push(held.id, held.base ? 1 : 0, bytes);
    }
    insert(sql, some, values);
    for (const held of some) {
      no += 1;
      held.large.use(no);
      for (const inner of held.needs) sql.insertNeed.run(no, inner);
    }
    before = no;
    start += some.length;
  }
  return { no, bytes };
}

function insert(sql: Statements, some: readonly Held[], values: readonly SQLInputValue[]): void {
  try {
    (some.length === 1 ? sql.insertCheckpoint : sql.insertCheckpoints).run(...values);
  } catch (thrown) {
    if (!isConstraint(thrown)) throw thrown;
    const taken = some.find(({ id }) => sql.placedNo.get(id) !== undefined) ?? some.at(-1);
    throw exists("checkpoint", taken?.id ?? "");
  }
}
