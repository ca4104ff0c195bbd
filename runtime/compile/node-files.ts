// The files that nodes and reducers run, and who runs which.
import { filesOf } from "../kinds/kinds.js";
import type { FileVersion, FileVersions } from "../model/file-version.js";
import { handlerOf, type ChannelDef, type NodeDef } from "../model/graph.js";
import { handlerName } from "../model/handler-name.js";
import { Table } from "../model/table.js";
import type { NodeProgram, Plan } from "../plan/plan.js";

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
  const version = versionOf(module ?? graph, files);
  const free = mayCommand(def.kind === "code" ? module : undefined, files) || mayCommand(fallback, files);
  return {
    ...(module === undefined ? {} : { module }),
    ...(graph === undefined ? {} : { graph }),
    ...(version === undefined ? {} : { version }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(free ? { free } : {}),
  };
}

function versionOf(path: string | undefined, files: FileVersions): string | undefined {
  return path === undefined ? undefined : files(path)?.version;
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
export function versionsOf(users: Table<Table<true>>, channels: Table<ChannelDef>, files: FileVersions): Table<FileVersion> {
  const paths = new Set(users.keys());
  for (const def of channels.values()) {
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

/** The exports of a module, by its path as the document has it, that a plan's nodes and reducers use. */
export function exportsUsed(plan: Plan, path: string): ReadonlySet<string> {
  const handlers: (string | undefined)[] = [...plan.channels.values()].map(({ def }) => def.fold?.handler);
  for (const id of plan.users.get(path)?.keys() ?? []) {
    const def = plan.nodes.get(id)?.def;
    if (def !== undefined) handlers.push(handlerOf(def), def.fallback?.type === "handler" ? def.fallback.handler : undefined);
  }
  const named = handlers.flatMap((handler) => (handler === undefined ? [] : handlerName(handler)));
  return new Set(named.flatMap((each) => (each.path === path ? each.exportName : [])));
}
