// Another name for a channel, wherever the document says it: text edits at those places and nowhere else.
//
// 1. What a run comes to stays as it was; where that is not certain the rename is refused, with the place.
// 2. Code of the user's is not looked into: handlers that are given the channel find it under its new name.
import { namesIn } from "../expression/cel.js";
import { holesIn } from "../expression/template.js";
import type { TextRange } from "../model/problem.js";
import type { EditOutcome, Intent, TextEdit } from "./intent.js";
import { readJson } from "./json-reader.js";
import { memberOf, type JsonNode, type Property } from "./json-tree.js";
import type { EntryRange, ParsedDocument } from "./parsed-document.js";
import { wrongKey } from "./section.js";
import { Sharing, type OtherGraphs } from "./rename-sharing.js";
import { rangeInLiteral } from "./string-offsets.js";

/** A channel by its new name; `said`: what nodes have to say then. */
export type Renamed =
  | Extract<EditOutcome, { ok: false }>
  | { readonly ok: true; readonly edits: readonly TextEdit[]; readonly said: readonly Intent[] };

/**
 * The text edits that rename a channel; a refusal says why not. Where the graph of a node is known that shares channels with it by their names, the
 * node says in `in` and `out` what it shares, if that comes to the same.
 */
export function renameChannel(parsed: ParsedDocument, from: string, to: string, others: OtherGraphs = () => undefined): Renamed {
  const declared = parsed.ranges.channels.get(from);
  const refused = whyNot(parsed, from, to);
  if (declared === undefined || refused !== undefined) return refuse(refused ?? `There is no channel "${from}" in this graph.`);
  const sharing = new Sharing(parsed, from, to, others);
  const renaming = new Renaming(parsed.text, from, to, sharing);
  renaming.key(declared.key);
  for (const [id, entry] of parsed.ranges.nodes) renaming.node(id, entry);
  for (const [id, entry] of parsed.ranges.edges) renaming.edge(id, entry);
  const [why] = renaming.refusals;
  if (why !== undefined) return refuse(why);
  const edits = renaming.edits.toSorted((a, b) => a.offset - b.offset);
  return { ok: true, edits, said: sharing.said };
}

function whyNot({ readOnly, ranges }: ParsedDocument, from: string, to: string): string | undefined {
  if (readOnly) return "This graph has a newer format and is read-only; update Patchbay to edit it.";
  if (ranges.channels.has(to)) return `There is already a channel "${to}"; choose another name.`;
  return from === to ? `The channel is called "${to}" already.` : wrongKey("channels", to);
}

function refuse(message: string): Extract<EditOutcome, { ok: false }> {
  return { ok: false, code: "EDIT_REFUSED", message };
}

/** Variables that hide a channel of their name, in expressions over items. */
const ofResults = new Set(["item", "index", "output", "results"]);

class Renaming {
  readonly edits: TextEdit[] = [];
  readonly refusals: string[] = [];
  readonly #text: string;
  readonly #from: string;
  readonly #to: string;
  readonly #sharing: Sharing;
  /** The entry that is looked at: where its text begins, and what to call it. */
  #origin = 0;
  #place = "";
  #source = "";

  constructor(text: string, from: string, to: string, sharing: Sharing) {
    this.#sharing = sharing;
    this.#text = text;
    this.#from = from;
    this.#to = to;
  }

