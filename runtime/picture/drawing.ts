// What a picture of a graph shows, whatever state its document is in: the words on nodes and edges, and where the nodes stand.
import { END, ON_ERROR, START, type NodeId } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { Position } from "../model/graph.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import { frameAround, type Box, type GroupDef } from "../model/annotation.js";
import type { Orientation } from "../model/orientation.js";
import { CARD } from "../model/card-size.js";
import { groupsWithMembers, placedNotes, type PlacedNote } from "./annotations.js";
import { placeNodes } from "./placement.js";

/** A node of a picture, `@start` and `@end` among them. */
export interface DrawnNode {
  readonly id: NodeId;
  /** Its label, or its id. */
  readonly label: string;
  /** Empty for what is no node of a kind: `@start`, `@end`. */
  readonly kind: string;
  /** Of its upper left corner. */
  readonly at: Position;
}

/** An edge of a picture. */
export interface DrawnEdge {
  readonly from: NodeId;
  readonly to: NodeId;
  /** Its label, or its condition; empty for a plain one. */
  readonly words: string;
  readonly style: "plain" | "conditional" | "error";
  /** It ends the whole run. */
  readonly ends: boolean;
}

/** A group of a picture: a frame around what is in it. */
export interface DrawnGroup extends GroupDef {
  readonly box: Box;
}

/** A graph as a picture has it. */
export interface Drawing {
  readonly title: string;
  /** The way it runs. */
  readonly orientation: Orientation;
  readonly nodes: readonly DrawnNode[];
  /** Those between nodes that are there. */
  readonly edges: readonly DrawnEdge[];
  readonly notes: readonly PlacedNote[];
  /** Those around anything. */
  readonly groups: readonly DrawnGroup[];
}

/** What a picture of a document shows. `title`: where the document has none. */
export function drawingOf(parsed: ParsedDocument, title: string, orientation: Orientation = "left-to-right"): Drawing {
  const { graph, raw } = parsed;
  const entries = [...raw.edges].map(([, fields]) => fields);
  const ends = entries.map(({ from, to }) => ({ from: wordsOf(from), to: wordsOf(to) }));
  const places = placeNodes(
    [...raw.nodes].map(([id]) => id),
    ends,
    (id) => graph.layout.get(id),
    orientation,
  );
  const at = (id: NodeId): Position => places.get(id) ?? [0, 0];
  const nodes: DrawnNode[] = [
    { id: START, label: "start", kind: "", at: at(START) },
    ...[...raw.nodes].map(([id, fields]) => ({ id, label: wordsOf(fields["label"]) || id, kind: wordsOf(fields["kind"]), at: at(id) })),
    { id: END, label: "end", kind: "", at: at(END) },
  ];
  const known = new Set(nodes.map(({ id }) => id));
  const edges = entries.map((fields, index) => ({
    from: "",
    to: "",
    ...ends[index],
    ...conditionOf(fields),
    ends: fields["terminate"] === true,
  }));
  const notes = placedNotes(parsed, places.values());
  return {
    title: graph.title === "" ? title : graph.title,
    orientation,
    nodes,
    notes,
    groups: drawnGroups(parsed, nodes, notes),
    edges: edges.filter(({ from, to }) => known.has(from) && known.has(to)),
  };
}

function drawnGroups(parsed: ParsedDocument, nodes: readonly DrawnNode[], notes: readonly PlacedNote[]): readonly DrawnGroup[] {
  const boxes = new Map<string, Box>([
    ...nodes.map(({ id, at: [x, y] }) => [id, [x, y, CARD.width, CARD.height]] as const),
    ...notes.map(({ id, box }) => [id, box] as const),
  ]);
  return groupsWithMembers(parsed).flatMap((group) => {
    const box = frameAround(group.nodes.flatMap((member) => [boxes.get(member)].filter((each) => each !== undefined)));
    return box === undefined ? [] : [{ ...group, box }];
  });
}

function conditionOf(fields: JsonObject): Pick<DrawnEdge, "words" | "style"> {
  const { when, on, label } = fields;
  const [words, style] =
    when !== undefined
      ? ([wordsOf(when), "conditional"] as const)
      : on === ON_ERROR
        ? (["on error", "error"] as const)
        : on !== undefined
          ? ([wordsOf(on), "conditional"] as const)
          : fields["else"] === true
            ? (["else", "conditional"] as const)
            : (["", "plain"] as const);
  return { words: wordsOf(label) || words, style };
}

function wordsOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
