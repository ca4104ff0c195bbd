import { pathToFileURL } from "node:url";
import { npm } from "../scripts/command.mjs";
import { isInstalled } from "../scripts/installed.mjs";
import { inProject } from "../scripts/layout.mjs";
import type { JsonObject, JsonValue } from "../runtime/index.js";
import type { LayeredGraph, LogShape, MarkedShape } from "./graphs.js";
import manifest from "./peers/package.json" with { type: "json" };

/** Where the peer keeps a run. `saver` is the peer's own object. */
export interface PeerStore {
  readonly saver: unknown;
  close(): void;
}

/** Runs the prepared graph once in its store; answers with what it counted, so that a run that did not do the work is seen. */
export type PeerRun = () => Promise<number>;

/** What `peers/langgraph.mjs` exports: the same work as ours, done by LangGraph.js. */
export interface Peer {
  /** Builds the graph from its parts and compiles it: what an edit costs there. */
  compile(graph: LayeredGraph): unknown;
  memory(): PeerStore;
  sqlite(file: string): PeerStore;
  /** One node and a conditional edge back to it. */
  loop(supersteps: number, store: PeerStore): PeerRun;
  /** `supersteps` nodes in a row. */
  chain(supersteps: number, store: PeerStore): PeerRun;
  /** One node, `width` nodes side by side, one node that waits for all. */
  fan(width: number, store: PeerStore): PeerRun;
  /** One node that makes a list, and sends each of its items to a task of its own; the results are gathered. */
  map(count: number, store: PeerStore): PeerRun;
  appendLog(shape: LogShape, store: PeerStore): PeerRun;
  /** Reads the whole state at each checkpoint of such a log; answers with the entries seen, in sum. */
  readBack(shape: LogShape, store: PeerStore): Promise<number>;
  /** A loop that writes other channels at some supersteps. */
  marked(shape: MarkedShape, store: PeerStore): PeerRun;
  /** Walks back through such a run, to the superstep in which something became what it is. */
  lastChange(shape: MarkedShape, store: PeerStore, look: (values: JsonObject) => JsonValue | undefined): Promise<number>;
  /** Runs the loop, and gives its checkpoints, oldest first, with the way to load one: that answers with what it has counted. */
  checkpoints(supersteps: number, store: PeerStore): Promise<{ readonly ids: readonly string[]; count(id: string): Promise<number> }>;
}

/** The peer, or what the notes say about why it is not here. */
export type PeerFound = { readonly peer: Peer; readonly missing?: never } | { readonly peer?: never; readonly missing: string };

/** The peer's name and version, as the table's heading has it. */
export const peerName = `LangGraph.js ${manifest.dependencies["@langchain/langgraph"]}`;

const folder = inProject("bench", "peers");

/** Loads the peer, installing it first where that was not done yet. */
export async function loadPeer(): Promise<PeerFound> {
  const fault = await installPeers();
  if (fault !== undefined) return missing(fault);
  const module = pathToFileURL(inProject("bench", "peers", "langgraph.mjs")).href;
  try {
    return { peer: (await import(module)) as Peer };
  } catch (error) {
    return missing(`it does not load: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function missing(reason: string): PeerFound {
  return { missing: `${peerName} is not available here: ${reason}` };
}

/** Installs what the lockfile of the peers names; answers with why it could not. No install script runs: none is needed. */
export async function installPeers(): Promise<string | undefined> {
  if (isInstalled(folder)) return undefined;
  process.stderr.write("installing the peers (once) …\n");
  const { code, output } = await npm(["ci", "--ignore-scripts"], { cwd: folder, quiet: true, timeoutMs: 180_000 });
  if (code === 0) return undefined;
  process.stderr.write(output);
  return "it could not be installed";
}