  key({ start, end }: TextRange): void {
    this.edits.push({ offset: start, length: end - start, text: JSON.stringify(this.#to) });
  }

  node(id: string, entry: EntryRange): void {
    const root = this.#enter(`node "${id}"`, entry);
    const kind = root === undefined ? undefined : stringIn(memberOf(root, "kind"));
    if (root === undefined) return;
    this.#shared(id, root, kind);
    if (this.#source.includes(this.#from) || this.#source.includes("\\u")) this.#fields(root, kind);
  }

  edge(id: string, entry: EntryRange): void {
    const root = this.#enter(`edge "${id}"`, entry);
    if (root !== undefined) this.#expression(memberOf(root, "when"), "when");
  }

  #enter(place: string, { value: { start, end } }: EntryRange): JsonNode | undefined {
    this.#place = place;
    this.#origin = start;
    this.#source = this.#text.slice(start, end);
    return readJson(this.#source).root;
  }

  #fields(root: JsonNode, kind: string | undefined): void {
    this.#expression(memberOf(memberOf(root, "cache"), "key"), "cache.key");
    this.#keys(memberOf(root, "fallback"));
    this.#names(memberOf(root, "reads"));
    this.#names(memberOf(root, "writes"));
    this.#name(memberOf(root, "output"));
    switch (kind ?? "") {
      case "expression":
        return this.#pairs(memberOf(root, "set"), "set", true);
      case "barrier":
        return this.#templates(memberOf(root, "prompt"), "prompt");
      case "http":
        for (const field of ["url", "query", "headers", "body"]) this.#templates(memberOf(root, field), field);
        return;
      case "map":
        this.#expression(memberOf(root, "over"), "over");
        this.#expression(memberOf(root, "stopWhen"), "stopWhen", ofResults);
        return this.#pairs(memberOf(root, "in"), "in", false);
      case "subgraph":
        this.#pairs(memberOf(root, "in"), "in", false);
        return this.#keys(memberOf(root, "out"));
    }
  }

  /** Where a node runs another graph and does not say what is passed, names do: invariant 1. */
  #shared(id: string, root: JsonNode, kind: string | undefined): void {
    const runs = memberOf(root, "graph") !== undefined && (kind === "subgraph" || kind === "map");
    if (!runs) return;
    const open = ["in", ...(kind === "subgraph" ? ["out"] : [])].filter((field) => memberOf(root, field) === undefined);
    if (open.length === 0 || this.#sharing.says(id)) return;
    const fields = open.map((field) => `\`${field}\``).join(" and ");
    this.refusals.push(`The ${this.#place} shares channels with its graph by their names: say in ${fields} what is passed, then rename.`);
  }

  /** Channels of here by name, with expressions; or expressions alone, for channels of another graph. */
  #pairs(node: JsonNode | undefined, field: string, namedHere: boolean): void {
    if (namedHere) this.#keys(node);
    for (const { key, value } of propertiesOf(node)) this.#expression(value, `${field}.${key}`);
  }

  #keys(node: JsonNode | undefined): void {
    const properties = propertiesOf(node);
    for (const { key, keyStart, keyEnd } of properties) {
      if (key !== this.#from) continue;
      if (properties.some((each) => each.key === this.#to)) this.refusals.push(`The ${this.#place} names "${this.#to}" already.`);
      this.key({ start: this.#origin + keyStart, end: this.#origin + keyEnd });
    }
  }

  #names(list: JsonNode | undefined): void {
    if (list?.type === "array") for (const item of list.items) this.#name(item);
  }

  #name(node: JsonNode | undefined): void {
    if (node !== undefined && stringIn(node) === this.#from) this.key({ start: this.#origin + node.start, end: this.#origin + node.end });
  }

  #templates(node: JsonNode | undefined, field: string): void {
    if (node?.type === "array") for (const item of node.items) this.#templates(item, field);
    for (const { value } of propertiesOf(node)) this.#templates(value, field);
    const text = stringIn(node);
    if (node === undefined || text === undefined) return;
    for (const [start, end] of holesIn(text)) this.#within(node, text.slice(start + 2, end - 2), start + 2, field);
  }

  #expression(node: JsonNode | undefined, field: string, hidden?: ReadonlySet<string>): void {
    const text = stringIn(node);
    if (node !== undefined && text !== undefined) this.#within(node, text, 0, field, hidden);
  }

  /** The uses in an expression that begins at `at` of a string. */
  #within(node: JsonNode, expression: string, at: number, field: string, hidden: ReadonlySet<string> = new Set()): void {
    if (!new RegExp(`\\b${this.#from}\\b`).test(expression) || /^\s*secret\.\w+\s*$/.test(expression) || hidden.has(this.#from)) return;
    const names = namesIn(expression);
    if (names === undefined) {
      this.refusals.push(`\`${field}\` of the ${this.#place} cannot be read, and may name "${this.#from}": correct it first.`);
      return;
    }
    const literal = this.#source.slice(node.start, node.end);
    for (const { name, start, end, bound } of names) {
      if (name !== this.#from) continue;
      if (hidden.has(this.#to) || bound.includes(this.#to))
        this.refusals.push(`In \`${field}\` of the ${this.#place}, "${this.#to}" means something else: choose another name.`);
      const place = rangeInLiteral(literal, { start: at + start, end: at + end });
      this.edits.push({ offset: this.#origin + node.start + place.start, length: place.end - place.start, text: this.#to });
    }
  }
}

function propertiesOf(node: JsonNode | undefined): readonly Property[] {
  return node?.type === "object" ? node.properties : [];
}

function stringIn(node: JsonNode | undefined): string | undefined {
  return node?.type === "string" ? String(node.value) : undefined;
}
