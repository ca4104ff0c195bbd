import { afterEach, describe, expect, test } from "vitest";
import { RunSession } from "../../../runtime/index.js";
import { Collector } from "../../../runtime/platform/otlp/collector.js";
import { parseHeaderList } from "../../../runtime/platform/otlp/header-list.js";
import { followTrace } from "../../../runtime/platform/otlp/live-trace.js";
import { sendStored } from "../../../runtime/platform/otlp/send-stored.js";
import { SpanQueue } from "../../../runtime/platform/otlp/span-queue.js";
import { systemClock } from "../../../runtime/platform/system-clock.js";
import { RunSpans } from "../../../runtime/trace/otlp/run-spans.js";
import type { Span } from "../../../runtime/trace/otlp/span.js";
import { outermost, storedSpans } from "../../../runtime/trace/otlp/stored-spans.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { faultsIn, OtlpCollector, taken } from "../../support/otlp-collector.js";
import { compile, logChannel, logs, services, start, type Handlers } from "../run/harness.js";

const inner: ShortGraph = { channels: logChannel, nodes: { deep: {} }, edges: { e1: "@start -> deep", e2: "deep -> @end" } };
const outer: ShortGraph = {
  channels: logChannel,
  nodes: {
    a: {},
    b: { retry: { attempts: 2 } },
    sub: { kind: "subgraph", graph: "./inner" },
    ask: { kind: "barrier", prompt: "Go?" },
    last: {},
  },
  edges: {
    e1: "@start -> a",
    e2: "@start -> b",
    e3: "a -> sub",
    e4: "sub -> ask",
    e5: "ask -> last on approve",
    e6: "ask -> @end on reject",
    e7: "last -> @end",
  },
};

function handlers(): Handlers {
  let tries = 0;
  return {
    ...logs("a", "deep", "last"),
    b: () => {
      if ((tries += 1) === 1) throw new Error("not yet");
      return { log: ["secret"] };
    },
  };
}

/** Takes a run as far as it goes, its waiting for retries included. */
async function goOn(session: RunSession, clock: ManualClock): Promise<void> {
  const stopped = session.continue();
  while (session.status === "running") {
    clock.advance(1000);
    await systemClock.rest();
  }
  await stopped;
}

/** A run of `outer` that waits for its decision, and the services that it has. */
async function waiting() {
  const { session, services: given } = start(outer, handlers(), { graphs: { "./inner": inner }, run: "r" });
  await goOn(session, given.clock);
  return { session, given };
}

const attribute = (span: Span, key: string): unknown => Object.values(span.attributes.find((each) => each.key === key)?.value ?? {})[0];
const named = (spans: readonly Span[], name: string) => spans.filter((span) => span.name === name);

/** Span by span: its name, how it stands, what happened in it, and what is inside it. */
function treeOf(spans: readonly Span[], parent?: string): unknown[] {
  const children = spans.filter(({ parentSpanId }) => parentSpanId === parent).toSorted((a, b) => a.name.localeCompare(b.name));
  return children.map((span) => {
    const inside = treeOf(spans, span.spanId);
    return inside.length === 0 ? `${span.name} ${span.status.code}` : { [`${span.name} ${span.status.code}`]: inside };
  });
}

test.each([
  ["authorization=Bearer%20x, other=1", { authorization: "Bearer x", other: "1" }],
  ["a=b=c,,=d,e", { a: "b=c" }],
  ["share=100%", { share: "100%" }],
  ["", {}],
])("headers of %j", (text, expected) => {
  expect(parseHeaderList(text)).toEqual(expected);
});

