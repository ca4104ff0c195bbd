import { pathToFileURL } from "node:url";
import { inProject } from "../../scripts/layout.mjs";

// What is used of LangGraph.js, by its shape: it is installed on demand, and types are checked without it.

/** Names a thread, a namespace in it and a checkpoint in that, as far as they are given. */
export interface Config {
  readonly configurable?: { readonly thread_id?: string; readonly checkpoint_ns?: string; readonly checkpoint_id?: string };
}

export type Version = number | string;
export type Versions = Readonly<Record<string, Version>>;
type Values = Readonly<Record<string, unknown>>;

export interface PeerCheckpoint {
  readonly v: number;
  readonly id: string;
  /** ISO 8601. */
  readonly ts: string;
  readonly channel_values: Values;
  readonly channel_versions: Versions;
  readonly versions_seen: Readonly<Record<string, Versions>>;
}

export interface Metadata {
  readonly source: "input" | "loop" | "update" | "fork";
  readonly step: number;
  readonly [key: string]: unknown;
}

/** Channel and value. */
export type Write = readonly [channel: string, value: unknown];
/** The task that wrote, channel and value. */
export type PendingWrite = readonly [task: string, channel: string, value: unknown];

export interface Tuple {
  readonly config: Config;
  readonly checkpoint: PeerCheckpoint;
  readonly metadata: Metadata;
  readonly pendingWrites: readonly PendingWrite[];
  readonly parentConfig?: Config;
}

export interface ListOptions {
  readonly limit?: number;
  readonly before?: Config;
  readonly filter?: Values;
}

/** Makes text of values, and values of text. */
interface Serializer {
  dumpsTyped(value: unknown): Promise<readonly [type: string, bytes: Uint8Array]>;
  loadsTyped(type: string, text: string): Promise<unknown>;
}

/** What a saver has from its base class. */
export interface SaverBase {
  readonly serde: Serializer;
  getNextVersion(current: Version | undefined): Version;
}

/** What a saver answers for. */
export interface Saver extends SaverBase {
  getTuple(config: Config): Promise<Tuple | undefined>;
  list(config: Config, options?: ListOptions): AsyncGenerator<Tuple>;
  put(config: Config, checkpoint: PeerCheckpoint, metadata: Metadata, newVersions: Versions): Promise<Config>;
  putWrites(config: Config, writes: readonly Write[], task: string): Promise<void>;
  deleteThread(thread: string): Promise<void>;
}

export interface SaverTests {
  readonly checkpointerName: string;
  createCheckpointer(): Saver;
  destroyCheckpointer(saver: Saver): void;
}

/** What `bench/peers/savers.mjs` exports. */
export interface SaverPeer {
  readonly BaseCheckpointSaver: new () => SaverBase;
  readonly MemorySaver: new () => Saver;
  /** The channel that sent tasks are written to. */
  readonly TASKS: string;
  /** Channels of which a task has one write, the newest -> the place that it is kept at. */
  readonly WRITES_IDX_MAP: Readonly<Record<string, number>>;
  readonly maxChannelVersion: (...versions: readonly Version[]) => Version;
  /** The tests that a saver must pass. */
  readonly validate: (tests: SaverTests) => void;
  /** Those of channels that keep what was written, instead of their whole values. */
  readonly deltaChannelHistoryTests: (tests: SaverTests) => void;
}

/** Loads a module of the folder that LangGraph.js is installed in. */
export async function loadFromPeers<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(inProject("bench", "peers", name)).href)) as Module;
}
