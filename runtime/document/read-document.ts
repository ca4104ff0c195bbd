import type { Graph } from "../model/graph.js";
import type { Problem } from "../model/problem.js";
import type { JsonObject } from "../model/json.js";
import type { EntryChecks } from "./entry-checks.js";
import type { JsonText } from "./json-reader.js";
import type { EntryRange, ParsedDocument } from "./parsed-document.js";
import type { Section } from "./section.js";
import type { Sections } from "./validate.js";

/** What a read document is made of. */
export interface DocumentParts {
  readonly text: string;
  readonly json: JsonText;
  readonly sections: Sections;
  readonly graph: Graph;
  readonly checks: EntryChecks;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
  readonly last: ReadDocument | undefined;
}

/** A parsed document together with what the next parse and the next edit need of it: where all is, and what was found out. */
export class ReadDocument implements ParsedDocument {
  readonly text: string;
  readonly graph: Graph;
  readonly problems: readonly Problem[];
  readonly valid: boolean;
  readonly readOnly: boolean;
  readonly raw: ParsedDocument["raw"];
  readonly ranges: ParsedDocument["ranges"];
  readonly json: JsonText;
  readonly sections: Sections;
  readonly checks: EntryChecks;

  constructor({ text, json, sections, graph, checks, problems, readOnly, last }: DocumentParts) {
    this.text = text;
    this.graph = graph;
    this.problems = problems;
    this.valid = !problems.some(({ severity }) => severity === "error");
    this.readOnly = readOnly;
    this.json = json;
    this.sections = sections;
    this.checks = checks;
    const { nodes, edges, channels } = sections;
    this.raw = {
      nodes: rawOf(nodes, last?.sections.nodes, last?.raw.nodes),
      edges: rawOf(edges, last?.sections.edges, last?.raw.edges),
      channels: rawOf(channels, last?.sections.channels, last?.raw.channels),
    };
    this.ranges = { nodes: rangesOf(nodes), edges: rangesOf(edges), channels: rangesOf(channels) };
  }
}

/** The raw JSON of each entry; the previous map where no entry changed. */
function rawOf(
  section: Section<unknown>,
  lastSection: Section<unknown> | undefined,
  last: ReadonlyMap<string, JsonObject> | undefined,
): ReadonlyMap<string, JsonObject> {
  if (last !== undefined && lastSection !== undefined && sameEntries(section, lastSection)) return last;
  const raw = new Map<string, JsonObject>();
  for (const [key, { entry }] of section) if (entry.json !== undefined) raw.set(key, entry.json);
  return raw;
}

function sameEntries(a: Section<unknown>, b: Section<unknown>): boolean {
  if (a.size !== b.size) return false;
  const others = b[Symbol.iterator]();
  for (const [key, { entry }] of a) {
    const other = others.next();
    if (other.done === true || other.value[0] !== key || other.value[1].entry !== entry) return false;
  }
  return true;
}

function rangesOf(section: Section<unknown>): ReadonlyMap<string, EntryRange> {
  const ranges = new Map<string, EntryRange>();
  for (const [key, placed] of section) {
    const { node } = placed.entry;
    const value =
      node === undefined
        ? { start: placed.origin, end: placed.origin }
        : { start: placed.origin + node.start, end: placed.origin + node.end };
    ranges.set(key, { key: placed.key, value });
  }
  return ranges;
}
