import type { ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { Emitter } from "../../../extension/emitter.js";
import { HEADERS, SpanExport, type TracedGraph } from "../../../extension/run/span-export.js";
import type { JsonObject, RunSession } from "../../../runtime/index.js";
import { systemClock } from "../../../runtime/platform/system-clock.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { OtlpCollector } from "../../support/otlp-collector.js";
import { logChannel, start } from "../run/harness.js";

const graph: ShortGraph = { channels: logChannel, nodes: { a: {}, b: {} }, edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> @end" } };
const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
});

async function collecting(answer?: (response: ServerResponse, nth: number) => void): Promise<OtlpCollector> {
  const collector = await OtlpCollector.start(answer);
  opened.push(collector);
  return collector;
}

/** A window in which one graph is open; `b` fails as often as it is told to. */
function windowTo(endpoint: string, headers?: string) {
  const world = { endpoint, trusted: true, warnings: [] as string[], failures: 0 };
  const [onOpen, onClose] = [new Emitter<TracedGraph>(), new Emitter<TracedGraph>()];
  const all: TracedGraph[] = [];
  const spans = new SpanExport({
    clock: systemClock,
    version: "1",
    secrets: { get: (name) => Promise.resolve(name === HEADERS ? headers : undefined) },
    sessions: { all, onDidOpen: onOpen.event, onDidClose: onClose.event },
    trusted: () => world.trusted,
    endpoint: () => world.endpoint,
    warn: (message) => world.warnings.push(message),
  });
  const changed = new Emitter();
  let shown: RunSession | undefined;
  let store: ReturnType<typeof start>["services"]["store"] | undefined;
  const traced: TracedGraph = {
    get run() {
      return shown;
    },
    source: { name: "g" },
    archive: {
      store() {
        if (store === undefined) throw new Error("Nothing is stored.");
        return store;
      },
    },
    onDidChangeRun: changed.event,
  };
  all.push(traced);
  onOpen.fire(traced);
  /** Begins a run and shows it, as a session does. */
  const show = (run: string): RunSession => {
    const fail = (): JsonObject => {
      if ((world.failures -= 1) >= 0) throw new Error("not now");
      return { log: ["b"] };
    };
    const begun = start(graph, { a: () => ({ log: ["a"] }), b: fail }, { run });
    store = begun.services.store;
    shown = begun.session;
    shown.onDidChange(() => changed.fire());
    changed.fire();
    return shown;
  };
  return { world, spans, show, close: () => onClose.fire(traced) };
}

const names = ({ spans }: OtlpCollector): readonly string[] => spans.map(({ name }) => name).toSorted();

test("what runs do is sent, with the headers that the user keeps, and each span once", async () => {
  const collector = await collecting();
  const { spans, show } = windowTo(collector.url, "authorization=Bearer%20x, other=1");
  await show("r").continue();
  await spans.end();
  expect(names(collector)).toEqual(["a", "b", "run g", "superstep 1", "superstep 2"]);
  expect(new Set(collector.spans.map(({ spanId }) => spanId)).size).toBe(5);
  expect(collector.loopback.seen.map(({ headers }) => [headers["authorization"], headers["other"]])).toEqual([["Bearer x", "1"]]);
  expect([collector.faults, spans.lost]).toEqual([[], 0]);
});

test("a run that failed and goes on is followed on; its own span tells how it stood each time", async () => {
  const collector = await collecting();
  const { spans, show, world } = windowTo(collector.url);
  world.failures = 1;
  const run = show("r");
  await run.continue();
  expect(run.status).toBe("failed");
  await run.continue();
  await spans.end();
  expect(names(collector)).toEqual(["a", "b", "b", "run g", "run g", "superstep 1", "superstep 2", "superstep 2"]);
  const runs = collector.spans.filter(({ name }) => name === "run g");
  expect([new Set(runs.map(({ spanId }) => spanId)).size, runs.map(({ status }) => status.code)]).toEqual([1, [2, 1]]);
});

test.each([
  ["without an address", { endpoint: "" }],
  ["in Restricted Mode", { trusted: false }],
])("nothing is sent %s", async (_, facts) => {
  const collector = await collecting();
  const { spans, show, world } = windowTo(collector.url);
  Object.assign(world, facts);
  spans.restart();
  await show("r").continue();
  await spans.end();
  expect([collector.loopback.seen.length, spans.lost, world.warnings]).toEqual([0, 0, []]);
});

test("another address counts from then on", async () => {
  const [first, second] = [await collecting(), await collecting()];
  const { spans, show, world } = windowTo(first.url);
  const run = show("r");
  await run.step();
  world.endpoint = second.url;
  spans.restart();
  await run.continue();
  await spans.end();
  expect(names(first)).toEqual(["a", "superstep 1"]);
  expect(names(second)).toEqual(["b", "run g", "superstep 2"]);
});

test.each([
  ["refuses", (response: ServerResponse) => void response.writeHead(401).end("who are you?")],
  ["hangs up", (response: ServerResponse) => void response.destroy()],
])("a collector that %s costs spans and one warning, not the run", async (_, answer) => {
  const collector = await collecting(answer);
  const { spans, show, world } = windowTo(collector.url);
  for (const id of ["r1", "r2"]) {
    const run = show(id);
    await run.continue();
    expect(run.status).toBe("completed");
  }
  await spans.end();
  expect([spans.lost, world.warnings.length, names(collector)]).toEqual([10, 1, []]);
});

test.each([["no address"], ["ftp://127.0.0.1"]])("an address such as %j is told of, and costs nothing else", async (endpoint) => {
  const { spans, show, world } = windowTo(endpoint);
  const run = show("r");
  await run.continue();
  await spans.end();
  expect([run.status, spans.lost, world.warnings.length]).toEqual(["completed", 5, 1]);
  expect(world.warnings[0]).toContain("is no address of a collector");
});

test("a graph that is closed is followed no more", async () => {
  const collector = await collecting();
  const { spans, show, close } = windowTo(collector.url);
  const run = show("r");
  await run.step();
  close();
  await spans.end();
  expect(names(collector)).toEqual(["a", "superstep 1"]);
});
