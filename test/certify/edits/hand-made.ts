// Edits by hand, as data: a graph, what is edited, and what must become of every checkpoint of a run.
import { PatchbayError, type RunSession } from "../../../runtime/index.js";
import type { StoredFiles } from "../../../runtime/model/file-version.js";
import type { ShortGraph } from "../../support/graph-text.js";
import type { Played } from "../play.js";

/** An edit of a graph, of which a run is stored. */
export interface HandMade {
  readonly name: string;
  readonly before: ShortGraph;
  readonly edit: Edit;
  readonly played?: Partial<Played>;
  /** The verdict at each checkpoint, oldest first, separated by spaces; `replay:1`: from the checkpoint of that place, counted from 0. */
  readonly verdicts: string;
  /** The place of the checkpoint at which the run is taken up under the edited graph. */
  readonly at: number;
  /** What it does then: `2 b | 3 c d: completed`, or the code of what keeps it from going on. */
  readonly goesOn: string;
  /** Values at the end of it. */
  readonly leaves?: object;
}

/** Entries take the place of those of the same name; those that are null are taken out. Nodes are merged field by field. */
export interface Edit {
  readonly channels?: Readonly<Record<string, object | null>>;
  readonly nodes?: Readonly<Record<string, object | null>>;
  readonly edges?: Readonly<Record<string, string | null>>;
  readonly limits?: object;
  /** Nodes, edges and channels that are moved to the front of theirs. */
  readonly first?: readonly string[];
}

/** The graph with an edit. */
export function edited(before: ShortGraph, { channels: changed = {}, nodes = {}, edges = {}, limits, first = [] }: Edit): ShortGraph {
  const merged = Object.entries(nodes).map(([id, fields]) => [id, fields && withoutNulls({ ...before.nodes[id], ...fields })] as const);
  return {
    ...before,
    channels: withEntries(before.channels ?? {}, changed, first),
    nodes: withEntries(before.nodes, Object.fromEntries(merged), first),
    edges: withEntries(before.edges, edges, first),
    ...(limits === undefined ? {} : { limits }),
  };
}

function withEntries<Value>(
  before: Readonly<Record<string, Value>>,
  changed: Readonly<Record<string, Value | null>>,
  first: readonly string[],
): Readonly<Record<string, Value>> {
  const all = Object.entries({ ...before, ...changed }).flatMap(([id, value]) => (value === null ? [] : [[id, value] as const]));
  const place = ([id]: readonly [string, Value]): number => (first.includes(id) ? first.indexOf(id) : first.length);
  return Object.fromEntries(all.toSorted((a, b) => place(a) - place(b)));
}

function withoutNulls(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** Channels of most of the graphs. */
export const channels = {
  log: { schema: { type: "array" }, reducer: "append" },
  n: { schema: { type: "number" }, reducer: "sum", default: 0 },
  said: {},
} as const;

/** A node that adds a word to the log. */
export const says = (word: string, more: object = {}): object => ({ kind: "expression", set: { log: `["${word}"]` }, ...more });

/** A node that asks. */
export const asks = (prompt: string, more: object = {}): object => ({ kind: "barrier", prompt, ...more });

/** Nodes that say their names. */
export function saying(...names: readonly string[]): Readonly<Record<string, object>> {
  return Object.fromEntries(names.map((name) => [name, says(name)]));
}

/** a, b and c in a row. */
export const chain: ShortGraph = {
  channels,
  nodes: saying("a", "b", "c"),
  edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> c" },
};

/** What a person does once to a run that is recorded, after a superstep; nothing where the graph has no place for it. */
export function after(superstep: number, act: (session: RunSession) => void): (session: RunSession) => void {
  const done = new WeakSet<RunSession>();
  return (session) => {
    if (done.has(session) || session.frontier.superstep !== superstep) return;
    done.add(session);
    try {
      act(session);
    } catch (error) {
      if (!(error instanceof PatchbayError)) throw error;
    }
  };
}

/** Files of which a version is known, none of which commands anything. */
export function versions(...entries: readonly (readonly [path: string, version: string])[]): StoredFiles {
  return Object.fromEntries(entries.map(([path, version]) => [path, { version, commands: false }]));
}
