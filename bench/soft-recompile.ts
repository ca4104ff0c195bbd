import { CompileQueue, compileGraph, GraphCompiler, systemClock, type ParsedDocument } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { layeredDocument, layeredGraph, retargeted } from "./graphs.js";
import { elapsedSync, expectCount, measure, sampleOf, type Sample, type Subject } from "./measure.js";
import { parsed } from "./ours.js";
import type { PeerFound } from "./peer.js";
import { row, type Row } from "./table.js";

const SIZES = [100, 1_000, 10_000];
/** What the peer's own compile is measured at besides, as ours at 10,000 is judged by it. */
const PEER_SIZE = 3_000;
/** Documents in a chain, each one edit away from its neighbours. */
const CHAIN = 16;

const BUILT_ANEW = "The peer has no recompile: its figure is building the same graph and compiling it, which every edit costs there.";

/** One routing change, from the document to the plan in force. */
export const softRecompile: Benchmark = {
  name: "soft-recompile",
  run: async (found) => {
    const bySize: SizeFigures[] = [];
    for (const size of SIZES) bySize.push(await measureSize(size, found));
    return [...bySize.flatMap((figures) => rowsOf(figures, found)), growth(bySize, found), ...(await acrossSizes(found))];
  },
};

interface SizeFigures {
  readonly size: number;
  readonly soft: Sample;
  readonly edit: Sample;
  readonly full: Sample;
  readonly peer: Sample | undefined;
  readonly recomputed: number;
}

async function measureSize(size: number, { peer }: PeerFound): Promise<SizeFigures> {
  const shape = layeredGraph(size);
  const soft = new SoftSubject(chainOf(size));
  const edit = new EditSubject(chainOf(size));
  const last = soft.documents[0];
  const subjects: Subject[] = [
    { once: () => soft.once(), rounds: 400, warmUp: 100, budgetMs: 5_000 },
    { once: () => edit.once(), rounds: 60, warmUp: 10, budgetMs: 4_000 },
    { once: () => elapsedSync(() => last && compileGraph(last.graph)), rounds: 40, warmUp: 5, budgetMs: 5_000 },
  ];
  if (peer !== undefined) subjects.push({ once: () => elapsedSync(() => peer.compile(shape)), rounds: 40, warmUp: 3, budgetMs: 6_000 });
  const [ours, edits, full, peers] = await measure(subjects);
  const none = sampleOf([]);
  return { size, soft: ours ?? none, edit: edits ?? none, full: full ?? none, peer: peers, recomputed: soft.recomputed };
}

function rowsOf({ size, soft, edit, full, peer, recomputed }: SizeFigures, found: PeerFound): readonly Row[] {
  const nodes = `${size.toLocaleString("en-US")} nodes`;
  const note = found.missing ?? BUILT_ANEW;
  const better = "less";
  return [
    row({ name: `soft recompile, ${nodes}`, unit: "µs", better, ours: scaled(soft, 1000), peer: peer && scaled(peer, 1000), note }),
    row({
      name: `soft recompile, nodes recomputed of ${size.toLocaleString("en-US")}`,
      unit: "nodes",
      better,
      ours: recomputed,
      peer: peer && size,
      note,
    }),
    row({ name: `edited text to plan in force, ${nodes}`, unit: "ms", better, ours: edit, peer, note }),
    row({ name: `full compile, ${nodes}`, unit: "ms", better, ours: full, peer, note: found.missing }),
  ];
}

/** How many times longer the largest graph takes than the smallest. */
function growth(bySize: readonly SizeFigures[], found: PeerFound): Row {
  const [smallest, largest] = [bySize[0], bySize.at(-1)];
  const times = (of: (figures: SizeFigures) => Sample | undefined): number | undefined => {
    const [a, b] = [smallest && of(smallest)?.median, largest && of(largest)?.median];
    return a === undefined || b === undefined ? undefined : b / a;
  };
  const name = "soft recompile, time at 10,000 nodes over time at 100";
  return row({
    name,
    unit: "times",
    better: "less",
    ours: times(({ soft }) => soft),
    peer: times(({ peer }) => peer),
    note: found.missing,
  });
}

