import { freshFrontier, type Checkpoint, type CheckpointTrigger } from "../../runtime/checkpoint/checkpoint.js";
import type { Rebuilt } from "../../runtime/checkpoint/rebuild.js";
import type { ReducerName } from "../../runtime/model/graph.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { Metadata, PeerCheckpoint, Versions } from "./langgraph.js";
import { checkpointId, runId, type Place } from "./names.js";

// Invariants:
// 1. A channel of the peer is a channel here, and what a put says is new is the delta on the parent; what has no value any more is cleared.
// 2. A delta names no channel that the base of its chain does not: with a new channel the chain starts anew.
// 3. What the peer keeps beside channel values (`Facts`) is the value of a channel of its own.

/** What a checkpoint there has beside its id and its channel values. */
export interface Facts {
  readonly v: number;
  readonly ts: string;
  readonly versions: Versions;
  readonly seen: PeerCheckpoint["versions_seen"];
  readonly metadata: Metadata;
}

/** The channel that has them; no channel of a graph may be called so. */
export const FACTS = "@facts";

/** Node that everything is written by: the peer does not say which it was. */
const WRITER = "langgraph";

const triggers: Readonly<Record<Metadata["source"], CheckpointTrigger>> = {
  input: "input",
  loop: "superstep",
  update: "edited",
  fork: "edited",
};

/** What a put hands over, with all values as JSON. */
export interface Put {
  readonly place: Place;
  readonly id: string;
  /** The checkpoint that it builds on, with its values. */
  readonly parent: Rebuilt | undefined;
  readonly facts: Facts;
  /** Values of the channels that are new, those of them that have one. */
  readonly values: JsonObject;
  /** Channels whose versions are new. */
  readonly changed: readonly string[];
}

/** The checkpoint here that keeps what a put handed over. */
export function keptCheckpoint({ place, id, parent, facts, values, changed }: Put): Checkpoint {
  const writes: JsonObject = { ...values, [FACTS]: facts as unknown as JsonObject };
  const before = parent?.values ?? {};
  const cleared = [
    ...Object.keys(before).filter((name) => name !== FACTS && !(name in facts.versions) && !(name in values)),
    ...changed.filter((name) => name in before && !(name in values)),
  ];
  const delta = [{ node: WRITER, writes, ...(cleared.length === 0 ? {} : { cleared: [...new Set(cleared)] }) }];
  const fits = parent !== undefined && Object.keys(writes).every((name) => name === FACTS || name in factsOf(parent).versions);
  return {
    id: checkpointId(place, id),
    run: runId(place),
    parent: parent?.checkpoint.id ?? null,
    trigger: triggers[facts.metadata.source],
    at: Date.parse(facts.ts),
    revision: WRITER,
    traceSeq: 0,
    frontier: { ...freshFrontier, superstep: Math.max(0, facts.metadata.step + 1) },
    channels: fits ? { delta } : { delta, base: baseOf({ ...without(before, cleared), ...writes }, facts) },
  };
}

/** The facts of a stored checkpoint. */
export function factsOf({ values }: Rebuilt): Facts {
  return values[FACTS] as unknown as Facts;
}

function baseOf(values: JsonObject, { versions }: Facts): NonNullable<Checkpoint["channels"]["base"]> {
  const names = new Set([...Object.keys(values), ...Object.keys(versions)]); // invariant 2
  return { values, reducers: Object.fromEntries([...names].map((name): [string, ReducerName] => [name, "last"])) };
}

function without(values: JsonObject, gone: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !gone.includes(name)));
}
