import type { Frontier } from "../checkpoint/checkpoint.js";
import type { Finding } from "./finding.js";
import type { Impact } from "./impact.js";

const unknownPlan: Finding = {
  kind: "unknown-plan",
  message: "The graph of then cannot be read any more: what has changed is not known.",
  place: { entity: "limits" },
};
const otherLimits: Finding = { kind: "limits", message: "The limits of the graph have changed.", place: { entity: "limits" } };

/** What a run may still meet that has changed. */
export function reachableFindings(impact: Impact, frontier: Frontier): readonly Finding[] {
  if (impact.before === undefined) return [unknownPlan];
  const { routed, results, due, arrivals, overrides = {} } = frontier;
  const dueNodes = due.map(({ node }) => node);
  const starts = [...routed.map(({ node }) => node), ...dueNodes, ...Object.keys(arrivals), ...Object.values(overrides).flat()];
  const finished = new Set([...routed, ...results].map(({ node }) => node).filter((node) => !dueNodes.includes(node)));
  const findings = impact.told.flatMap(({ node, from, findings: all }) => {
    if (!starts.some((start) => from.has(start))) return [];
    // What a node did when it finished is past, unless it may come to it again; where it goes from there is not.
    return finished.has(node) ? all.filter(({ kind }) => kind !== "behaviour") : all;
  });
  return impact.limits ? [otherLimits, ...findings] : findings;
}