/** Ours of the largest size beside the peer's of a smaller one, measured in turn. */
async function acrossSizes({ peer, missing }: PeerFound): Promise<readonly Row[]> {
  const size = SIZES.at(-1) ?? PEER_SIZE;
  const { graph } = parsed(layeredDocument(layeredGraph(size)));
  const shape = layeredGraph(PEER_SIZE);
  const subjects: Subject[] = [{ once: () => elapsedSync(() => compileGraph(graph)), rounds: 40, warmUp: 5, budgetMs: 5_000 }];
  if (peer !== undefined) subjects.push({ once: () => elapsedSync(() => peer.compile(shape)), rounds: 40, warmUp: 3, budgetMs: 8_000 });
  const [ours, peers] = await measure(subjects);
  const name = `full compile, ours of ${size.toLocaleString("en-US")} nodes, the peer's of ${PEER_SIZE.toLocaleString("en-US")}`;
  return [row({ name, unit: "ms", better: "less", ours, peer: peers, note: missing })];
}

/** A chain of texts, each with one more conditional edge retargeted. */
function chainOf(size: number): readonly string[] {
  const texts = [layeredGraph(size)];
  for (let edit = 0; texts.length < CHAIN; edit += 1) texts.push(retargeted(texts[edit] ?? layeredGraph(size), edit));
  return texts.map(layeredDocument);
}

/** Walks to and fro along a chain, so that every step is one edit. */
class Walk {
  readonly #length: number;
  #at = 0;
  #by = 1;

  constructor(length: number) {
    this.#length = length;
  }

  next(): number {
    if (this.#at + this.#by < 0 || this.#at + this.#by >= this.#length) this.#by = -this.#by;
    this.#at += this.#by;
    return this.#at;
  }
}

/** From the parsed document to the plan in force: what the compiler does on the edit path. */
class SoftSubject {
  readonly documents: readonly ParsedDocument[];
  readonly #walk = new Walk(CHAIN);
  readonly #compiler = new GraphCompiler("bench", new CompileQueue(systemClock, { mode: "inline" }), systemClock);

  constructor(texts: readonly string[]) {
    let previous: ParsedDocument | undefined;
    this.documents = texts.map((text) => (previous = parsed(text, previous)));
    for (const first of this.documents.slice(0, 1)) this.#compiler.update(first);
  }

  /** Node programs that the last recompile made anew. */
  get recomputed(): number {
    return this.#compiler.history[0]?.recomputed ?? 0;
  }

  /** Milliseconds of one recompile. */
  once(): number {
    const next = this.documents[this.#walk.next()];
    if (next === undefined) throw new Error("The chain has no such document.");
    const ms = elapsedSync(() => this.#compiler.update(next));
    expectCount("nodes recomputed by one retargeted edge", this.recomputed, 3);
    return ms;
  }
}

/** From the edited text to the plan in force: the parse is in it. */
class EditSubject {
  readonly #texts: readonly string[];
  readonly #walk = new Walk(CHAIN);
  readonly #compiler = new GraphCompiler("bench", new CompileQueue(systemClock, { mode: "inline" }), systemClock);
  #document: ParsedDocument | undefined;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    for (const first of texts.slice(0, 1)) this.#compiler.update((this.#document = parsed(first)));
  }

  /** Milliseconds of one edit. */
  once(): number {
    const next = this.#texts[this.#walk.next()] ?? "";
    const ms = elapsedSync(() => this.#compiler.update((this.#document = parsed(next, this.#document))));
    expectCount("nodes recomputed by one retargeted edge", this.#compiler.history[0]?.recomputed ?? 0, 3);
    return ms;
  }
}

function scaled({ median, p10, p90, rounds }: Sample, by: number): Sample {
  return { median: median * by, p10: p10 * by, p90: p90 * by, rounds };
}
