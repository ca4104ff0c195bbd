// The intents that put the nodes of a graph in the place of the node that ran it.
import type { EdgeDef, SubgraphNode } from "../../model/graph.js";
import { readsOfEdge } from "../../certify/uses.js";
import { isEmpty } from "../../model/is-empty.js";
import { END, freeId, START, type EdgeId, type NodeId } from "../../model/ids.js";
import type { JsonObject } from "../../model/json.js";
import type { Intent } from "../intent.js";
import type { ParsedDocument } from "../parsed-document.js";
import type { Ends, WayOut } from "./inline-ends.js";
import type { InlinedChannels } from "./inline-channels.js";
import { InlinePlaces } from "./inline-places.js";
import { channelElsewhere, nodeElsewhere, type Rebase } from "./paths.js";
import { listed, refusal, type Refusal } from "./refusal.js";

/** What comes in the place of what. */
export interface InlineTerms {
  readonly node: SubgraphNode;
  readonly inside: ParsedDocument;
  readonly ends: Ends;
  readonly channels: InlinedChannels;
  readonly rebase: Rebase;
}

/** The intents, made one after the other. */
export class InlineDraft {
  readonly intents: Intent[] = [];
  /** Ids of the nodes that come. */
  readonly nodes: NodeId[] = [];
  readonly #parsed: ParsedDocument;
  readonly #terms: InlineTerms;
  readonly #places: InlinePlaces;
  readonly #names = new Map<NodeId, NodeId>();
  readonly #takenNodes: Set<string>;
  readonly #takenEdges: Set<string>;
  readonly #into: readonly EdgeDef[];
  readonly #out: readonly EdgeDef[];

  private constructor(parsed: ParsedDocument, terms: InlineTerms) {
    this.#parsed = parsed;
    this.#terms = terms;
    this.#places = new InlinePlaces(parsed, terms.inside, terms.node.id);
    const { nodes, notes, groups, edges } = parsed.raw;
    this.#takenNodes = new Set([...nodes.keys(), ...notes.keys(), ...groups.keys()]);
    this.#takenNodes.delete(terms.node.id); // it goes
    this.#takenEdges = new Set(edges.keys());
    const all = [...parsed.graph.edges.values()];
    this.#into = all.filter(({ to }) => to === terms.node.id);
    this.#out = all.filter(({ from }) => from === terms.node.id);
  }

  /** Makes the intents; or says why they cannot be made. */
  static of(parsed: ParsedDocument, terms: InlineTerms): InlineDraft | Refusal {
    const draft = new InlineDraft(parsed, terms);
    return draft.#make() ?? draft;
  }

  #make(): Refusal | undefined {
    const { node } = this.#terms;
    this.#addChannels();
    for (const id of this.#staying()) this.#names.set(id, this.#freeNode(id));
    const begin = this.#addNodes();
    this.#lead(begin);
    const refused = this.#leadOn(begin);
    if (refused !== undefined) return refused;
    this.intents.push({ type: "node/remove", ids: [node.id] }, ...this.#places.room());
    this.#clearChannel();
    return undefined;
  }

  /** Adds the channels that come along. */
  #addChannels(): void {
    const { inside, channels, rebase } = this.#terms;
    for (const [was, changed] of channels.own) {
      const name = channels.names.get(was) ?? was;
      const fields = { ...channelElsewhere(inside.raw.channels.get(name) ?? {}, rebase), ...changed };
      const left = Object.entries(fields).filter(([field]) => changed[field] !== null);
      this.intents.push({ type: "channel/set", name, fields: Object.fromEntries(left) });
    }
  }

