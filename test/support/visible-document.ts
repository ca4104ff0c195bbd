import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { Table } from "../../runtime/model/table.js";

/** What a document shows of each of its sections, in order. */
function listed(views: ParsedDocument["raw"] | ParsedDocument["ranges"]): unknown {
  return Object.entries(views).map(([name, view]) => [name, [...view]]);
}

/** What a document means, apart from its text, as plain values. */
export function meaningOf({ graph, raw }: ParsedDocument): unknown {
  const tables = Object.entries(graph).map(([key, value]: [string, unknown]) => [key, value instanceof Table ? new Map(value) : value]);
  return { raw: listed(raw), ...(Object.fromEntries(tables) as object) };
}

/** All that can be seen of a document, as plain values. */
export function visibleOf(parsed: ParsedDocument): unknown {
  const { text, problems, valid, readOnly, ranges } = parsed;
  return { text, problems, valid, readOnly, ranges: listed(ranges), meaning: meaningOf(parsed) };
}
