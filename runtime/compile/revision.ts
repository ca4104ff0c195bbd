// The revision of a graph: a hash of everything that matters and nothing that does not.
//
// 1. It is the sum, modulo 2^128, of one digest for each entry: so a patch updates it by what changed, and order of
//    entries in the document means nothing (a node's place among the nodes does: it is task order, and part of its digest).
// 2. The files that its nodes run are summed in by their versions: what a handler does matters as much as where it stands.
// 3. Labels, notes, titles, layout and formatting are left out.
import { sha256 } from "@noble/hashes/sha2.js";
import { CanonicalBytes } from "../model/canonical-bytes.js";
import type { FileVersion } from "../model/file-version.js";
import {
  defaultCheckpoints,
  type ChannelDef,
  type CheckpointSettings,
  type EdgeDef,
  type Graph,
  type Limits,
  type NodeDef,
} from "../model/graph.js";

const MODULUS = 1n << 128n;

/** A running sum of entry digests. */
export type Digest = bigint;

/** Digest of a node with its place in task order. */
export function nodeDigest(def: NodeDef, order: number): Digest {
  const { label: _label, note: _note, ...meaning } = def;
  return digestOf(["node", order, meaning]);
}

/** Digest of an edge. */
export function edgeDigest(def: EdgeDef): Digest {
  const { label: _label, ...meaning } = def;
  return digestOf(["edge", meaning]);
}

/** Digest of a channel. */
function channelDigest(def: ChannelDef): Digest {
  return digestOf(["channel", def]);
}

/** Digest of the limits. */
function limitsDigest(limits: Limits): Digest {
  return digestOf(["limits", limits]);
}

/** Digest of when checkpoints are made; of a document that does not say it is nothing. */
export function checkpointsDigest(settings: CheckpointSettings): Digest {
  return settings.policy === defaultCheckpoints.policy ? 0n : digestOf(["checkpoints", settings]);
}

/** Digest of a file in a state that it has. */
export function fileDigest(path: string, { version }: FileVersion): Digest {
  return digestOf(["file", path, version]);
}

/** Digest of files by their paths. */
export function filesDigest(files: Iterable<readonly [string, FileVersion]>): Digest {
  let sum = 0n;
  for (const [path, file] of files) sum += fileDigest(path, file);
  return sum;
}

/** The digest of a whole graph, but for the files that its nodes run. */
export function graphDigest(graph: Graph): Digest {
  let sum = limitsDigest(graph.limits) + checkpointsDigest(graph.checkpoints);
  graph.nodes.forEach((def, id) => (sum += nodeDigest(def, graph.order.get(id) ?? 0)));
  graph.edges.forEach((def) => (sum += edgeDigest(def)));
  graph.channels.forEach((def) => (sum += channelDigest(def)));
  return sum;
}

/** A sum as the revision's 32 hexadecimal digits. */
export function revisionOf(sum: Digest): string {
  return (((sum % MODULUS) + MODULUS) % MODULUS).toString(16).padStart(32, "0");
}

/** The sum that a revision stands for. */
export function sumOf(revision: string): Digest {
  return BigInt(`0x${revision}`);
}

/** Digests one entry after the other with the same hasher and buffers: making those took longer than hashing a short entry. */
class EntryDigester {
  readonly #fresh = sha256.create();
  readonly #used = sha256.create();
  readonly #text = new CanonicalBytes();
  readonly #hash = new Uint8Array(this.#fresh.outputLen);
  readonly #view = new DataView(this.#hash.buffer);

  digest(meaning: unknown): Digest {
    this.#fresh._cloneInto(this.#used).update(this.#text.of(meaning)).digestInto(this.#hash);
    return (this.#view.getBigUint64(0) << 64n) | this.#view.getBigUint64(8);
  }
}

/** Nothing stays in it from one call to the next. */
const digester = new EntryDigester();

function digestOf(meaning: unknown): Digest {
  return digester.digest(meaning);
}

/** The revision of a plan that does not run these files. */
export function revisionWithout(revision: string, files: Iterable<readonly [string, FileVersion]>): string {
  return revisionOf(sumOf(revision) - filesDigest(files));
}
