import type { Plan } from "../../runtime/plan/plan.js";
import type { Breakpoint } from "../../runtime/stepping/breakpoint.js";
import { Breakpoints } from "../../runtime/stepping/breakpoints.js";
import type { BreakpointView, DebugView } from "../../webview/protocol/debug.js";
import type { GraphBreakpoint } from "../debug/breakpoints/graph-breakpoint.js";

/** The breakpoints of a graph as the canvas draws them. `plan`: the one in force, which says what can be met; without one nobody knows. */
export function projectBreakpoints(all: readonly GraphBreakpoint[], plan: Plan | undefined): Pick<DebugView, "nodes" | "edges"> {
  const nodes: Record<string, BreakpointView[]> = {};
  const edges: Record<string, BreakpointView[]> = {};
  const problems = plan === undefined ? new Map<number, string>() : problemsOf(all, plan);
  for (const [index, breakpoint] of all.entries()) {
    const { place } = breakpoint;
    const [views, id] = "node" in place ? [nodes, place.node] : [edges, place.edge];
    const there = (views[id] ??= []);
    if (there.every(({ at }) => at !== place.at)) there.push(viewOf(breakpoint, problems.get(index)));
  }
  return { nodes, edges };
}

function viewOf(breakpoint: GraphBreakpoint, problem: string | undefined): BreakpointView {
  const { place, enabled, condition, hits, log } = breakpoint;
  const kind = log !== undefined ? "log" : condition !== undefined || hits !== undefined ? "conditional" : "plain";
  const text = [condition, hits, log].filter((part) => part !== undefined).join(" · ");
  return { at: place.at, kind, enabled, text, ...(problem === undefined ? {} : { problem }) };
}

/** Why they cannot be met, by their places in the list. */
function problemsOf(all: readonly GraphBreakpoint[], plan: Plan): ReadonlyMap<number, string> {
  const breakpoints = new Breakpoints();
  breakpoints.set("", all.map(numbered));
  return new Map(breakpoints.verdicts("", plan).flatMap(({ id, problem }) => (problem === undefined ? [] : [[id, problem] as const])));
}

function numbered({ place, condition, hits, log }: GraphBreakpoint, id: number): Breakpoint {
  return {
    id,
    place,
    ...(condition === undefined ? {} : { condition }),
    ...(hits === undefined ? {} : { hits }),
    ...(log === undefined ? {} : { log }),
  };
}
