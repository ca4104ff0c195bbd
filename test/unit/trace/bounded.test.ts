// Events are complete in the store and bounded in memory, whoever tells them.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { traceEntries } from "../../../runtime/checkpoint/trace-entries.js";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { writeLines } from "../../../runtime/cli/write-lines.js";
import { PatchbayError, RunSession, type Scratch, type TraceEvent } from "../../../runtime/index.js";
import { ScratchFile } from "../../../runtime/platform/scratch-file.js";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import type { TraceSink } from "../../../runtime/trace/lane.js";
import { TraceRecorder } from "../../../runtime/trace/recorder.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { compile, logChannel, services } from "../run/harness.js";

const EVENTS = 100_000;
/** What a recorder may hold, whatever it is told: the newest, what is not saved, and what tasks at work have told. */
const MOST_HELD = 30_000;

const log = (message: number) => ({ type: "log", superstep: 1, node: "n", level: "info", message: String(message) }) as const;

/** Numbers of what was logged, in the order of the trace. */
const numbersIn = (events: Iterable<TraceEvent>): number[] =>
  [...events].flatMap((event) => (event.type === "log" ? [Number(event.message)] : []));

/** A recorder whose events are saved as a run saves them, with the most that it held at any time. */
function recording(scratch?: () => Scratch) {
  const recorder = new TraceRecorder({ clock: new ManualClock(), ...(scratch === undefined ? {} : { scratch }) });
  const saved: TraceEvent[] = [];
  let most = 0;
  recorder.whenFull(() => recorder.handOver((events) => saved.push(...events), "numbered"));
  const watch = (sink: TraceSink, message: number): void => {
    sink.record(log(message));
    most = Math.max(most, recorder.held);
  };
  recorder.onRecord(() => (most = Math.max(most, recorder.held)));
  const finish = (): { readonly numbers: readonly number[]; readonly seqs: readonly number[]; readonly most: number } => {
    recorder.settle();
    recorder.handOver((events) => saved.push(...events));
    return { numbers: numbersIn(saved), seqs: saved.map(({ seq }) => seq), most };
  };
  return { recorder, watch, finish };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** Who tells `EVENTS` events, which are told as they are numbered here and are to be recorded in the order that is given. */
const tellers: Readonly<Record<string, (given: ReturnType<typeof recording>) => readonly number[]>> = {
  "a task alone": ({ recorder, watch }) => {
    for (const message of upTo(EVENTS)) watch(recorder, message);
    return upTo(EVENTS);
  },
  "three tasks that take turns": ({ recorder, watch }) => {
    const lanes = [recorder.openLane(), recorder.openLane(), recorder.openLane()];
    for (const message of upTo(EVENTS)) watch(lanes[message % 3] ?? recorder, message);
    return [0, 1, 2].flatMap((lane) => upTo(EVENTS).filter((message) => message % 3 === lane));
  },
  "the items of a map, the last first": ({ recorder, watch }) => {
    const lane = recorder.openLane();
    for (const message of upTo(EVENTS)) watch(lane.part(EVENTS - Math.ceil(message / 10)), message);
    const items = upTo(EVENTS / 10).toReversed();
    return items.flatMap((item) => upTo(10).map((message) => (item - 1) * 10 + message));
  },
  "items of which the last do not count, and their task": ({ recorder, watch }) => {
    const lane = recorder.openLane();
    for (const message of upTo(EVENTS / 2)) watch(lane.part(message % 100), message);
    lane.dropParts(50);
    for (const message of upTo(EVENTS / 2)) watch(lane, message);
    const parts = upTo(50).flatMap((part) => upTo(EVENTS / 2).filter((message) => message % 100 === part - 1));
    return [...parts, ...upTo(EVENTS / 2)];
  },
};

describe.each(Object.entries(tellers))("100,000 events of %s", (_, tell) => {
  test("are all recorded, in order, and few of them are in memory at any time", () => {
    const scratch = new ScratchFile();
    const given = recording(() => scratch);
    const expected = tell(given);
    const { numbers, seqs, most } = given.finish();
    expect(most).toBeLessThan(MOST_HELD);
    expect(numbers).toEqual(expected);
    expect(seqs).toEqual(upTo(expected.length));
  });

  test("are all recorded where there is no room beside memory", () => {
    const full = (): never => {
      throw new PatchbayError("STORE", "No room.");
    };
    const given = recording(() => ({ write: full, read: full, clear: () => undefined }));
    const expected = tell(given);
    expect(given.finish().numbers).toEqual(expected);
  });
});

test("events that cannot be saved now are held, and saved with those that follow", () => {
  const { recorder } = recording();
  const saved: TraceEvent[] = [];
  let tries = 0;
  recorder.whenFull(() => {
    try {
      recorder.handOver((events) => {
        if ((tries += 1) % 3 !== 0) throw new Error("No room.");
        saved.push(...events);
      }, "numbered");
    } catch {
      // It is tried again when there are more.
    }
  });
  for (const message of upTo(10_000)) recorder.record(log(message));
  recorder.handOver((events) => saved.push(...events));
  expect([tries, numbersIn(saved)]).toEqual([9, upTo(10_000)]);
});

test("a scratch leaves no file behind", () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith("patchbay-trace-"));
  const scratch = new ScratchFile();
  const places = ["one", "größer", ""].map((text) => scratch.write(text));
  expect(places.map((place) => scratch.read(place))).toEqual(["one", "größer", ""]);
  scratch.clear();
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("patchbay-trace-") && !before.includes(name))).toEqual([]);
  const again = scratch.write("again");
  expect([again.start, scratch.read(again)]).toEqual([0, "again"]);
  expect(() => scratch.read({ start: 0, length: 100 })).toThrow("A temporary file for trace events cannot be read.");
  scratch.clear();
});

