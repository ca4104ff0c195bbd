// What was found out about a document as problems at their places. Costs what there is to report.
import type { Graph } from "../model/graph.js";
import type { AnnotationFinding } from "./check-annotations.js";
import { START } from "../model/ids.js";
import { checkJoin, jumpFrom, type Paths } from "./check-paths.js";
import { literalIn, livingLinks, type Findings, type Sections } from "./findings.js";
import { propertyOf, type ObjectNode } from "./json-tree.js";
import { entrySections } from "./sections.js";
import { ownerOf, type ProblemList } from "./problem-list.js";
import type { LocalProblem } from "./reading.js";

/** What is reported on. */
export interface Reported {
  readonly text: string;
  readonly root: ObjectNode;
  readonly graph: Graph;
  readonly findings: Findings;
}

/** Adds what is wrong with the entries of a document, and with what they are together. */
export function report(reported: Reported, problems: ProblemList): void {
  new Report(reported, problems).run();
}

class Report {
  readonly #problems: ProblemList;
  readonly #document: Reported;
  readonly #findings: Findings;

  constructor(document: Reported, problems: ProblemList) {
    this.#problems = problems;
    this.#document = document;
    this.#findings = document.findings;
  }

  run(): void {
    for (const name of entrySections) for (const key of this.#findings.faulty[name].keys()) this.#entry(name, key);
    this.#findings.sources.forEach(({ problems }) => {
      for (const { in: name, id, problem } of problems) this.#add(name, id, problem);
    });
    for (const finding of this.#findings.annotations.found) this.#annotation(finding);
    for (const key of this.#findings.strays.keys()) this.#stray(key);
    if (this.#findings.links.leaving(START).length > 0) this.#paths();
    else this.#problems.add({ severity: "error", code: "NO_START", message: NO_START, range: this.#top() });
  }

  #entry(name: keyof Sections, key: string): void {
    const entry = this.#findings.sections[name].get(key);
    const place = this.#findings.sections[name].place(key);
    if (entry === undefined || place === undefined) return;
    const { keyProblem: message } = entry;
    if (message !== undefined)
      this.#problems.add({ severity: "error", code: "INVALID_ID", message, range: place.key, ...ownerOf(name, key) });
    for (const problem of [...entry.problems, ...this.#checked(name, key)]) this.#problems.addIn(place, ownerOf(name, key), problem);
  }

  /** What is wrong with an entry that the channels tell. */
  #checked(name: keyof Sections, key: string): readonly LocalProblem[] {
    const { sections, checks } = this.#findings;
    const [node, edge] = [name === "nodes" && sections.nodes.get(key), name === "edges" && sections.edges.get(key)];
    const literal = literalIn(this.#document.text, sections[name], key);
    return node ? checks.node(node, literal) : edge ? checks.edge(edge, literal) : [];
  }

  #add(name: keyof Sections, key: string, problem: LocalProblem): void {
    const place = this.#findings.sections[name].place(key);
    if (place !== undefined) this.#problems.addIn(place, ownerOf(name, key), problem);
  }

  #annotation({ in: name, id, taken, problems }: AnnotationFinding): void {
    const place = this.#findings.sections[name].place(id);
    const message = `${taken ?? ""} has the id "${id}" already; on the canvas each needs its own.`;
    if (place !== undefined && taken !== undefined)
      this.#problems.add({ severity: "error", code: "TAKEN_ID", message, range: place.key, ...ownerOf(name, id) });
    for (const problem of problems) this.#add(name, id, problem);
  }

  #stray(id: string): void {
    const place = this.#findings.sections.layout.place(id);
    const message = `There is no node or note "${id}" to place; this line has no effect.`;
    if (place !== undefined) this.#problems.add({ severity: "warning", code: "UNKNOWN_FIELD", message, range: place.key });
  }

  #paths(): void {
    const { lost, joins } = this.#findings;
    if (lost.size + joins.size === 0) return;
    const paths = this.#asked();
    const jump = jumpFrom(paths);
    for (const id of lost.keys()) this.#lost(id, jump);
    for (const id of joins.keys()) {
      const problem = checkJoin(id, paths, jump !== undefined);
      if (problem !== undefined) this.#add("nodes", id, problem);
    }
  }

  #asked(): Paths {
    const { sections, links, sources, reach, reroutes } = this.#findings;
    return { living: livingLinks(links, sources), nodes: sections.nodes, definitions: this.#document.graph.nodes, reach, reroutes };
  }

  #lost(id: string, jump: string | undefined): void {
    const place = this.#findings.sections.nodes.place(id);
    if (place === undefined) return;
    const message = `No path leads from \`@start\` to "${id}"${jump === undefined ? "." : `: only ${jump} can reach it.`}`;
    const severity = jump === undefined ? "warning" : "information";
    this.#problems.add({ severity, code: "UNREACHABLE_NODE", message, range: place.key, node: id });
  }

  /** Where a problem of the whole graph is shown. */
  #top(): { start: number; end: number } {
    const { root } = this.#document;
    const at = propertyOf(root, "edges") ?? propertyOf(root, "nodes");
    return at === undefined ? { start: root.start, end: root.start + 1 } : { start: at.keyStart, end: at.keyEnd };
  }
}

const NO_START = "No edge leaves `@start`: a run would have nothing to do.";
