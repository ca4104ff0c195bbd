// The types of a graph's channels and handlers, as the text of a declaration file. The text depends on the graph alone.
import { handlerName } from "../model/handler-name.js";
import type { Graph, NodeDef } from "../model/graph.js";
import { channelType, type ChannelType } from "./channel-type.js";
import { Declarations } from "./declarations.js";
import { actionsOf, handlersOf, nodeType } from "./node-type.js";
import { prelude, reservedNames } from "./prelude.js";
import { braced, namesOf } from "./text.js";
import { typesImport } from "./types-path.js";

const MARK = "// Made by Patchbay from ";

/** Whether a text is one that `graphTypes` made: any other is somebody's own. */
export function isMadeHere(text: string): boolean {
  return text.startsWith(MARK);
}

/** Whether a graph has anything to type: a handler of the user's. */
export function hasHandlers(graph: Graph): boolean {
  return [...graph.nodes.values()].some((def) => handlersOf(def).length > 0);
}

/** The declaration file of a graph; `name` is what its document is called, without `.patchbay.json`. */
export function graphTypes(graph: Graph, name: string): string {
  const declarations = new Declarations(reservedNames);
  const channels = byName(graph.channels).map((def) => channelType(def, declarations));
  const nodes = byName(graph.nodes).filter((def) => handlersOf(def).length > 0);
  const actions = actionsOf(graph);
  const members = nodes.map((def) => nodeType(def, actions.get(def.id) ?? [], channels));
  return [
    header(name, nodes),
    "",
    "export {};",
    "",
    "/** What each channel holds, once it has a value. */",
    `export interface Channels ${braced(channels.map(({ value }) => value))}`,
    "",
    ...declarations.texts,
    "/** What may be written to each channel. */",
    `export interface Writes ${braced(channels.map(({ write }) => write))}`,
    "",
    "/** The nodes that have a handler: what it is given, what it may write, which actions it may take. */",
    `export interface Nodes ${braced(members)}`,
    "",
    "/** Every node of the graph. */",
    `export type NodeId = ${namesOf(byName(graph.nodes).map(({ id }) => id))};`,
    "",
    prelude,
  ].join("\n");
}

/** The types of a graph's channels as a person reads them; of a node with a handler, what it is given, may write and may take. */
export function typesText(graph: Graph, node?: string): string {
  const declarations = new Declarations(reservedNames);
  const def = node === undefined ? undefined : graph.nodes.get(node);
  if (node !== undefined && (def === undefined || handlersOf(def).length === 0)) return "";
  const channels = byName(graph.channels).map((each) => channelType(each, declarations));
  const member = def === undefined ? "" : nodeType(def, actionsOf(graph).get(def.id) ?? [], channels);
  const named = def === undefined ? channels : channels.filter(({ name }) => member.includes(JSON.stringify(name)));
  const interfaces = [
    `interface Channels ${braced(named.map(({ value }) => value))}`,
    ...declarations.texts.filter((text) => def === undefined || mentions(named, text)).map((text) => text.trimEnd()),
    `interface Writes ${braced(named.map(({ write }) => write))}`,
  ];
  return (def === undefined ? interfaces : [member, ...(named.length === 0 ? [] : interfaces)]).join("\n\n");
}

/** Whether channels refer to a declaration. */
function mentions(channels: readonly ChannelType[], declaration: string): boolean {
  const name = /export type (\w+)/.exec(declaration)?.[1];
  return name !== undefined && channels.some(({ value }) => new RegExp(`\\b${name}\\b`).test(value));
}

/** In the order of the names: to move an entry in the document changes no type. */
function byName<Def>(table: Iterable<readonly [string, Def]>): readonly Def[] {
  return [...table].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, def]) => def);
}

function header(name: string, nodes: readonly NodeDef[]): string {
  const lines = [`${MARK}${oneLine(name)}.patchbay.json. Do not edit: it is written anew when the graph changes.`, "/* eslint-disable */"];
  const [node] = nodes;
  const [handler] = node === undefined ? [] : handlersOf(node);
  if (node === undefined || handler === undefined) return lines.join("\n");
  const file = handlerName(handler).path;
  const from = typesImport(file, name) ?? `./.patchbay/types/${name}.d.ts`;
  const id = JSON.stringify(node.id);
  return [...lines, "//", ...usage(oneLine(file), from, id).map((line) => `// ${line}`.trimEnd())].join("\n");
}

function usage(file: string, from: string, id: string): readonly string[] {
  return [
    `A handler in TypeScript, such as ${file}; \`import type\` leaves nothing to run:`,
    "",
    `  import type { Context, Result, State } from ${JSON.stringify(from)};`,
    "",
    `  export default async function (state: State<${id}>, ctx: Context<${id}>): Promise<Result<${id}>> {`,
    "    return {};",
    "  }",
    "",
    `Shorter: \`const handler: Handler<${id}> = async (state, ctx) => ({})\`. The parts of a handler: \`Steps<${id}>["exec"]\`.`,
    `In JavaScript: \`/** @type {import(${JSON.stringify(from)}).Handler<${id}>} */\`.`,
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]/g, " ");
}
