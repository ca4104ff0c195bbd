// What the graph will look like once the document has an edit. The document's own view replaces it at the echo, so this
// needs to be right about structure and position, and only close about the rest. Every step may be applied twice.
import type { Intent } from "../../runtime/document/intent.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { END, ON_ERROR, START } from "../../runtime/model/ids.js";
import { reducerText } from "../../runtime/model/reducer-text.js";
import { change, patched, put, text, without } from "./entries.js";
import { applyAnnotation, left } from "./optimistic-annotations.js";
import { kindOf } from "../nodes/kinds.js";
import type { EdgeView, GraphView, NodeView } from "../protocol/views.js";

type Fields = NodeView["fields"];

/** The graph with these edits made. */
export function applyIntents(graph: GraphView, intents: readonly Intent[]): GraphView {
  return intents.reduce(applyIntent, graph);
}

function applyIntent(graph: GraphView, intent: Intent): GraphView {
  switch (intent.type) {
    case "node/add":
      return { ...graph, nodes: put(graph.nodes, nodeView(intent.id, intent.fields, intent.position)) };
    case "node/update":
      return {
        ...graph,
        nodes: change(graph.nodes, intent.id, (node) => nodeView(node.id, patched(node.fields, intent.patch), node.position)),
      };
    case "node/move":
      return moved(graph, intent.positions);
    case "node/remove":
      return {
        ...graph,
        groups: left(graph.groups, intent.ids),
        nodes: without(graph.nodes, intent.ids),
        edges: graph.edges.filter((edge) => !intent.ids.includes(edge.from) && !intent.ids.includes(edge.to)),
      };
    case "edge/add":
      return { ...graph, edges: put(graph.edges, edgeView(intent.id, intent.fields)) };
    case "edge/update":
      return { ...graph, edges: change(graph.edges, intent.id, (edge) => edgeView(edge.id, patched(edge.fields, intent.patch))) };
    case "edge/remove":
      return { ...graph, edges: without(graph.edges, intent.ids) };
    case "compile/update": // the canvas does not show it
      return graph;
    case "title/set":
      return { ...graph, title: intent.title };
    case "channel/set":
      return {
        ...graph,
        channels: putChannel(graph.channels, channelView(intent.name, intent.fields)),
      };
    case "channel/rename":
      return { ...graph, channels: graph.channels.map((each) => (each.name === intent.name ? { ...each, name: intent.to } : each)) };
    case "channel/remove":
      return { ...graph, channels: graph.channels.filter(({ name }) => !intent.names.includes(name)) };
    default:
      return applyAnnotation(graph, intent);
  }
}

function moved(graph: GraphView, positions: Readonly<Record<string, readonly [number, number]>>): GraphView {
  const at = (id: string, before: [number, number]): [number, number] => {
    const [x, y] = positions[id] ?? before;
    return [x, y];
  };
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (positions[node.id] === undefined ? node : { ...node, position: at(node.id, node.position) })),
    notes: graph.notes.map((note) => {
      const [x, y] = positions[note.id] ?? note.box;
      return positions[note.id] === undefined ? note : { ...note, box: [x, y, note.box[2], note.box[3]] };
    }),
    terminals: { start: at(START, graph.terminals.start), end: at(END, graph.terminals.end) },
  };
}

function nodeView(id: string, fields: Fields, [x, y]: readonly [number, number]): NodeView {
  const kind = text(fields["kind"]);
  return { id, kind, label: text(fields["label"]) || id, summary: kindOf(kind).summary(fields), position: [x, y], fields };
}

function edgeView(id: string, fields: Fields): EdgeView {
  const ends = { id, from: text(fields["from"]), to: text(fields["to"]), fields };
  if (fields["when"] !== undefined) return { ...ends, condition: "when", text: text(fields["when"]) };
  if (fields["on"] === ON_ERROR) return { ...ends, condition: "error", text: "on error" };
  if (fields["on"] !== undefined) return { ...ends, condition: "on", text: text(fields["on"]) };
  return fields["else"] === true ? { ...ends, condition: "else", text: "else" } : { ...ends, condition: "plain", text: "" };
}

function putChannel(channels: GraphView["channels"], channel: GraphView["channels"][number]): GraphView["channels"] {
  const known = channels.some(({ name }) => name === channel.name);
  return known ? channels.map((each) => (each.name === channel.name ? channel : each)) : [...channels, channel];
}

function channelView(name: string, fields: JsonObject): GraphView["channels"][number] {
  const schema = fields["schema"];
  const type = typeof schema === "object" && schema !== null && "type" in schema ? text(schema["type"]) : "";
  return { name, reducer: reducerText(fields["reducer"]), type: type || "any", fields };
}
