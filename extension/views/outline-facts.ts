import type { Problem, Severity } from "../../runtime/model/problem.js";
import type { BreakpointView, DebugView } from "../../webview/protocol/debug.js";
import type { NodeRunView } from "../../webview/protocol/node-run.js";
import { nothingKnown, type OutlineState } from "./outline-rows.js";
import type { OutlineEntry } from "./outline-tree.js";

/** What the rows of a graph look like beside what its document says. */
export interface OutlineSources {
  readonly nodes: Readonly<Record<string, Pick<NodeRunView, "status">>>;
  readonly problems: readonly Problem[];
  readonly breakpoints: Pick<DebugView, "edges" | "nodes">;
  readonly isDisabled: (node: string) => boolean;
}

/** The state of a graph's nodes and edges at one moment, by the keys of their rows. */
export class OutlineFacts {
  readonly #sources: OutlineSources;
  readonly #problems = new Map<string, Severity[]>();

  constructor(sources: OutlineSources) {
    this.#sources = sources;
    for (const { node, edge, severity } of sources.problems) {
      const key = node === undefined ? `edge ${edge ?? ""}` : `node ${node}`;
      const known = this.#problems.get(key);
      if (known === undefined) this.#problems.set(key, [severity]);
      else known.push(severity);
    }
  }

  /** What is known of a row's node or edge. */
  of(entry: OutlineEntry): OutlineState {
    const { nodes, breakpoints, isDisabled } = this.#sources;
    const problems = this.#problems.get(entry.key) ?? [];
    if (entry.type === "node") {
      const there: readonly BreakpointView[] = breakpoints.nodes[entry.node] ?? [];
      return { run: nodes[entry.node]?.status, problems, breakpoints: there, disabled: isDisabled(entry.node) };
    }
    if (entry.type !== "edge") return nothingKnown;
    return { ...nothingKnown, problems, breakpoints: breakpoints.edges[entry.edge] ?? [] };
  }
}
