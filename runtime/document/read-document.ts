import type { Graph } from "../model/graph.js";
import type { Problem } from "../model/problem.js";
import type { JsonObject } from "../model/json.js";
import { rangesOf, rawOf } from "./entry-views.js";
import type { Findings, Sections } from "./findings.js";
import type { JsonText } from "./json-reader.js";
import type { Lookup, ParsedDocument } from "./parsed-document.js";
import type { Section } from "./section.js";

/** What a read document is made of. */
export interface DocumentParts {
  readonly text: string;
  readonly json: JsonText;
  readonly sections: Sections;
  readonly graph: Graph;
  readonly findings: Findings;
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
  readonly findings: Findings;

  constructor({ text, json, sections, graph, findings, problems, readOnly, last }: DocumentParts) {
    this.text = text;
    this.graph = graph;
    this.problems = problems;
    this.valid = !problems.some(({ severity }) => severity === "error");
    this.readOnly = readOnly;
    this.json = json;
    this.sections = sections;
    this.findings = findings;
    const { nodes, edges, channels, notes, groups } = sections;
    this.raw = {
      nodes: rawView(nodes, last?.sections.nodes, last?.raw.nodes),
      edges: rawView(edges, last?.sections.edges, last?.raw.edges),
      channels: rawView(channels, last?.sections.channels, last?.raw.channels),
      notes: rawView(notes, last?.sections.notes, last?.raw.notes),
      groups: rawView(groups, last?.sections.groups, last?.raw.groups),
    };
    this.ranges = {
      nodes: rangesOf(nodes),
      edges: rangesOf(edges),
      channels: rangesOf(channels),
      notes: rangesOf(notes),
      groups: rangesOf(groups),
    };
  }
}

/** A view of the section; the one of before where it shows the same. */
function rawView(section: Section<unknown>, last: Section<unknown> | undefined, view: Lookup<JsonObject> | undefined): Lookup<JsonObject> {
  const same = section.cells === last?.cells && section.entries === last.entries;
  return same && view !== undefined ? view : rawOf(section);
}
