import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { editDocument, freeId, parseDocument, type Intent } from "../runtime/index.js";
import { mergeDocuments } from "../runtime/document/merge/merge-documents.js";
import { applyEdits } from "../runtime/document/text.js";
import { mulberry32 } from "../test/support/mulberry32.js";
import type { Benchmark } from "./benchmark.js";
import { inFolder } from "./folders.js";
import { layeredGraph } from "./graphs.js";
import { row, type Row } from "./table.js";

const NODES = 40;
const PAIRS = 300;
/** What a person does to a branch: so many edits, at most. */
const MOST_EDITS = 4;

type Dice = (below: number) => number;
type Edit = (text: string, dice: Dice) => readonly Intent[];

const some = (ids: readonly string[], dice: Dice): string => ids[dice(ids.length)] ?? "";
const nodesOf = (text: string): readonly string[] => [...parseDocument(text).graph.nodes].map(([id]) => id);
const edgesOf = (text: string): readonly string[] => [...parseDocument(text).graph.edges].map(([id]) => id);
const place = (dice: Dice): readonly [number, number] => [dice(40) * 20, dice(40) * 20];

const moved: Edit = (text, dice) => [{ type: "node/move", positions: { [some(nodesOf(text), dice)]: place(dice) } }];
const labelled: Edit = (text, dice) => [{ type: "node/update", id: some(nodesOf(text), dice), patch: { label: `Label ${dice(1000)}` } }];
const rewired: Edit = (text, dice) => [{ type: "edge/update", id: some(edgesOf(text), dice), patch: { to: some(nodesOf(text), dice) } }];
const added: Edit = (text, dice) => {
  const [nodes, edges] = [new Set(nodesOf(text)), new Set(edgesOf(text))];
  const id = freeId("code", (candidate) => nodes.has(candidate));
  const edge = freeId("e", (candidate) => edges.has(candidate));
  return [
    { type: "node/add", id, fields: { kind: "code", handler: `./work${dice(100)}` }, position: place(dice) },
    { type: "edge/add", id: edge, fields: { from: some([...nodes], dice), to: id } },
  ];
};

/** Pairs of branches: what both do in them. */
const kinds: readonly (readonly [name: string, edits: readonly Edit[]])[] = [
  ["nodes moved on both", [moved]],
  ["nodes labelled on both", [labelled]],
  ["nodes added on both", [added]],
  ["nodes moved, labelled, added, and edges redrawn on both", [moved, moved, labelled, added, rewired]],
];

/** How many pairs of branches merge without a conflict: by git's lines alone, and by ids. Counted, not timed. */
export const merges: Benchmark = {
  name: "merges",
  run: () => inFolder((folder) => Promise.resolve(kinds.map(([name, edits], seed) => shareOf(name, edits, seed, folder)))),
};

function shareOf(name: string, edits: readonly Edit[], seed: number, folder: string): Row {
  const next = mulberry32(seed + 1);
  const dice: Dice = (below) => Math.floor(next() * below);
  const base = drawn();
  let [lines, ids] = [0, 0];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const [ours, theirs] = [branch(base, edits, dice), branch(base, edits, dice)];
    if (mergesByLines({ base, ours, theirs }, folder)) lines += 1;
    const merged = mergeDocuments({ base, ours, theirs });
    if (merged !== undefined && merged.conflicts.length + merged.problems.length === 0) ids += 1;
  }
  const note = `${PAIRS} pairs of branches of a graph of ${NODES} nodes, 1 to ${MOST_EDITS} edits each; beside it what git merges by itself, in place of a peer.`;
  return row({ name: `merged without a conflict: ${name}`, unit: "%", better: "more", ours: percent(ids), peer: percent(lines), note });
}

/** A graph as it is when a person has drawn it on a canvas. */
function drawn(): string {
  const { nodes, edges } = layeredGraph(NODES);
  const intents: readonly Intent[] = [
    { type: "channel/set", name: "count", fields: { schema: { type: "number" } } },
    ...nodes.map((id, index): Intent => {
      const fields = { kind: "code", handler: `./${id}` };
      return { type: "node/add", id, fields, position: [(index % 10) * 200, Math.floor(index / 10) * 120] };
    }),
    ...edges.map(({ id, from, to, threshold }): Intent => {
      return { type: "edge/add", id, fields: { from, to, ...(threshold === undefined ? {} : { when: `count > ${threshold}` }) } };
    }),
  ];
  return edited("", intents);
}

function branch(base: string, edits: readonly Edit[], dice: Dice): string {
  let text = base;
  for (let count = 1 + dice(MOST_EDITS); count > 0; count -= 1) {
    const edit = edits[dice(edits.length)];
    if (edit !== undefined) text = edited(text, edit(text, dice));
  }
  return text;
}

function edited(text: string, intents: readonly Intent[]): string {
  const outcome = editDocument(parseDocument(text), intents);
  if (!outcome.ok) throw new Error(outcome.message);
  return applyEdits(text, outcome.edits);
}

function mergesByLines(texts: Readonly<Record<"base" | "ours" | "theirs", string>>, folder: string): boolean {
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const { status } = spawnSync("git", ["merge-file", "-p", "ours", "base", "theirs"], { cwd: folder });
  if (status === null || status > 127) throw new Error("git could not merge.");
  return status === 0;
}

const percent = (count: number): number => (100 * count) / PAIRS;
