import { EntryChecks } from "./entry-checks.js";
import { findingsOf, type Sections } from "./findings.js";
import type { Graph } from "../model/graph.js";
import { readGroup, readNote } from "./read-annotations.js";
import { orderOf, tableOf } from "./graph-tables.js";
import { readJson, type JsonText } from "./json-reader.js";
import { memberOf, type JsonNode, type ObjectNode } from "./json-tree.js";
import { currentVersion } from "./format-version.js";
import type { ParsedDocument } from "./parsed-document.js";
import { reportConflicts } from "./merge/conflicts.js";
import { ownerOf, ProblemList } from "./problem-list.js";
import { ReadDocument } from "./read-document.js";
import { readChannel } from "./read-channels.js";
import { readEdge } from "./read-edges.js";
import { readPlacement } from "./read-layout.js";
import { readNode } from "./read-nodes.js";
import { defaultSettings, readSettings, type Settings } from "./read-settings.js";
import type { Reading, LocalProblem } from "./reading.js";
import { sameJson } from "./same-json.js";
import { report } from "./report.js";
import { readSection, type EntryReader } from "./section.js";
import { entrySections } from "./sections.js";

/**
 * Reads a text as a document, whatever its state: never throws. Entries whose text is the same as in `previous` are the same
 * objects, tables share all they can with those of `previous`, and what was found out about them is not found out again.
 */
export function parseDocument(text: string, previous?: ParsedDocument): ParsedDocument {
  const last = previous instanceof ReadDocument ? previous : undefined;
  if (last?.text === text) return last;
  const json = readJson(text, last?.json);
  const problems = new ProblemList();
  addSyntax(json, problems);
  const root = json.root?.type === "object" ? json.root : undefined;
  if (root === undefined && json.root !== undefined) addShape(json.root, "A graph is a JSON object.", problems);
  const newer = root !== undefined && readVersion(root, problems);
  const local: LocalProblem[] = [];
  const settings = root === undefined ? defaultSettings : readSettings(root, local);
  const sections = readSections(root, last?.sections);
  const graph = graphOf(settings, sections, last);
  const known = last?.findings.checks;
  const checks = known?.holdFor(graph.channels, sections.channels) === true ? known : new EntryChecks(graph.channels, sections.channels);
  const findings = findingsOf(text, sections, checks, last?.findings);
  // What a newer format means is not for this version to judge.
  if (root !== undefined && !newer) {
    for (const problem of local) problems.add(problem);
    addSectionShapes(root, problems);
    reportConflicts(root, problems);
    report({ text, root, graph, findings }, problems);
  }
  return new ReadDocument({ text, json, sections, graph, findings, problems: problems.sorted(), readOnly: newer, last });
}

function readSections(root: ObjectNode | undefined, last: Sections | undefined): Sections {
  return {
    channels: readSection(root, "channels", objects("channel", readChannel), last?.channels),
    nodes: readSection(root, "nodes", objects("node", readNode), last?.nodes),
    edges: readSection(root, "edges", objects("edge", readEdge), last?.edges),
    notes: readSection(root, "notes", readNote, last?.notes),
    groups: readSection(root, "groups", readGroup, last?.groups),
    layout: readSection(root, "layout", readPlacement, last?.layout),
  };
}

function objects<Def>(what: string, read: (key: string, node: ObjectNode) => Reading<Def>): EntryReader<Def> {
  return (key, node) => {
    if (node.type === "object") return read(key, node);
    const message = `The ${what} "${key}" must be an object.`;
    return {
      def: undefined,
      problems: [{ severity: "error", code: "DOCUMENT_SHAPE", message, range: { start: node.start, end: node.end } }],
    };
  };
}

function graphOf(settings: Settings, sections: Sections, last: ReadDocument | undefined): Graph {
  const before = last?.graph;
  return {
    title: settings.title,
    channels: tableOf(sections.channels, last && { section: last.sections.channels, table: last.graph.channels }),
    nodes: tableOf(sections.nodes, last && { section: last.sections.nodes, table: last.graph.nodes }),
    edges: tableOf(sections.edges, last && { section: last.sections.edges, table: last.graph.edges }),
    order: orderOf(sections.nodes, last && { section: last.sections.nodes, table: last.graph.order }),
    notes: tableOf(sections.notes, last && { section: last.sections.notes, table: last.graph.notes }),
    groups: tableOf(sections.groups, last && { section: last.sections.groups, table: last.graph.groups }),
    layout: tableOf(sections.layout, last && { section: last.sections.layout, table: last.graph.layout }),
    compile: before !== undefined && sameJson(before.compile, settings.compile) ? before.compile : settings.compile,
    limits: before !== undefined && sameJson(before.limits, settings.limits) ? before.limits : settings.limits,
    checkpoints: before !== undefined && sameJson(before.checkpoints, settings.checkpoints) ? before.checkpoints : settings.checkpoints,
    ...(settings.keep === undefined ? {} : { keep: settings.keep }),
  };
}

/** Reports what is wrong with the version; true for one newer than this Patchbay's. */
function readVersion(root: ObjectNode, problems: ProblemList): boolean {
  const version = memberOf(root, "patchbay");
  if (version === undefined) {
    const range = { start: root.start, end: root.start + 1 };
    problems.add({
      severity: "error",
      code: "DOCUMENT_SHAPE",
      message: `The version is missing: add "patchbay": ${currentVersion}.`,
      range,
    });
  } else if (version.type !== "number" || !Number.isInteger(version.value) || Number(version.value) < 1) {
    addShape(version, `\`patchbay\` is the version of the format: write ${currentVersion}.`, problems);
  } else if (Number(version.value) > currentVersion) {
    const message = `This graph has the format ${String(version.value)}; this Patchbay knows ${currentVersion}. It is shown and cannot be edited.`;
    problems.add({ severity: "error", code: "DOCUMENT_NEWER", message, range: { start: version.start, end: version.end } });
    return true;
  }
  return false;
}

function addSyntax({ problems }: JsonText, list: ProblemList): void {
  for (const { code, message, range, section, entry } of problems) {
    list.add({ severity: "error", code, message, range, ...ownerOf(section, entry) });
  }
}

function addShape(node: JsonNode, message: string, problems: ProblemList): void {
  problems.add({ severity: "error", code: "DOCUMENT_SHAPE", message, range: { start: node.start, end: node.end } });
}

function addSectionShapes(root: ObjectNode, problems: ProblemList): void {
  for (const name of entrySections) {
    const node = memberOf(root, name);
    if (node !== undefined && node.type !== "object") addShape(node, `\`${name}\` must be an object.`, problems);
  }
}
