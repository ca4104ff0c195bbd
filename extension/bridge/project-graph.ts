import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { END, ON_ERROR, START } from "../../runtime/model/ids.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import type { Orientation } from "../../runtime/model/orientation.js";
import { reducerText } from "../../runtime/model/reducer-text.js";
import type { Problem } from "../../runtime/model/problem.js";
import type { EdgeView, GraphView, NodeView, ProblemView } from "../../webview/protocol/views.js";
import { AnnotationProjection } from "./project-annotations.js";
import { KeptViews } from "./kept-views.js";
import { placeNodes } from "../../runtime/picture/placement.js";
import { fieldAt } from "./problem-field.js";

/** What the canvas is drawn from. */
export interface GraphFacts {
  readonly parsed: ParsedDocument;
  /** The document's problems and those that only the host can see, such as missing files. */
  readonly problems: readonly Problem[];
  /** Version of the text document. */
  readonly version: number;
  readonly title: string;
  readonly readOnly: boolean;
  readonly trusted: boolean;
  /** The way the graph runs; absent: to the right. */
  readonly orientation?: Orientation;
  /** 1-based line of an offset in the text. */
  readonly lineOf: (offset: number) => number;
}

/** Projects a document as it goes from text to text: what looks as it did is the same object. */
export class GraphProjection {
  readonly #edges = new KeptViews<EdgeView>(edgeView);
  readonly #cards = new KeptViews<Card>(cardOf);
  readonly #annotations = new AnnotationProjection();
  readonly #nodes = new WeakMap<Card, NodeView>();
  #last: NodeView[] = [];

  /** The graph as the canvas draws it, whatever state the document is in. */
  of(facts: GraphFacts): GraphView {
    const { graph, raw } = facts.parsed;
    const edges = this.#edges.of(raw.edges);
    const cards = this.#cards.of(raw.nodes);
    const ids = cards.map(({ id }) => id);
    const places = placeNodes(ids, edges, (id) => graph.layout.get(id), facts.orientation);
    const placeOf = (id: string): [number, number] => {
      const [x, y] = places.get(id) ?? [0, 0];
      return [x, y];
    };
    return {
      revision: facts.version,
      title: graph.title === "" ? facts.title : graph.title,
      readOnly: facts.readOnly,
      trusted: facts.trusted,
      channels: [...raw.channels].map(([name, fields]) => ({
        name,
        reducer: reducerText(fields["reducer"]),
        type: typeOf(fields["schema"]),
        fields: { ...fields },
      })),
      nodes: this.#placed(cards, placeOf),
      edges,
      ...this.#annotations.of(facts.parsed, places),
      problems: facts.problems.map((problem) => problemView(facts, problem)),
      terminals: { start: placeOf(START), end: placeOf(END) },
      unplaced: ids.filter((id) => graph.layout.get(id) === undefined).length,
      ...(facts.orientation === undefined ? {} : { orientation: facts.orientation }),
    };
  }

  /** The last list where every node is as it was. */
  #placed(cards: readonly Card[], placeOf: (id: string) => [number, number]): NodeView[] {
    const nodes = cards.map((card) => this.#node(card, placeOf(card.id)));
    const same = nodes.length === this.#last.length && nodes.every((node, index) => node === this.#last[index]);
    return same ? this.#last : (this.#last = nodes);
  }

  #node(card: Card, [x, y]: [number, number]): NodeView {
    const known = this.#nodes.get(card);
    if (known?.position[0] === x && known.position[1] === y) return known;
    const node = { ...card, position: [x, y] as [number, number] };
    this.#nodes.set(card, node);
    return node;
  }
}

function problemView({ parsed, lineOf }: GraphFacts, { severity, code, message, range, node, edge }: Problem): ProblemView {
  const entry = node === undefined ? parsed.ranges.edges.get(edge ?? "") : parsed.ranges.nodes.get(node);
  const inside = entry !== undefined && entry.value.start <= range.start && range.start < entry.value.end;
  const field = inside ? fieldAt(parsed.text.slice(entry.value.start, entry.value.end), range.start - entry.value.start) : undefined;
  return {
    severity,
    code,
    message,
    line: lineOf(range.start),
    ...(node === undefined ? {} : { node }),
    ...(edge === undefined ? {} : { edge }),
    ...(field === undefined ? {} : { field }),
  };
}

/** A node wherever it stands. */
type Card = Omit<NodeView, "position">;

function cardOf(id: string, fields: JsonObject): Card {
  return {
    id,
    kind: textOf(fields["kind"]) || "unknown",
    label: textOf(fields["label"]) || id,
    summary: summaryOf(fields),
    fields: { ...fields },
  };
}

/** One line of what a node does. */
function summaryOf(fields: JsonObject): string {
  const { graph, handler, kind, method, prompt, set, over, url } = fields;
  if (kind === "http") return `${textOf(method) || "GET"} ${textOf(url)}`.trim();
  const file = [graph, handler].find((each) => typeof each === "string");
  if (typeof file === "string") return typeof over === "string" ? `${over} → ${file}` : file;
  if (typeof prompt === "string") return prompt.trimStart().split("\n", 1)[0] ?? "";
  const [first] = isFields(set) ? Object.entries(set) : [];
  return first === undefined ? "" : `${first[0]} = ${textOf(first[1])}`;
}

/** An edge that does not say where it starts and ends cannot be drawn; its problem is listed. */
function edgeView(id: string, fields: JsonObject): EdgeView | undefined {
  const { from, to } = fields;
  if (typeof from !== "string" || typeof to !== "string") return undefined;
  return { id, from, to, ...conditionOf(fields), fields: { ...fields } };
}

function conditionOf(fields: JsonObject): Pick<EdgeView, "condition" | "text"> {
  const { when, on } = fields;
  if (when !== undefined) return { condition: "when", text: textOf(when) };
  if (on === ON_ERROR) return { condition: "error", text: "on error" };
  if (on !== undefined) return { condition: "on", text: textOf(on) };
  return fields["else"] === true ? { condition: "else", text: "else" } : { condition: "plain", text: "" };
}

function typeOf(schema: JsonValue | undefined): string {
  const type = isFields(schema) ? schema["type"] : undefined;
  if (Array.isArray(type)) return type.map(textOf).join(" | ");
  return typeof type === "string" ? type : "any";
}

function isFields(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