  /** The nodes inside that come along. */
  #staying(): readonly NodeId[] {
    const { ends, inside } = this.#terms;
    return [...inside.raw.nodes.keys()].filter((id) => ends.by !== "channel" || !ends.ways.has(id));
  }

  /** Adds the nodes; gives the node that stands at their beginning, where one is needed. */
  #addNodes(): NodeId | undefined {
    const { node, inside, channels, rebase } = this.#terms;
    const simple = isEmpty(channels.begin) && this.#beginsSimply();
    const begin = simple
      ? undefined
      : this.#added(
          `begin_${node.id}`,
          { kind: "expression", label: `Begin ${node.label ?? node.id}`, set: channels.begin, ...this.#join() },
          this.#places.begin,
        );
    const entries = this.#startEdges().map(({ to }) => to);
    for (const id of this.#staying()) {
      const fields = nodeElsewhere(inside.raw.nodes.get(id) ?? {}, rebase);
      const joined = simple && node.join !== "any" && entries.includes(id) ? { ...fields, ...this.#join() } : fields;
      const name = this.#nameOf(id);
      this.nodes.push(name);
      this.intents.push({ type: "node/add", id: name, fields: joined, position: this.#places.of(id) });
    }
    return begin;
  }

  /** Whether the edges to the node can lead to the first nodes instead, one for one. */
  #beginsSimply(): boolean {
    const { node, inside, ends } = this.#terms;
    const { graph } = inside;
    const starts = this.#startEdges();
    if (starts.length === 0 || (ends.by === "ways" && ends.ways.some(({ from }) => from === START))) return false;
    return starts.every(({ to, condition }) => {
      const first = graph.nodes.get(to);
      if (condition.type !== "plain" || first === undefined || !this.#names.has(to)) return false;
      if (starts.filter((edge) => edge.to === to).length > 1) return false;
      const alone = [...graph.edges.values()].filter((edge) => edge.to === to).length === 1;
      return node.join === "any"
        ? first.join === "any" || this.#into.length === 1
        : alone && (first.join === "any" || first.join === "all");
    });
  }

  #startEdges(): readonly EdgeDef[] {
    return [...this.#terms.inside.graph.edges.values()].filter(({ from }) => from === START);
  }

  #join(): JsonObject {
    const { join } = this.#parsed.raw.nodes.get(this.#terms.node.id) ?? {};
    return join === undefined ? {} : { join };
  }

  /** Leads the edges to the node to the beginning. */
  #lead(begin: NodeId | undefined): void {
    const starts = this.#startEdges();
    for (const { id } of this.#into) {
      if (begin !== undefined) this.intents.push({ type: "edge/update", id, patch: { to: begin } });
      else
        for (const [place, { to }] of starts.entries()) {
          const goal = this.#nameOf(to);
          if (place === 0) this.intents.push({ type: "edge/update", id, patch: { to: goal } });
          else this.#addEdge(id, { ...this.#parsed.raw.edges.get(id), to: goal });
        }
    }
  }

  /** Adds the edges inside, and leads on to where the node did. */
  #leadOn(begin: NodeId | undefined): Refusal | undefined {
    const { ends, inside } = this.#terms;
    const from = (id: NodeId): NodeId => (id === START ? (begin ?? START) : this.#nameOf(id));
    for (const [id, fields] of inside.raw.edges) {
      const edge = inside.graph.edges.get(id);
      if (edge === undefined || !this.#staysInside(edge, begin)) continue;
      this.#addEdge(id, { ...fields, from: from(edge.from), to: edge.to === END ? END : this.#nameOf(edge.to) });
    }
    switch (ends.by) {
      case "nothing":
        return undefined;
      case "node":
        for (const { id } of this.#out) this.intents.push({ type: "edge/update", id, patch: { from: this.#nameOf(ends.node) } });
        return undefined;
      case "ways":
        return this.#leadWays(ends.ways, from);
      case "channel":
        return this.#leadSaid(ends.ways, from);
    }
  }

  /** Whether an edge inside is one here, too: neither replaced at the beginning nor at the end. */
  #staysInside({ id, from, to }: EdgeDef, begin: NodeId | undefined): boolean {
    const { ends } = this.#terms;
    if (from === START && begin === undefined) return false;
    if (ends.by === "channel") return !ends.ways.has(from) && !ends.ways.has(to);
    if (ends.by === "node") return id !== ends.edge;
    return ends.by === "nothing" || to !== END;
  }

  #leadWays(ways: readonly WayOut[], from: (id: NodeId) => NodeId): Refusal | undefined {
    const { node, channels } = this.#terms;
    const asking = this.#out.filter((edge) => edge.condition.type === "on" || readsOfEdge(edge).has("output"));
    if (asking.length > 0) return asksForOutput(node.id, asking);
    const [only, another] = this.#out;
    const waits = only !== undefined && (this.#parsed.graph.nodes.get(only.to)?.join ?? "any") !== "any";
    const direct =
      isEmpty(channels.after) &&
      only !== undefined &&
      another === undefined &&
      only.condition.type === "plain" &&
      (ways.length === 1 || !waits);
    if (direct) {
      for (const [place, way] of ways.entries())
        this.#wire(place === 0 ? only.id : undefined, only.id, this.#fieldsOf(way, from, { to: only.to, ...ending(only) }));
      return undefined;
    }
    const after = this.#added(
      `after_${node.id}`,
      { kind: "expression", label: `After ${node.label ?? node.id}`, set: channels.after },
      this.#places.after,
    );
    for (const way of ways) this.#wire(undefined, way.edge ?? `${way.from}_end`, this.#fieldsOf(way, from, { to: after }));
    for (const { id } of this.#out) this.intents.push({ type: "edge/update", id, patch: { from: after } });
    return undefined;
  }

  #leadSaid(ways: ReadonlyMap<NodeId, EdgeDef>, from: (id: NodeId) => NodeId): Refusal | undefined {
    const { inside } = this.#terms;
    for (const [id, out] of ways) {
      const edges = [...inside.graph.edges.values()].filter(({ to }) => to === id);
      const goal = this.#parsed.graph.nodes.get(out.to);
      const saying = inside.graph.nodes.get(id)?.join ?? "any";
      const single = [...this.#parsed.graph.edges.values()].filter(({ to }) => to === out.to).length === 1;
      const fits = edges.length === 1 || ((goal?.join ?? "any") === "any" ? saying === "any" : goal?.join === saying && single);
      if (!fits) return waitsElsewhere(out.to);
      for (const [place, edge] of edges.entries()) {
        const { terminate: _ended, ...fields } = inside.raw.edges.get(edge.id) ?? {};
        this.#wire(place === 0 ? out.id : undefined, edge.id, { ...fields, from: from(edge.from), to: out.to, ...ending(out) });
      }
    }
    return undefined;
  }

  #fieldsOf({ edge, from: source, otherwise }: WayOut, from: (id: NodeId) => NodeId, to: JsonObject): JsonObject {
    const fields = edge === undefined ? (otherwise ? { else: true } : {}) : (this.#terms.inside.raw.edges.get(edge) ?? {});
    return { ...fields, from: from(source), ...to };
  }

  /** Makes one of the edges outside of an edge, or adds it beside them. */
  #wire(known: EdgeId | undefined, like: EdgeId, fields: JsonObject): void {
    const { when = null, on = null, else: otherwise = null, ...rest } = fields;
    if (known === undefined) this.#addEdge(like, fields);
    else this.intents.push({ type: "edge/update", id: known, patch: { ...rest, when, on, else: otherwise } });
  }

  #addEdge(like: EdgeId, fields: JsonObject): void {
    const id = freeId(like, (taken) => this.#takenEdges.has(taken));
    this.#takenEdges.add(id);
    this.intents.push({ type: "edge/add", id, fields });
  }

  #added(like: string, fields: JsonObject, position: readonly [number, number]): NodeId {
    const id = this.#freeNode(like);
    this.nodes.push(id);
    this.intents.push({ type: "node/add", id, fields, position });
    return id;
  }

  #freeNode(like: string): NodeId {
    const id = freeId(like, (taken) => this.#takenNodes.has(taken) || taken === this.#terms.node.id);
    this.#takenNodes.add(id);
    return id;
  }

  #nameOf(id: NodeId): NodeId {
    return this.#names.get(id) ?? id;
  }

  /** A channel that only said the way is of no more use, if nobody else asks it. */
  #clearChannel(): void {
    const { ends, node } = this.#terms;
    if (ends.by !== "channel" || !this.#parsed.raw.channels.has(ends.channel)) return;
    const { graph } = this.#parsed;
    const others = [...graph.nodes.values()].filter(({ id }) => id !== node.id);
    const asked = [...graph.edges.values()].some((edge) => edge.from !== node.id && readsOfEdge(edge).has(ends.channel));
    const named = others.some((def) => JSON.stringify(def).includes(ends.channel));
    if (!asked && !named) this.intents.push({ type: "channel/remove", names: [ends.channel] });
  }
}

function ending({ terminate }: EdgeDef): JsonObject {
  return terminate === true ? { terminate } : {};
}

function asksForOutput(node: NodeId, edges: readonly EdgeDef[]): Refusal {
  return refusal(
    `${listed(edges.map(({ id }) => id))} asks what "${node}" answered or wrote, which no node would any more.`,
    "Ask a channel instead.",
    {
      edges: edges.map(({ id }) => id),
    },
  );
}

function waitsElsewhere(to: NodeId): Refusal {
  return refusal(`"${to}" waits for its edges, and several from inside would lead there.`, "Let them meet in one node inside first.", {
    nodes: [to],
  });
}
