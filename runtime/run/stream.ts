// A run as a stream of what happens in it, for programs that show progress while it goes on.
import type { StoredResult } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { LiveEvent } from "../trace/event.js";

/** What a stream can tell. */
export type StreamMode = "values" | "updates" | "tokens";

/** All of them. */
export const streamModes: readonly StreamMode[] = ["values", "updates", "tokens"];

/** One thing that happened. `superstep` counts from 1; of values it is the last finished one, 0 before the first. */
export type StreamPart =
  /** All channels, where the stream begins and after each superstep. */
  | { readonly mode: "values"; readonly superstep: number; readonly values: JsonObject }
  /** What a task wrote, when it finished: its superstep may still fail, and be finished otherwise. `error`: it failed, and goes on by an `@error` edge. */
  | {
      readonly mode: "updates";
      readonly superstep: number;
      readonly node: string;
      readonly task: string;
      readonly writes: JsonObject;
      /** Channels that it wrote `undefined` to. */
      readonly cleared?: readonly string[];
      readonly error?: ErrorInfo;
    }
  /** What a task emitted, when it did. */
  | { readonly mode: "tokens"; readonly superstep: number; readonly node: string; readonly task: string; readonly value: JsonValue };

/** What is streamed: a session. */
export interface Streamed {
  readonly frontier: { readonly superstep: number };
  readonly channels: JsonObject;
  continue(): Promise<void>;
  drain(): Promise<void>;
  onTrace(listener: (event: LiveEvent) => void): () => void;
  onResult(listener: (result: StoredResult) => void): () => void;
}

/** Continues a run and gives what happens, in the order it does. */
export async function* streamRun(run: Streamed, modes: ReadonlySet<StreamMode>): AsyncGenerator<StreamPart, void, void> {
  let parts: StreamPart[] = [];
  let wake = (): void => {};
  const tell = (part: StreamPart): void => {
    if (!modes.has(part.mode)) return;
    parts.push(part);
    wake();
  };
  if (modes.has("values")) tell(valuesOf(run));
  const ends = [
    run.onResult(({ task, node, writes, cleared, error }) => {
      const more = { ...(cleared === undefined ? {} : { cleared }), ...(error === undefined ? {} : { error }) };
      tell({ mode: "updates", superstep: run.frontier.superstep + 1, node, task, writes, ...more });
    }),
    run.onTrace((event) => {
      if (event.type === "token")
        tell({ mode: "tokens", superstep: event.superstep, node: event.node, task: event.task, value: event.value });
      else if (event.type === "superstep-finished" && modes.has("values")) tell(valuesOf(run));
    }),
  ];
  let going = true;
  const stopped = run.continue().finally(() => {
    going = false;
    wake();
  });
  stopped.catch(() => {}); // it is awaited below, after what happened before
  try {
    for (;;) {
      const told = parts;
      parts = [];
      yield* told;
      if (parts.length > 0) continue;
      if (!going) break;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    await stopped;
  } finally {
    for (const end of ends) end();
    if (going) {
      void run.drain();
      await stopped.catch(() => {});
    }
  }
}

function valuesOf({ frontier, channels }: Streamed): StreamPart {
  return { mode: "values", superstep: frontier.superstep, values: channels };
}
