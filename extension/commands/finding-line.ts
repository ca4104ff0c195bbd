import type { Finding } from "../../runtime/certify/finding.js";
import { positionAt } from "../../runtime/document/text.js";
import type { GraphSession } from "../run/graph-session.js";

/** The line of the document, from 1, at which a finding's place is; undefined where it is not in the text any more. */
export function lineOf({ source }: GraphSession, { place }: Finding): number | undefined {
  if (place.entity === "limits") return undefined;
  const { text, ranges } = source.parsed;
  const range = { node: ranges.nodes, edge: ranges.edges, channel: ranges.channels }[place.entity].get(place.id);
  return range === undefined ? undefined : positionAt(text, range.key.start).line;
}