describe("a run whose tasks tell 100,000 events", () => {
  const graph: ShortGraph = {
    channels: logChannel,
    nodes: { a: {}, b: {}, alone: {} },
    edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> alone", e4: "alone -> @end" },
  };
  const counts = { a: 40_000, b: 10_000, alone: 50_000 };
  let directory: string;
  let store: CheckpointStore;
  let mostAtOnce = 0;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "patchbay-bounded-"));
    store = openSqliteStore(directory);
    const counting = new Proxy(store, {
      get(target, name: keyof CheckpointStore) {
        if (name !== "save" && name !== "appendTrace") return target[name].bind(target);
        return (...given: unknown[]) => {
          const events = given.find((each): each is readonly TraceEvent[] => Array.isArray(each)) ?? [];
          mostAtOnce = Math.max(mostAtOnce, events.length);
          return (target[name] as (...all: unknown[]) => unknown).call(target, ...given);
        };
      },
    });
    const handlers = Object.fromEntries(
      Object.entries(counts).map(([node, count]) => [
        node,
        (_state: unknown, ctx: { readonly log: (message: string) => void }) => {
          for (const message of upTo(count)) ctx.log(String(message));
          return {};
        },
      ]),
    );
    const given = { ...services(handlers), store: counting, scratch: () => new ScratchFile() };
    const session = RunSession.start(compile(graph), { graph: "g", run: "r" }, given);
    await session.continue();
    expect(session.status).toBe("completed");
  });
  afterAll(() => {
    store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test("has all of them in its store, in task order, and was never handed many at once", () => {
    const told: Record<string, number[]> = {};
    let [last, isInOrder] = [0, true];
    for (const { event } of traceEntries(store, "r")) {
      isInOrder &&= event.seq === last + 1;
      last = event.seq;
      if (event.type === "log") (told[event.node] ??= []).push(Number(event.message));
    }
    expect(isInOrder).toBe(true);
    expect(Object.entries(told).map(([node, numbers]) => [node, numbers.length])).toEqual(Object.entries(counts));
    for (const [node, count] of Object.entries(counts)) expect(told[node]).toEqual(upTo(count));
    expect(mostAtOnce).toBeLessThan(2_100);
    expect(store.verify()).toEqual([]);
  });

  test("gives them out as JSON lines no faster than they are read", async () => {
    let asked = 0;
    let read = 0;
    let ahead = 0;
    const lines = function* (): Generator<string> {
      for (const { event } of traceEntries(store, "r")) {
        asked += 1;
        yield JSON.stringify(event);
      }
    };
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        read += chunk.toString().split("\n").length - 1;
        ahead = Math.max(ahead, asked - read);
        setImmediate(done);
      },
    });
    await writeLines(slow, lines());
    expect([read, asked]).toEqual([asked, asked]);
    expect(read).toBeGreaterThan(100_000);
    expect(ahead).toBeLessThan(1_500);
  });
});

test("a reader that has seen enough ends the writing, and that is no fault", async () => {
  let asked = 0;
  const lines = function* (): Generator<string> {
    for (asked = 0; asked < 1e6; asked += 1) yield "line ".repeat(100);
  };
  const head = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error("closed"), { code: "EPIPE" }));
    },
  });
  await writeLines(head, lines());
  expect(asked).toBeLessThan(1_000);
});
