import { handlerOf, type Graph, type HandlerMapNode, type NodeDef } from "../model/graph.js";
import type { ChannelType } from "./channel-type.js";
import { braced, docOf, EMPTY_OBJECT, namesOf, propertyName } from "./text.js";

/** The handlers of a node as the document names them: its own, and the one that takes its place when it fails. */
export function handlersOf(def: NodeDef): readonly string[] {
  const own = handlerOf(def);
  return [...(own === undefined ? [] : [own]), ...(def.fallback?.type === "handler" ? [def.fallback.handler] : [])];
}

/** A node's member of `Nodes`. */
export function nodeType(def: NodeDef, actions: readonly string[], channels: readonly ChannelType[]): string {
  const name = propertyName(def.id);
  const isMap = def.kind === "map" && def.graph === undefined;
  const members = isMap ? mapMembers(def, channels) : handlerMembers(def, actions, channels);
  return `${docOf(def.label, def.note, `Handler: ${handlersOf(def).join(", ")}`)}readonly ${name}: ${braced(members)};`;
}

function handlerMembers(def: NodeDef, actions: readonly string[], channels: readonly ChannelType[]): readonly string[] {
  const { reads, writes } = def.kind === "code" ? def : {};
  return [
    `readonly state: ${stateType(reads, channels)};`,
    "readonly input: unknown;",
    `readonly update: ${writes === undefined && channels.length > 0 ? "Writes" : pick("Writes", known(writes ?? [], channels))};`,
    `readonly action: ${namesOf(actions)};`,
  ];
}

/** A map's handler gives a result for what it is given of the list; it writes nothing and takes no action. */
function mapMembers({ reads, over, chunk, output }: HandlerMapNode, channels: readonly ChannelType[]): readonly string[] {
  const list = channels.find(({ name, list: isList }) => isList && name === over.trim());
  const item = list === undefined ? "unknown" : `Channels[${JSON.stringify(list.name)}][number]`;
  const result = channels.find(({ name }) => name === output)?.item ?? "unknown";
  const input =
    chunk === undefined
      ? `{ readonly item: ${item}; readonly index: number }`
      : `{ readonly items: readonly ${item}[]; readonly indexes: readonly number[] }`;
  return [
    `readonly state: ${stateType(reads, channels)};`,
    `readonly input: ${input};`,
    `readonly update: ${EMPTY_OBJECT};`,
    "readonly action: never;",
    `readonly result: ${chunk === undefined ? result : `readonly ${result}[]`};`,
  ];
}

/** Each node with the actions that its `on` edges name, sorted. */
export function actionsOf(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const actions = new Map<string, Set<string>>();
  for (const { from, condition } of graph.edges.values()) {
    if (condition.type !== "on" || condition.action.startsWith("@")) continue;
    actions.set(from, (actions.get(from) ?? new Set()).add(condition.action));
  }
  return new Map([...actions].map(([node, names]) => [node, [...names].toSorted()]));
}

function stateType(reads: readonly string[] | undefined, channels: readonly ChannelType[]): string {
  const read = known(reads ?? channels.map(({ name }) => name), channels);
  const always = read.filter(({ always: there }) => there);
  const perhaps = read.filter(({ always: there }) => !there);
  if (perhaps.length === 0) return pick("Channels", always);
  const partial = `Partial<${pick("Channels", perhaps)}>`;
  return always.length === 0 ? partial : `${pick("Channels", always)} & ${partial}`;
}

function known(names: readonly string[], channels: readonly ChannelType[]): readonly ChannelType[] {
  return channels.filter(({ name }) => names.includes(name));
}

function pick(from: string, channels: readonly ChannelType[]): string {
  return channels.length === 0 ? EMPTY_OBJECT : `Pick<${from}, ${namesOf(channels.map(({ name }) => name))}>`;
}
