import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { channelLayout } from "../certify/channel-layout.js";
import type { ChannelDef } from "../model/graph.js";
import type { Plan } from "../plan/plan.js";
import { migrationStub } from "../types/migration-stub.js";

/**
 * Writes a migration, to be completed by people, from the channels of one plan of a graph to those of another, and gives its path.
 * `name`: the graph's. Throws the file system's error: no file is written over.
 */
export function writeMigration(folder: string, name: string, before: Plan, after: Plan): string {
  const file = join(folder, `${channelLayout(before)}-${channelLayout(after)}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, migrationStub(name, { before: channelsOf(before), after: channelsOf(after) }), { flag: "wx" });
  return file;
}

function channelsOf({ channels }: Plan): readonly ChannelDef[] {
  return Array.from(channels.values(), ({ def }) => def);
}
