// The two documents that a fold leads to.
//
// 1. Channels are shared by name: only so is what was added inside written outside, and not once more what was there before.
// 2. Ids stay: a node or edge is called inside as it was outside.
// 3. The channel that says which way was taken is gone after a superstep, so that the next turn does not find the last one's.
import type { Uses } from "../../certify/uses.js";
import type { JoinPolicy, Position } from "../../model/graph.js";
import { END, freeId, START, type EdgeId, type NodeId } from "../../model/ids.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { Intent } from "../intent.js";
import type { ParsedDocument } from "../parsed-document.js";
import { reservedForChannels } from "../reserved-names.js";
import type { Entering } from "./entering.js";
import type { Goal, Leaving } from "./leaving.js";
import { newText } from "./new-text.js";
import { channelsAmong } from "./part-channels.js";
import { channelElsewhere, nodeElsewhere, type Rebase } from "./paths.js";
import { placesOf } from "./places.js";

/** Where the new graph is written. */
export interface FoldTarget {
  /** Path of the new document, relative to the one that it is taken from. */
  readonly path: string;
  readonly title: string;
  /** What the document names by a path, as the new one has to. */
  readonly rebase: Rebase;
}

/** What is folded, and how. */
export interface FoldTerms {
  readonly part: ReadonlySet<NodeId>;
  readonly uses: Uses;
  readonly entering: Entering;
  readonly leaving: Leaving;
  readonly target: FoldTarget;
}

type Entry = readonly [id: string, fields: JsonObject];

const unconditional: JsonObject = { when: null, on: null, else: null };

/** A fold, written down. */
export class FoldDraft {
  readonly node: NodeId;
  readonly #parsed: ParsedDocument;
  readonly #terms: FoldTerms;
  /** The channel of invariant 3. */
  readonly #channel: string;
  readonly #places: ReadonlyMap<NodeId, Position>;

  constructor(parsed: ParsedDocument, terms: FoldTerms) {
    this.#parsed = parsed;
    this.#terms = terms;
    this.#places = placesOf(parsed);
    const { nodes, channels } = parsed.raw;
    this.node = freeId(terms.target.title.trim().toLowerCase(), (id) => nodes.has(id));
    const name = `${this.node.replaceAll("-", "_")}_to`;
    this.#channel = freeId(name, (id) => channels.has(id) || reservedForChannels(id) !== undefined);
  }

