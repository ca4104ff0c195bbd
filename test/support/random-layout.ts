import fc from "fast-check";
import type { Position } from "../../runtime/model/graph.js";
import { END, START } from "../../runtime/model/ids.js";
import type { LayoutEdge, LayoutRequest } from "../../runtime/layout/layout-request.js";

/** What a random graph is made of. */
export type RandomGraph = Pick<LayoutRequest, "nodes" | "edges" | "groups" | "notes" | "followers">;

/** Graphs of up to 24 nodes with pills; `acyclic`: edges lead to later nodes only, and nothing is grouped. */
export function randomGraph({ acyclic }: { readonly acyclic: boolean }): fc.Arbitrary<RandomGraph> {
  const pair = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom("", "ok", "score > 100 && total < 20"));
  const groups = acyclic ? fc.constant([]) : fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), { maxLength: 3 });
  const sizes = fc.array(fc.tuple(fc.integer({ min: 4, max: 20 }), fc.integer({ min: 2, max: 12 })), { maxLength: acyclic ? 0 : 3 });
  const all = fc.tuple(
    fc.integer({ min: 0, max: 22 }),
    fc.array(pair, { maxLength: 50 }),
    groups,
    sizes,
    fc.array(fc.nat(), { maxLength: 3 }),
  );
  return all.map(([count, pairs, grouped, sized, followed]) => {
    const inner = Array.from({ length: count }, (_, index) => `n${index}`);
    const cards = [START, ...inner, END];
    const edges = pairs.map(([a, b, words]): LayoutEdge => {
      const [from, to] = [a % cards.length, b % cards.length];
      const forward = !acyclic || from < to;
      return { from: cards[forward ? from : to] ?? START, to: cards[forward ? to : from] ?? END, words };
    });
    const notes = new Map(sized.map(([width, height], index) => [`note${index}`, { width: width * 20, height: height * 20 }]));
    const members = [...inner, ...notes.keys()];
    const free = new Set(members);
    const taken = grouped.map((picks) => picks.map((pick) => members[pick % members.length] ?? "").filter((id) => free.delete(id)));
    const loose = [...notes.keys()].filter((id) => free.has(id));
    return {
      nodes: [START, END, ...inner, ...[...notes.keys()].filter((id) => !free.has(id))],
      edges: acyclic ? edges.filter(({ from, to }) => from !== to) : edges,
      groups: taken,
      notes,
      followers: loose.map((note, index) => ({ note, node: cards[(followed[index] ?? 0) % cards.length] ?? START, offset: [30, -90] })),
    };
  });
}

/** Places on the grid where no two cards overlap. */
export const keptPlaces: fc.Arbitrary<readonly Position[]> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), { maxLength: 8, selector: String })
  .map((cells) => cells.map(([x, y]): Position => [x * 440, y * 280]));