describe("the spans of a run", () => {
  test("stand for run, supersteps, tasks and runs inside them", async () => {
    const { session, given } = await waiting();
    session.decide("ask", { action: "approve", actor: "me" });
    await goOn(session, given.clock);
    const spans = [...storedSpans(given.store, outermost("r", "outer"))];
    expect(treeOf(spans)).toEqual([
      {
        "run outer 1": [
          { "superstep 1 1": ["a 1", "b 1"] },
          { "superstep 2 1": [{ "sub 1": [{ "run ./inner 1": [{ "superstep 1 1": ["deep 1"] }] }] }] },
          { "superstep 3 0": ["ask 0"] },
          { "superstep 3 1": ["ask 1"] },
          { "superstep 4 1": ["last 1"] },
        ],
      },
    ]);
    expect(faultsIn({ resourceSpans: [{ scopeSpans: [{ spans }] }] })).toEqual([]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    for (const { startTimeUnixNano, endTimeUnixNano } of spans) expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
  });

  test("tell attempts as events, names of channels, and no values", async () => {
    const { given } = await waiting();
    const spans = [...storedSpans(given.store, outermost("r", "outer"))];
    const [b] = named(spans, "b");
    expect(b?.events.map(({ name }) => name)).toEqual(["task-retried"]);
    expect(b === undefined ? [] : [attribute(b, "patchbay.node"), attribute(b, "patchbay.superstep")]).toEqual(["b", "1"]);
    expect(JSON.stringify(spans)).not.toContain("secret");
    expect(JSON.stringify(spans)).toContain('"patchbay.channels"');
  });

  test("tell of migrated state", () => {
    const spans = new RunSpans(outermost("r", "g"));
    spans.add({ seq: 1, at: 1, superstep: 0, type: "run-started", input: {}, revision: "one" });
    spans.add({ seq: 2, at: 2, superstep: 0, type: "migrated", from: "one", to: "two", modules: ["split.ts"] });
    const [run] = spans.finish();
    expect(run?.events).toMatchObject([
      {
        name: "migrated",
        attributes: [
          { key: "patchbay.revision", value: { stringValue: "two" } },
          { key: "patchbay.modules", value: { arrayValue: { values: [{ stringValue: "split.ts" }] } } },
        ],
      },
    ]);
  });

  test("have errors as the conventions want them", async () => {
    const { session, services: given } = start(
      outer,
      { ...handlers(), a: () => Promise.reject(new TypeError("broken")) },
      { graphs: { "./inner": inner }, run: "r" },
    );
    await goOn(session, given.clock);
    const spans = [...storedSpans(given.store, outermost("r", "outer"))];
    const [a] = named(spans, "a");
    expect([a?.status.code, a === undefined ? "" : attribute(a, "error.type")]).toEqual([2, "HANDLER_FAILED"]);
    const exception = a?.events.find(({ name }) => name === "exception");
    expect(exception?.attributes.map(({ key }) => key)).toEqual(expect.arrayContaining(["exception.type", "exception.message"]));
    expect(named(spans, "run outer")[0]?.status.code).toBe(2);
  });

  test("are the same each time, and others for another run", async () => {
    const { given } = await waiting();
    const spans = () => [...storedSpans(given.store, outermost("r", "outer"))];
    expect(spans()).toEqual(spans());
    const { services: other } = start(outer, handlers(), { graphs: { "./inner": inner }, run: "s" });
    const ids = new Set(spans().flatMap(({ spanId, traceId }) => [spanId, traceId]));
    for (const { spanId, traceId } of storedSpans(other.store, outermost("s", "outer")))
      expect([ids.has(spanId), ids.has(traceId)]).toEqual([false, false]);
  });

  test("of tasks that ran again after a restore are others", async () => {
    const { session, given } = await waiting();
    const [first] = given.store.lineage(session.head).toReversed();
    session.restore(first?.id ?? "", { mode: "live" });
    await goOn(session, given.clock);
    const spans = [...storedSpans(given.store, outermost("r", "outer"))];
    expect(named(spans, "a")).toHaveLength(2);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  });

  test("of tasks whose recorded results count again are none: the superstep says so", async () => {
    const { session, given } = await waiting();
    const [first] = given.store.lineage(session.head).toReversed();
    session.restore(first?.id ?? "", { mode: "recorded" });
    await goOn(session, given.clock);
    const spans = [...storedSpans(given.store, outermost("r", "outer"))];
    expect(named(spans, "a")).toHaveLength(1);
    const told = spans.flatMap(({ events }) => events.filter(({ name }) => name === "task-replayed"));
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("spans that are sent", () => {
  const open: OtlpCollector[] = [];
  afterEach(async () => {
    for (const collector of open.splice(0)) await collector.stop();
  });
  const collecting = async (answer?: Parameters<typeof OtlpCollector.start>[0]): Promise<OtlpCollector> => {
    const collector = await OtlpCollector.start(answer);
    open.push(collector);
    return collector;
  };
  const sender = ({ url }: { readonly url: string }, headers = {}) => new Collector({ url, headers }, "1.2.3", systemClock);
  const byId = (spans: readonly Span[]) => spans.toSorted((a, b) => a.spanId.localeCompare(b.spanId));

  test("of a stored run arrive, as the protocol has them, with the headers that were given", async () => {
    const { given } = await waiting();
    const collector = await collecting();
    const run = given.store.run("r");
    if (run === undefined) throw new Error("no run");
    expect(await sendStored(given.store, run, sender(collector, { authorization: "Bearer x" }), systemClock)).toMatchObject({
      rejected: 0,
    });
    expect([collector.faults, collector.loopback.seen[0]?.headers.authorization]).toEqual([[], "Bearer x"]);
    expect(byId(collector.spans)).toEqual(byId([...storedSpans(given.store, outermost("r", "test"))]));
  });

  test("are sent again where the collector asks for that, and refused where it refuses", async () => {
    const { given } = await waiting();
    const run = given.store.run("r");
    if (run === undefined) throw new Error("no run");
    const busy = await collecting((response, nth) =>
      nth === 1 ? void response.writeHead(503, { "retry-after": "0" }).end() : taken(response),
    );
    await sendStored(given.store, run, sender(busy), systemClock);
    expect([busy.loopback.seen.length, busy.spans.length > 0]).toEqual([2, true]);
    const closed = await collecting((response) => void response.writeHead(401).end("who are you?"));
    await expect(sendStored(given.store, run, sender(closed), systemClock)).rejects.toMatchObject({ code: "COLLECTOR" });
    expect(closed.loopback.seen).toHaveLength(1);
    const partial = await collecting(
      (response) => void response.writeHead(200).end('{"partialSuccess":{"rejectedSpans":"2","errorMessage":"too old"}}'),
    );
    expect(await sendStored(given.store, run, sender(partial), systemClock)).toMatchObject({ rejected: 2 });
  });

  test.each(["ftp://x", "nowhere", "http://user:pass@x"])("to %s are refused", (url) => {
    expect(() => sender({ url })).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  test("with a header that cannot be are refused", () => {
    expect(() => sender({ url: "http://127.0.0.1:1" }, { "a b": "c" })).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  /** A run that is followed while it goes on, over a restart. */
  async function live(collector: Pick<Collector, "send">) {
    const warnings: string[] = [];
    const { session, services: given } = start(outer, handlers(), { graphs: { "./inner": inner }, run: "r" });
    const first = new SpanQueue(collector, systemClock, (message) => warnings.push(message));
    const end = followTrace(session, "test", given.store, first);
    await goOn(session, given.clock);
    end();
    await first.close(2000);
    const resumed = services(handlers(), { store: given.store, graphs: { "./inner": inner }, clock: given.clock });
    const again = RunSession.resume("r", compile(outer), resumed);
    const second = new SpanQueue(collector, systemClock, (message) => warnings.push(message));
    const over = followTrace(again, "test", given.store, second);
    again.decide("ask", { action: "approve", actor: "me" });
    await goOn(again, given.clock);
    over();
    await second.close(2000);
    return { session: again, given, warnings, dropped: first.dropped + second.dropped };
  }

  test("while the run goes on are those that are sent of it when it has ended, each once", async () => {
    const collector = await collecting();
    const { session, given, warnings } = await live(sender(collector));
    expect([session.status, warnings, collector.faults]).toEqual(["completed", [], []]);
    const stored = byId([...storedSpans(given.store, outermost("r", "test"))]);
    const told = byId(collector.spans);
    expect(told.map(({ spanId, name }) => `${spanId} ${name}`)).toEqual(stored.map(({ spanId, name }) => `${spanId} ${name}`));
    // Only the run itself has more to tell of when it is told in one go.
    const apart = (spans: readonly Span[]) => spans.filter(({ parentSpanId }) => parentSpanId !== undefined);
    expect(apart(told)).toEqual(apart(stored));
  });

  test.each<readonly [string, (response: Parameters<typeof taken>[0]) => void]>([
    ["never answers", () => undefined],
    ["dies in the middle", (response) => void response.socket?.destroy()],
    ["refuses everything", (response) => void response.writeHead(500).end()],
    ["is always busy", (response) => void response.writeHead(503, { "retry-after": "3600" }).end()],
  ])("to a collector that %s hold nothing up: the run ends as it would, and one warning tells", async (_name, answer) => {
    const collector = await collecting(answer);
    const { session, warnings, dropped } = await live(sender(collector));
    expect(session.status).toBe("completed");
    expect(warnings).toHaveLength(2); // one of each command
    expect(dropped).toBeGreaterThan(0);
    expect(collector.spans).toEqual([]);
  });

  test("to where nothing listens hold nothing up either", async () => {
    const { url } = await collecting();
    await open.pop()?.stop();
    const { session, warnings } = await live(sender({ url }));
    expect([session.status, warnings.length]).toEqual(["completed", 2]);
  });
});

describe("a queue before a collector", () => {
  const span = (n: number): Span => ({
    traceId: "1",
    spanId: String(n),
    name: "n",
    kind: 1,
    startTimeUnixNano: "1",
    endTimeUnixNano: "1",
    attributes: [],
    events: [],
    status: { code: 0 },
  });
  const spans = (count: number): Span[] => Array.from({ length: count }, (_, n) => span(n));

  test("is bounded: what a slow collector leaves is dropped, counted, and told once", async () => {
    const warnings: string[] = [];
    const never = { send: () => new Promise<never>(() => undefined) };
    const queue = new SpanQueue(never, new ManualClock(), (message) => warnings.push(message));
    for (let n = 0; n < 1000; n += 1) queue.add(spans(100));
    expect([queue.waiting, queue.dropped, warnings.length]).toEqual([4096, 100_000 - 4096, 1]);
  });

  test("sends in batches, one request at a time", async () => {
    let [underWay, most] = [0, 0];
    const sizes: number[] = [];
    const send = async (batch: readonly Span[]) => {
      sizes.push(batch.length);
      most = Math.max(most, (underWay += 1));
      await systemClock.rest();
      underWay -= 1;
      return { ok: true, rejected: 0 } as const;
    };
    const queue = new SpanQueue({ send }, systemClock, () => undefined);
    queue.add(spans(1100));
    await queue.close(60_000);
    expect([sizes, most, queue.waiting, queue.dropped]).toEqual([[512, 512, 76], 1, 0, 0]);
  });
});