  /** The text of the new document. */
  get text(): string {
    const { part, target } = this.#terms;
    const ways = this.#ways();
    const nodes = [...part].map((id): Entry => [id, nodeElsewhere(this.#moved(id), target.rebase)]);
    return newText(
      this.#parsed,
      {
        title: target.title,
        channels: this.#channels(),
        nodes: [...nodes, ...ways.map(({ id, fields }): Entry => [id, fields])],
        edges: [
          ...this.#edgesIn(),
          ...this.#edgesInside(),
          ...ways.map(({ id }): Entry => [this.#freeEdge(`${id}_end`), { from: id, to: END }]),
        ],
        places: new Map([...part].flatMap((id) => placed(id, this.#places.get(id)))),
      },
      target.rebase,
    );
  }

  /** What becomes of the document that the nodes are taken from. */
  get intents(): readonly Intent[] {
    const { part, target, entering } = this.#terms;
    const { node } = this;
    const fields: JsonObject = { kind: "subgraph", label: target.title, graph: target.path, ...joinField(entering.join) };
    return [
      ...this.#channelAdded(),
      { type: "node/add", id: node, fields, position: this.#middle() },
      ...entering.kept.map((id): Intent => ({ type: "edge/update", id, patch: { to: node } })),
      ...this.#edgesOut(),
      { type: "node/remove", ids: [...part] },
    ];
  }

  #channels(): readonly Entry[] {
    const { uses, target, leaving } = this.#terms;
    const { graph, raw } = this.#parsed;
    const shared = channelsAmong(graph, uses.reads, uses.writes).map((name): Entry => [
      name,
      channelElsewhere(raw.channels.get(name) ?? {}, target.rebase),
    ]);
    return leaving.by === "channel" ? [...shared, [this.#channel, { schema: { type: "string" } }]] : shared;
  }

  /** A join of edges from outside is what the node in their place waits for. */
  #moved(id: NodeId): JsonObject {
    const { entries, join } = this.#terms.entering;
    const { join: own, ...fields } = this.#parsed.raw.nodes.get(id) ?? {};
    return own === undefined || (entries.includes(id) && join !== "any") ? fields : { ...fields, join: own };
  }

  #edgesIn(): readonly Entry[] {
    const { part, entering } = this.#terms;
    const edges = [...this.#parsed.graph.edges.values()];
    return entering.entries.map((to): Entry => {
      const id = edges.find((edge) => edge.to === to && !part.has(edge.from))?.id ?? to;
      return [id, { from: START, to }];
    });
  }

  #edgesInside(): readonly Entry[] {
    const { part, leaving } = this.#terms;
    const edges: Entry[] = [];
    let last = false;
    for (const [id, edge] of this.#parsed.raw.edges) {
      const { terminate: _ended, ...fields } = edge;
      const { from, to } = fields;
      if (!isIn(part, from)) continue;
      if (leaving.by === "node" && from === leaving.node) {
        if (!last) edges.push([id, { from, to: END }]);
        last = true;
      } else edges.push([id, isIn(part, to) ? edge : { ...fields, to: this.#goalInside(id) }]);
    }
    return edges;
  }

  /** Where an edge leads inside that led out. */
  #goalInside(edge: EdgeId): NodeId {
    return this.#ways().find(({ goal }) => goal.edges.includes(edge))?.id ?? END;
  }

  /** The nodes inside that say which way was taken. */
  #ways(): readonly { readonly id: NodeId; readonly goal: Goal; readonly fields: JsonObject }[] {
    const { part, leaving } = this.#terms;
    if (leaving.by !== "channel") return [];
    return leaving.goals.map((goal) => {
      const { label } = this.#parsed.raw.nodes.get(goal.to) ?? {};
      const name = typeof label === "string" ? label : nameOf(goal.to);
      const fields = { kind: "expression", label: `To ${name}`, set: { [this.#channel]: `'${nameOf(goal.to)}'` }, ...joinField(goal.join) };
      return { id: freeId(`to_${nameOf(goal.to)}`, (id) => part.has(id)), goal, fields };
    });
  }

  #freeEdge(id: EdgeId): EdgeId {
    return freeId(id, (taken) => this.#parsed.raw.edges.has(taken));
  }

  #channelAdded(): readonly Intent[] {
    if (this.#terms.leaving.by !== "channel") return [];
    return [{ type: "channel/set", name: this.#channel, fields: { schema: { type: "string" }, reducer: "ephemeral" } }];
  }

  #edgesOut(): readonly Intent[] {
    const { leaving } = this.#terms;
    const from = this.node;
    const led = (id: EdgeId, patch: JsonObject): Intent => ({ type: "edge/update", id, patch: { from, ...patch } });
    switch (leaving.by) {
      case "nothing":
        return leaving.end === undefined ? [] : [led(leaving.end, unconditional)];
      case "one":
        return leaving.goal.edges.slice(0, 1).map((id) => led(id, unconditional));
      case "node":
        return leaving.edges.map((id) => led(id, {}));
      case "channel":
        return leaving.goals.flatMap(({ to, edges }) =>
          edges.slice(0, 1).map((id) => led(id, { ...unconditional, when: `${this.#channel} == '${nameOf(to)}'` })),
        );
    }
  }

  /** Where the nodes stood. */
  #middle(): Position {
    const all = [...this.#terms.part].flatMap((id) => placed(id, this.#places.get(id)).map(([, place]) => place));
    const between = (axis: 0 | 1): number =>
      (Math.min(...all.map((place) => place[axis])) + Math.max(...all.map((place) => place[axis]))) / 2;
    return [between(0), between(1)];
  }
}

function placed(id: NodeId, place: Position | undefined): readonly (readonly [NodeId, Position])[] {
  return place === undefined ? [] : [[id, place]];
}

function joinField(join: JoinPolicy): JsonObject {
  if (join === "any") return {};
  return { join: typeof join === "object" ? { count: join.count } : join };
}

function isIn(part: ReadonlySet<NodeId>, id: JsonValue | undefined): boolean {
  return typeof id === "string" && part.has(id);
}

/** What a goal is called in channels and ids. */
function nameOf(to: NodeId): string {
  return to === END ? "end" : to;
}
