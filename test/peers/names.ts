import type { Config } from "./langgraph.js";

// A namespace of a thread is a run; the thread's name is that of its graph. A store's ids are its own over all runs, a thread's are not.

/** A namespace of a thread. */
export interface Place {
  readonly thread: string;
  readonly namespace: string;
}

export const runId = ({ thread, namespace }: Place): string => JSON.stringify([thread, namespace]);

export const checkpointId = ({ thread, namespace }: Place, id: string): string => JSON.stringify([thread, namespace, id]);

/** The place that a run is named for. */
export function placeOfRun(id: string): Place {
  const [thread, namespace] = JSON.parse(id) as [string, string];
  return { thread, namespace };
}

/** The checkpoint's own id in its thread. */
export const peerIdOf = (checkpoint: string): string => (JSON.parse(checkpoint) as [string, string, string])[2];

/** Names a checkpoint to LangGraph.js. */
export const configOf = ({ thread, namespace }: Place, id: string): Config => ({
  configurable: { thread_id: thread, checkpoint_ns: namespace, checkpoint_id: id },
});

/** The place that a configuration names; without a namespace it is the root's. Throws where it names no thread. */
export function placeOf({ configurable: { thread_id, checkpoint_ns = "" } = {} }: Config): Place {
  if (thread_id === undefined) throw new Error("A thread_id is needed to say whose checkpoints these are.");
  return { thread: thread_id, namespace: checkpoint_ns };
}
