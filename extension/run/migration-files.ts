import { channelLayout } from "../../runtime/certify/channel-layout.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { Plan } from "../../runtime/plan/plan.js";
import { fileMigrations, migrationsFolder } from "../../runtime/platform/file-migrations.js";
import { writeMigration } from "../../runtime/platform/write-migration.js";
import { graphName } from "../../runtime/types/types-path.js";
import type { GraphSession } from "./graph-session.js";

/** Where a migration that is asked for stands. */
export interface MigrationFile {
  readonly path: string;
  /** It was not there before. */
  readonly fresh: boolean;
}

/** The last file of those that lead from the channels of a revision to those of the plan in force; undefined where none do. */
export function migrationFrom(session: GraphSession, revision: string): string | undefined {
  const { source, archive, compiler } = session;
  const before = archive.planOf(revision);
  const after = compiler.current?.plan;
  if (source.directory === undefined || before === undefined || after === undefined) return undefined;
  return fileMigrations(folderOf(session)).way(channelLayout(before), channelLayout(after))?.at(-1);
}

/** Whether there is a migration that takes state from the channels of a revision to those of the plan in force. */
export function migratable(session: GraphSession, revision: string): boolean {
  return migrationFrom(session, revision) !== undefined;
}

/** The last file of the way, written where there is none. Throws `PLAN_INVALID`, `NEEDS_MIGRATION` where the graph of then is not known, `STORE`. */
export function takeMigration(session: GraphSession, revision: string): MigrationFile {
  const known = migrationFrom(session, revision);
  if (known !== undefined) return { path: known, fresh: false };
  const after = session.compiler.current?.plan;
  if (after === undefined) throw new PatchbayError("PLAN_INVALID", "The graph has errors and has not been compiled yet.");
  const path = write(session, planOf(session, revision), after);
  session.migrationsChanged(); // not left to a watcher, which may miss what comes with its folder
  return { path, fresh: true };
}

function planOf({ archive }: GraphSession, revision: string): Plan {
  const plan = archive.planOf(revision);
  if (plan === undefined) throw new PatchbayError("NEEDS_MIGRATION", "The graph of then cannot be read any more.", { revision });
  return plan;
}

function write(session: GraphSession, before: Plan, after: Plan): string {
  try {
    return writeMigration(folderOf(session), graphName(session.source.name), before, after);
  } catch (cause) {
    throw new PatchbayError("STORE", "The migration cannot be written.", {}, cause);
  }
}

function folderOf({ archive, source }: GraphSession): string {
  return migrationsFolder(archive.directory(), graphName(source.name));
}
