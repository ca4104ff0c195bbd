import type { Frontier } from "../checkpoint/checkpoint.js";
import type { Finding } from "./finding.js";
import type { Impact } from "./impact.js";
import { Ways } from "./ways.js";

/** More than these are not told one by one. */
const MOST = 12;

/** What a run may still meet that has changed, nearest first. */
export function reachableFindings(impact: Impact, frontier: Frontier): readonly Finding[] {
  if (impact.before === undefined)
    return [
      {
        kind: "unknown-plan",
        message: "The graph of then cannot be read any more: what has changed is not known.",
        place: { entity: "limits" },
      },
    ];
  const starts = [...frontier.routed, ...frontier.due].map(({ node }) => node);
  const near = Ways.of(impact.after).anywhere([
    ...starts,
    ...Object.keys(frontier.arrivals),
    ...Object.values(frontier.overrides ?? {}).flat(),
  ]);
  const done = new Set([...frontier.routed, ...frontier.results].map(({ node }) => node));
  const due = new Set(frontier.due.map(({ node }) => node));
  const findings: Finding[] = impact.limits
    ? [{ kind: "limits", message: "The limits of the graph have changed.", place: { entity: "limits" } }]
    : [];
  for (const node of near) {
    if (findings.length >= MOST) break;
    const all = impact.findingsOf(node);
    // What a node did when it finished is past, unless it may come to it again; where it goes from there is not.
    findings.push(...(done.has(node) && !due.has(node) ? all.filter(({ kind }) => kind !== "behaviour") : all));
  }
  return findings;
}
