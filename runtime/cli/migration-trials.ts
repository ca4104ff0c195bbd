import { relative } from "node:path";
import type { Certificate } from "../certify/certificate.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { storedPlans } from "../compile/stored-plans.js";
import { toErrorInfo, type ErrorInfo } from "../errors.js";
import type { Plan } from "../plan/plan.js";
import { createHandlerHost } from "../platform/handler-host.js";
import { fileMigrations } from "../platform/file-migrations.js";
import { loadCheckpoint } from "../run/load.js";
import { migrate } from "../run/migrations.js";
import type { GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { migrationsOf } from "./migration-files.js";

/** What came of trying the migrations of a checkpoint on a copy of its values. */
export type Trial =
  | { readonly ok: true; readonly modules: readonly string[] }
  | ({ readonly ok: false } & Pick<ErrorInfo, "code" | "message">);

/** Tries migrations on all checkpoints that need one; nothing is changed by it. */
export async function tryMigrations(
  graph: GraphFile,
  store: CheckpointStore,
  plan: Plan,
  needy: readonly Certificate[],
  io: CliIo,
): Promise<ReadonlyMap<string, Trial>> {
  const trials = new Map<string, Trial>();
  if (needy.length === 0) return trials;
  const handlers = createHandlerHost({ entry: io.handlerEntry, workspace: graph.workspace });
  const migrations = fileMigrations(migrationsOf(graph));
  try {
    for (const { checkpoint } of needy) {
      const found = store.load(checkpoint);
      const before = storedPlans(store)(found.revision);
      if (before === undefined) continue;
      const { snapshot } = loadCheckpoint(store, found, before, 0);
      try {
        const { modules } = await migrate(snapshot.channels.values(), before, plan, { handlers, migrations }, checkpoint);
        trials.set(checkpoint, { ok: true, modules: modules.map((module) => relative(graph.folder, module)) });
      } catch (thrown) {
        const { code, message } = toErrorInfo(thrown, "MIGRATION_FAILED");
        trials.set(checkpoint, { ok: false, code, message });
      }
    }
    return trials;
  } finally {
    await handlers.dispose();
  }
}
