// What a row of the outline says of its node or edge beside its name. Pure.
import type { Severity } from "../../runtime/model/problem.js";
import { START } from "../../runtime/model/ids.js";
import type { BreakpointView } from "../../webview/protocol/debug.js";
import type { NodeRunView } from "../../webview/protocol/node-run.js";
import type { OutlineEntry } from "./outline-tree.js";

/** What is known of a node or edge beside its entry. */
export interface OutlineState {
  readonly run: NodeRunView["status"] | undefined;
  readonly problems: readonly Severity[];
  readonly breakpoints: readonly BreakpointView[];
  /** A run passes it by. */
  readonly disabled: boolean;
}

/** Nothing is known. */
export const nothingKnown: OutlineState = { run: undefined, problems: [], breakpoints: [], disabled: false };

/** The codicons of node kinds, as the canvas has them. */
const kindIcons: Readonly<Record<string, string>> = {
  [START]: "play-circle",
  code: "code",
  expression: "symbol-operator",
  barrier: "person",
  http: "globe",
  map: "layers",
  subgraph: "type-hierarchy-sub",
};

/** The codicon of a row. */
export function outlineIcon(entry: OutlineEntry): string {
  switch (entry.type) {
    case "node":
      return kindIcons[entry.kind] ?? "symbol-misc";
    case "edge":
      return "arrow-right";
    case "graph":
      return "type-hierarchy-sub";
    case "note":
      return "note";
    case "group":
      return "group-by-ref-type";
  }
}

/** Theme colour of a row's icon: what is wrong comes before what runs. Never the only sign: the words say the same. */
export function stateColor({ run, problems }: OutlineState): string | undefined {
  if (problems.includes("error") || run === "failed") return "list.errorForeground";
  if (problems.includes("warning")) return "list.warningForeground";
  if (run === "running") return "charts.green";
  return run === "due" || run === "waiting" ? "charts.blue" : undefined;
}

/** What the context menu of a row is chosen by. */
export function outlineContext(entry: OutlineEntry, inside: boolean): string {
  if (inside) return "inside";
  if (entry.type !== "node") return entry.type;
  if (entry.node === START) return "start";
  return ["node", ...(entry.handler ? ["handler"] : []), ...(entry.graph ? ["graph"] : [])].join(".");
}
