// The files that nodes and reducers run, and who runs which.
import type { ChannelProgram } from "../channels/channel-program.js";
import { filesOf } from "../kinds/kinds.js";
import type { FileVersion, FileVersions } from "../model/file-version.js";
import type { ChannelDef, NodeDef } from "../model/graph.js";
import { handlerName } from "../model/handler-name.js";
import { Table } from "../model/table.js";
import type { NodeProgram } from "../plan/plan.js";

/** Paths, as the document has them, of the files that a node's tasks run, its fallback's included; each once. */
export function pathsOf(def: NodeDef): readonly string[] {
  const { module, graph } = filesOf(def);
  const own = module ?? graph;
  const fallback = fallbackOf(def);
  if (own === undefined) return fallback === undefined ? [] : [fallback];
  return fallback === undefined || fallback === own ? [own] : [own, fallback];
}

/** Path of the module of a reducer of the user's; undefined where there is none. */
export function reducerPath(def: ChannelDef): string | undefined {
  return def.fold === undefined ? undefined : handlerName(def.fold.handler).path;
}

/** What a node's program says of files. */
export function fileFacts(def: NodeDef, files: FileVersions): Pick<NodeProgram, "module" | "graph" | "version" | "fallback" | "free"> {
  const { module, graph } = filesOf(def);
  const fallback = fallbackOf(def);
  const version = files(module ?? graph ?? "")?.version;
  const free = mayCommand(def.kind === "code" ? module : undefined, files) || mayCommand(fallback, files);
  return {
    ...(module === undefined ? {} : { module }),
    ...(graph === undefined ? {} : { graph }),
    ...(version === undefined ? {} : { version }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(free ? { free } : {}),
  };
}

/** What a module that nothing is known of does is anybody's guess. */
function mayCommand(path: string | undefined, files: FileVersions): boolean {
  return path !== undefined && (files(path)?.commands ?? true);
}

function fallbackOf({ fallback }: NodeDef): string | undefined {
  return fallback?.type === "handler" ? handlerName(fallback.handler).path : undefined;
}

/** Who runs which file, of a whole graph: path -> nodes. */
export function usersOf(nodes: Iterable<readonly [string, NodeDef]>): Table<Table<true>> {
  const users = new Map<string, string[]>();
  for (const [id, def] of nodes) {
    for (const path of pathsOf(def)) {
      const known = users.get(path);
      if (known === undefined) users.set(path, [id]);
      else known.push(id);
    }
  }
  return Table.from([...users].map(([path, ids]) => [path, Table.from(ids.map((id) => [id, true] as const))] as const));
}

/** The versions, where known, of the files that nodes and reducers run. */
export function versionsOf(
  users: Table<Table<true>>,
  channels: ReadonlyMap<string, ChannelProgram>,
  files: FileVersions,
): Table<FileVersion> {
  const paths = new Set(users.keys());
  for (const { def } of channels.values()) {
    const path = reducerPath(def);
    if (path !== undefined) paths.add(path);
  }
  return Table.from(
    [...paths].flatMap((path) => {
      const file = files(path);
      return file === undefined ? [] : [[path, file] as const];
    }),
  );
}
