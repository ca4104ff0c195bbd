import { basename } from "node:path";
import { channelLayout } from "../certify/channel-layout.js";
import type { Certificate } from "../certify/certificate.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { storedPlans } from "../compile/stored-plans.js";
import type { Plan } from "../plan/plan.js";
import { fileMigrations, migrationsFolder } from "../platform/file-migrations.js";
import { writeMigration } from "../platform/write-migration.js";
import { graphName } from "../types/types-path.js";
import { compiled, type GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { shortPath } from "./store-folder.js";

/** The folder of a graph's migrations. */
export function migrationsOf({ folder, path }: GraphFile): string {
  return migrationsFolder(folder, graphName(basename(path)));
}

/** Writes a migration for each layout of channels that checkpoints have and none leads away from. No file is written over. */
export function writeMigrations(graph: GraphFile, store: CheckpointStore, needy: readonly Certificate[], io: CliIo): void {
  const folder = migrationsOf(graph);
  const { plan } = compiled(graph);
  const to = channelLayout(plan);
  const plans = new Map<string, Plan>();
  for (const { checkpoint } of needy) {
    const before = storedPlans(store)(store.load(checkpoint).revision);
    if (before !== undefined) plans.set(channelLayout(before), before);
  }
  for (const [from, before] of plans) {
    if (fileMigrations(folder).way(from, to) !== undefined) continue;
    const file = writeMigration(folder, graphName(basename(graph.path)), before, plan);
    io.err(`${shortPath(file, io)} is written: complete it\n`);
  }
}
