import { isBase, encodeCheckpoint } from "../../checkpoint/encoding.js";
import { superstepOf, type Checkpoint } from "../../checkpoint/checkpoint.js";
import { wentOnElsewhere } from "../../checkpoint/store-errors.js";
import { spill, spillEvent } from "../../checkpoint/spill.js";
import type { TraceEvent } from "../../trace/event.js";
import type { Blobs, Collected } from "./blobs.js";
import type { Marking } from "./page-marks.js";

/** What a page keeps of a checkpoint: its JSON, empty once it is deleted, and that of the trace events that came with it. */
export interface StoredRecord {
  readonly checkpoint: string;
  readonly events: string;
}

/** A checkpoint on its way into a page. */
export interface Held {
  readonly id: string;
  readonly run: string;
  readonly parent: string | null;
  readonly base: boolean;
  /** Of its JSON, in UTF-8. */
  readonly bytes: number;
  readonly text: string;
  readonly superstep: number;
  /** What it puts on its page. */
  readonly marking: Marking;
  readonly large: Collected;
  /** The checkpoints of the runs inside its open tasks. */
  readonly needs: readonly string[];
  /** Numbers of its first and its last event; absent: it has none. */
  readonly seqs: readonly [first: number, last: number] | undefined;
}

/** Encodes a checkpoint with its events. Throws `STORE` for a delta without a parent, `RUN_ELSEWHERE` for events that do not ascend. */
export function hold(checkpoint: Checkpoint, trace: readonly TraceEvent[], blobs: Blobs, spillAbove: number): Held {
  const large = blobs.collect(spillAbove);
  const body = encodeCheckpoint(spill(checkpoint, large.keep));
  const events = JSON.stringify(trace.map((event) => spillEvent(event, large.keep)));
  return {
    id: checkpoint.id,
    run: checkpoint.run,
    parent: checkpoint.parent,
    base: isBase(checkpoint),
    bytes: Buffer.byteLength(body),
    text: `${body}\n${events}`,
    superstep: superstepOf(checkpoint.frontier),
    marking: checkpoint,
    large,
    needs: (checkpoint.frontier.nested ?? []).map((nested) => nested.checkpoint),
    seqs: seqsOf(checkpoint.run, trace),
  };
}

/** A record of the text that a page has of it. */
export function recordOf(text: string): StoredRecord {
  const end = text.indexOf("\n");
  return { checkpoint: text.slice(0, end), events: text.slice(end + 1) };
}

/** The records of the text of a page. JSON has no line ends of its own. */
export function recordsOf(text: string): readonly StoredRecord[] {
  const lines = text.split("\n");
  return Array.from({ length: lines.length / 2 }, (_, slot) => ({
    checkpoint: lines[2 * slot] ?? "",
    events: lines[2 * slot + 1] ?? "[]",
  }));
}

function seqsOf(run: string, trace: readonly TraceEvent[]): Held["seqs"] {
  const [first] = trace;
  if (first === undefined) return undefined;
  let last = first.seq - 1;
  for (const { seq } of trace) {
    if (seq <= last) throw wentOnElsewhere(run);
    last = seq;
  }
  return [first.seq, last];
}
