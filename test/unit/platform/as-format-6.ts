import { DatabaseSync } from "node:sqlite";

/** Takes a store back to the tables that it had in format 6. */
export const toFormat6 = `
  DROP INDEX pages_by_parent;
  DROP INDEX trace_by_checkpoint;
  DROP INDEX results_by_run;
  DROP INDEX runs_by_head;
  DROP INDEX runs_by_since;
  DROP INDEX pages_by_span;
  ALTER TABLE pages DROP COLUMN low;
  ALTER TABLE pages DROP COLUMN high;
  PRAGMA user_version = 6`;

/** Changes a store's file behind its back. */
export function change(file: string, sql: string): void {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec(sql);
  database.close();
}
