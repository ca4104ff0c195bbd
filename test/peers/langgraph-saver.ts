import { isDeepStrictEqual } from "node:util";
import type { CheckpointSummary } from "../../runtime/checkpoint/checkpoint.js";
import { rebuild } from "../../runtime/checkpoint/rebuild.js";
import type { CheckpointStore, StoredRun } from "../../runtime/checkpoint/store.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import { Arrivals } from "./arrivals.js";
import { FACTS, factsOf, keptCheckpoint, type Facts } from "./kept-checkpoint.js";
import { keepWrites, keptWrites, type KeptWrite } from "./kept-writes.js";
import type { Config, ListOptions, Metadata, PeerCheckpoint, PendingWrite, Saver, SaverPeer, Tuple, Versions, Write } from "./langgraph.js";
import { checkpointId, configOf, peerIdOf, placeOf, placeOfRun, runId, type Place } from "./names.js";

/** From this version of its checkpoints on the peer keeps sent tasks in a channel; before, they were writes at the parent. */
const SENDS_IN_CHANNEL = 4;

/** A class of savers for LangGraph.js that keep all they are given in a store of ours. */
export function storeSaver({
  BaseCheckpointSaver,
  TASKS,
  WRITES_IDX_MAP,
  maxChannelVersion,
}: SaverPeer): new (store: CheckpointStore) => Saver {
  return class StoreSaver extends BaseCheckpointSaver implements Saver {
    readonly #store: CheckpointStore;
    readonly #arrivals = new Arrivals();

    constructor(store: CheckpointStore) {
      super();
      this.#store = store;
    }

    async getTuple(config: Config): Promise<Tuple | undefined> {
      if (config.configurable?.thread_id === undefined) return undefined;
      const place = placeOf(config);
      const wanted = config.configurable.checkpoint_id;
      const id = wanted ?? this.#latest(place);
      return id === undefined || !this.#has(place, id) ? undefined : this.#tuple(place, id);
    }

    async *list(config: Config, { limit = Infinity, before, filter = {} }: ListOptions = {}): AsyncGenerator<Tuple> {
      const { thread_id, checkpoint_ns, checkpoint_id } = config.configurable ?? {};
      const end = before?.configurable?.checkpoint_id;
      let left = limit;
      for (const run of Array.from(pages((after) => this.#store.runs(thread_id, after)))) {
        const place = placeOfRun(run.id);
        if (checkpoint_ns !== undefined && place.namespace !== checkpoint_ns) continue;
        for (const id of this.#idsOf(run)) {
          if (left <= 0) return;
          if ((checkpoint_id !== undefined && id !== checkpoint_id) || (end !== undefined && id >= end)) continue;
          const tuple = await this.#tuple(place, id);
          if (!Object.entries(filter).every(([key, value]) => isDeepStrictEqual(tuple.metadata[key], value))) continue;
          left -= 1;
          yield tuple;
        }
      }
    }

    async put(config: Config, checkpoint: PeerCheckpoint, metadata: Metadata, newVersions: Versions): Promise<Config> {
      const place = placeOf(config);
      const { v, id, ts, channel_values, channel_versions: versions, versions_seen: seen } = checkpoint;
      const changed = Object.keys(newVersions);
      const facts: Facts = { v, ts, versions, seen, metadata };
      const given = Object.fromEntries(changed.flatMap((name) => (name in channel_values ? [[name, channel_values[name]]] : [])));
      const kept = (await this.#toJson({ facts, given })) as unknown as { readonly facts: Facts; readonly given: JsonObject };
      const from = config.configurable?.checkpoint_id;
      this.#store.atomically(() => {
        const parent = from === undefined ? undefined : this.#rebuilt(place, from);
        const made = keptCheckpoint({ place, id, parent, facts: kept.facts, values: kept.given, changed });
        this.#begin(place, made.at);
        this.#saveBeside(made.parent, () => this.#store.save(made, []));
      });
      this.#arrivals.came(checkpointId(place, id));
      return configOf(place, id);
    }

    async putWrites(config: Config, writes: readonly Write[], task: string): Promise<void> {
      const place = placeOf(config);
      const id = config.configurable?.checkpoint_id;
      if (id === undefined) throw new Error("A checkpoint_id is needed to say what these writes came after.");
      const { values } = await this.#toJson({ values: writes.map(([, value]) => value) });
      const kept = writes.map(([channel], index): KeptWrite => {
        return { task, index: WRITES_IDX_MAP[channel] ?? index, channel, value: (values as readonly JsonValue[])[index] ?? null };
      });
      // The peer does not wait for a checkpoint to be put before it puts writes that came after it.
      if (!this.#has(place, id)) await this.#arrivals.of(checkpointId(place, id));
      this.#store.atomically(() => keepWrites(this.#store, runId(place), checkpointId(place, id), kept));
    }

    async deleteThread(thread: string): Promise<void> {
      this.#store.atomically(() => {
        for (const { id } of Array.from(pages((after) => this.#store.runs(thread, after)))) this.#store.deleteRun(id);
      });
    }

    /** A save drops what is kept at the parent: it is part of the new checkpoint. The peer reads it there ever after, so it is kept again. */
    #saveBeside(parent: string | null, save: () => void): void {
      if (parent === null) return save();
      const run = runId(placeOfRun(parent));
      const writes = keptWrites(this.#store, run, parent);
      save();
      keepWrites(this.#store, run, parent, writes);
    }

    #begin(place: Place, startedAt: number): void {
      const id = runId(place);
      if (this.#store.run(id) === undefined) this.#store.createRun({ id, graph: place.thread, startedAt, head: null });
    }

    async #tuple(place: Place, id: string): Promise<Tuple> {
      const rebuilt = this.#rebuilt(place, id);
      const { [FACTS]: _, ...values } = rebuilt.values;
      const writes = keptWrites(this.#store, runId(place), checkpointId(place, id));
      const { parent } = rebuilt.checkpoint;
      const { facts, given, written } = (await this.#fromJson({
        facts: factsOf(rebuilt),
        given: values,
        written: writes.map(({ value }) => value),
      })) as { facts: Facts; given: Readonly<Record<string, unknown>>; written: readonly unknown[] };
      const { v, ts, versions, seen, metadata } = facts;
      const whole = { v, id, ts, channel_values: given, channel_versions: versions, versions_seen: seen };
      return {
        config: configOf(place, id),
        checkpoint: v < SENDS_IN_CHANNEL && parent !== null ? await this.#withSends(whole, parent) : whole,
        metadata,
        pendingWrites: writes.map(({ task, channel }, index): PendingWrite => [task, channel, written[index]]),
        ...(parent === null ? {} : { parentConfig: configOf(place, peerIdOf(parent)) }),
      };
    }

    /** An old checkpoint with the tasks that were sent before it, as the peer reads them now. */
    async #withSends(checkpoint: PeerCheckpoint, parent: string): Promise<PeerCheckpoint> {
      const writes = keptWrites(this.#store, runId(placeOfRun(parent)), parent);
      const sends = await this.#fromJson(writes.flatMap(({ channel, value }) => (channel === TASKS ? [value] : [])));
      const versions = Object.values(checkpoint.channel_versions);
      const version = versions.length === 0 ? this.getNextVersion(undefined) : maxChannelVersion(...versions);
      return {
        ...checkpoint,
        channel_values: { ...checkpoint.channel_values, [TASKS]: sends },
        channel_versions: { ...checkpoint.channel_versions, [TASKS]: version },
      };
    }

    #rebuilt(place: Place, id: string) {
      return rebuild(checkpointId(place, id), (each) => this.#store.load(each));
    }

    /** The id of the checkpoint that a place stands at. */
    #latest(place: Place): string | undefined {
      const head = this.#store.run(runId(place))?.head ?? undefined;
      return head === undefined ? undefined : peerIdOf(head);
    }

    #has(place: Place, id: string): boolean {
      try {
        this.#store.results(runId(place), checkpointId(place, id));
        return true;
      } catch (thrown) {
        if (thrown instanceof PatchbayError && thrown.code === "NOT_FOUND") return false;
        throw thrown;
      }
    }

    /** Newest first. */
    #idsOf(run: StoredRun): readonly string[] {
      return [...pages((after): readonly CheckpointSummary[] => this.#store.list(run.id, after))].map(({ id }) => peerIdOf(id));
    }

    async #toJson(value: object): Promise<JsonObject> {
      const [type, bytes] = await this.serde.dumpsTyped(value);
      if (type !== "json") throw new Error(`This saver keeps JSON, and was given ${type}.`);
      return JSON.parse(new TextDecoder().decode(bytes)) as JsonObject;
    }

    #fromJson(value: unknown): Promise<unknown> {
      return this.serde.loadsTyped("json", JSON.stringify(value));
    }
  };
}

/** Everything that a list of a store has, page by page. */
function* pages<Item extends { readonly id: string }>(list: (page: { readonly after?: string }) => readonly Item[]): Iterable<Item> {
  for (let page = list({}); page.length > 0; page = list({ after: page.at(-1)?.id ?? "" })) yield* page;
}
