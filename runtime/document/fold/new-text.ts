import type { Position } from "../../model/graph.js";
import { END, START, type EdgeId, type NodeId } from "../../model/ids.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import { editDocument } from "../edit.js";
import { currentVersion } from "../format-version.js";
import type { Intent } from "../intent.js";
import { readJson } from "../json-reader.js";
import { memberOf, toJson } from "../json-tree.js";
import { parseDocument } from "../parse.js";
import type { ParsedDocument } from "../parsed-document.js";
import { printLines } from "../print-json.js";
import { applyEdits } from "../text.js";
import { styleOf } from "../text-style.js";
import type { Rebase } from "./paths.js";

const COLUMN = 280;

/** The entries of a document that is to be written. */
export interface NewEntries {
  readonly title: string;
  readonly channels: readonly (readonly [string, JsonObject])[];
  readonly nodes: readonly (readonly [NodeId, JsonObject])[];
  readonly edges: readonly (readonly [EdgeId, JsonObject])[];
  /** Where nodes stand; the others find places of their own. */
  readonly places: ReadonlyMap<NodeId, Position>;
}

/** The text of a new document, written as another one is, with its limits. */
export function newText(like: ParsedDocument, entries: NewEntries, rebase: Rebase): string {
  const skeleton = skeletonOf(like, rebase);
  const outcome = editDocument(parseDocument(skeleton), intentsOf(entries));
  if (!outcome.ok) throw new Error(`A document of known entries cannot be written: ${outcome.message}`);
  return applyEdits(skeleton, outcome.edits);
}

function skeletonOf({ text }: ParsedDocument, rebase: Rebase): string {
  const root = readJson(text).root;
  if (root?.type !== "object") return `{\n  "patchbay": ${currentVersion}\n}\n`;
  const field = (name: string): readonly (readonly [string, JsonValue])[] => {
    const at = memberOf(root, name);
    return at === undefined ? [] : [[name, toJson(at)]];
  };
  const schema = field("$schema").map(
    ([name, value]) => [name, typeof value === "string" && value.startsWith(".") ? rebase(value) : value] as const,
  );
  const fields = Object.fromEntries([...schema, ["patchbay", currentVersion] as const, ...field("checkpoints"), ...field("limits")]);
  const style = styleOf(text, root);
  return printLines(fields, { ...style, indent: "", taken: 0 }) + style.eol;
}

function intentsOf({ title, channels, nodes, edges, places }: NewEntries): readonly Intent[] {
  const placed = withTerminals(nodes, edges, places);
  const positionOf = (id: NodeId): Position => placed.get(id) ?? [0, 0];
  return [
    { type: "title/set", title },
    ...channels.map(([name, fields]): Intent => ({ type: "channel/set", name, fields })),
    ...nodes.map(([id, fields]): Intent => ({ type: "node/add", id, fields, position: positionOf(id) })),
    ...edges.map(([id, fields]): Intent => ({ type: "edge/add", id, fields })),
    { type: "node/move", positions: { [START]: positionOf(START), [END]: positionOf(END) } },
  ];
}

/** The places, moved to the top left, with the start before them and the end behind. */
function withTerminals(
  nodes: NewEntries["nodes"],
  edges: NewEntries["edges"],
  places: NewEntries["places"],
): ReadonlyMap<NodeId, Position> {
  const all = [...places.values()];
  const [left, top] = [Math.min(...all.map(([x]) => x)), Math.min(...all.map(([, y]) => y))];
  const known = new Map(Array.from(places, ([id, [x, y]]): [NodeId, Position] => [id, [x - left + COLUMN, y - top]]));
  const right = Math.max(...[...known.values()].map(([x]) => x));
  const added = nodes.map(([id]) => id).filter((id) => !known.has(id));
  for (const [row, id] of added.entries()) known.set(id, [right + COLUMN, row * 120]);
  const rows = (ends: readonly JsonValue[]): number => {
    const [first] = ends.flatMap((id) => (typeof id === "string" ? (known.get(id) ?? []) : []).slice(1));
    return first ?? 0;
  };
  const ofStart = edges.flatMap(([, { from, to = null }]) => (from === START ? [to] : []));
  const ofEnd = edges.flatMap(([, { from = null, to }]) => (to === END ? [from] : []));
  known.set(START, [0, rows(ofStart)]);
  known.set(END, [right + COLUMN * (added.length > 0 ? 2 : 1), rows(ofEnd)]);
  return known;
}
