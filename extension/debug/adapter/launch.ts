// What launch.json says of a run: read, so that what is wrong in it is told by name.
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ReplayTerms } from "../../../runtime/checkpoint/checkpoint.js";
import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";
import { PatchbayError } from "../../../runtime/errors.js";
import type { JsonObject } from "../../../runtime/model/json.js";
import type { BreakPlace } from "../../../runtime/stepping/breakpoint.js";

/** A launch of a new run. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  /** Path of the graph's document. */
  readonly graph: string;
  readonly input?: JsonObject;
  /** Folder of the store that keeps the run, or `memory`; absent: that of the graph. */
  readonly store?: string;
  /** Where to stop beside the breakpoints of the editor: ids of nodes and edges, or more of each. */
  readonly breakpoints?: readonly (string | NamedBreakpoint)[];
  readonly stopOnEntry?: boolean;
  /** Which recorded results count after going back: for all nodes, or node by node, with `*` for the others. */
  readonly replay?: string | Readonly<Record<string, string>>;
}

/** Where a run that there is already is taken up. */
export interface AttachArguments extends DebugProtocol.AttachRequestArguments {
  /** Absent: the run that the graph shows. */
  readonly run?: string;
  /** Absent: where the run stands. */
  readonly checkpoint?: string;
}

/** A breakpoint by the id of its node or edge. */
export interface NamedBreakpoint extends Pick<DebugProtocol.SourceBreakpoint, "condition" | "hitCondition" | "logMessage"> {
  readonly node?: string;
  readonly edge?: string;
  /** `before` (default) or `after` a node; where an edge is `taken` (default) or `tested`. */
  readonly mode?: string;
}

const modes = ["recorded", "decisions", "live"] as const;

/** Which recorded results count; undefined where nothing is said. Throws `INPUT_INVALID`. */
export function replayTermsOf(replay: LaunchArguments["replay"]): ReplayTerms | undefined {
  if (replay === undefined) return undefined;
  if (typeof replay === "string") return { mode: modeOf(replay) };
  const { "*": others = "recorded", ...nodes } = replay;
  const mode = modeOf(others);
  const live = Object.entries(nodes).flatMap(([node, each]) => (modeOf(each) === "live" ? [node] : []));
  if (mode === "live" && live.length < Object.keys(nodes).length)
    throw new PatchbayError(
      "INPUT_INVALID",
      '"replay": where all nodes run live, none takes what is recorded: name those that run instead.',
    );
  return live.length === 0 ? { mode } : { mode, live };
}

/** The place of a breakpoint that is named; a text is the id of a node, else of an edge. Throws `INPUT_INVALID`. */
export function placeOf(named: string | NamedBreakpoint, { graph }: Pick<ParsedDocument, "graph">): BreakPlace {
  const { node, edge, mode } = typeof named === "string" ? idIn(named, graph) : named;
  if (node !== undefined) return { at: mode === "after" ? "after" : "before", node };
  if (edge !== undefined) return { at: mode === "tested" ? "tested" : "taken", edge };
  throw new PatchbayError("INPUT_INVALID", '"breakpoints": each is the id of a node or an edge, or has a "node" or an "edge".');
}

function idIn(id: string, { nodes, edges }: ParsedDocument["graph"]): NamedBreakpoint {
  return !nodes.has(id) && edges.has(id) ? { edge: id } : { node: id };
}

function modeOf(text: string): ReplayTerms["mode"] {
  const mode = modes.find((each) => each === text);
  if (mode === undefined) throw new PatchbayError("INPUT_INVALID", `"replay": "${text}" is none of ${modes.join(", ")}.`);
  return mode;
}
