import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterEach, expect, test } from "vitest";
import { placeOf, replayTermsOf } from "../../extension/debug/adapter/launch.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, logChannel, logs } from "../unit/run/harness.js";
import { debug, type Debugged } from "./harness.js";

const graph: ShortGraph = {
  channels: logChannel,
  nodes: { a: {}, b: {}, c: {} },
  edges: { s: "@start -> a", ab: "a -> b", bc: "b -> c" },
};

let debugged: Debugged | undefined;
const open = async (): Promise<Debugged> => (debugged = await debug(graph, logs("a", "b", "c")));
afterEach(async () => {
  await debugged?.close();
  debugged = undefined;
});

test("a launch names breakpoints by ids of nodes and edges, beside those of lines", async () => {
  const it = await open();
  const named = ["b", { edge: "bc", mode: "tested", condition: "size(log) == 2" }, { node: "a", mode: "after", logMessage: "{log}" }];
  const output = it.client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
  expect(await it.launch({ breakpoints: named }, [{ line: it.line("c") }])).toMatchObject({
    reason: "breakpoint",
    threads: { b: expect.any(Array) as [] },
  });
  expect((await output).body.output).toBe('["a"]\n');
  expect(await it.move("continue")).toMatchObject({ threads: { c: expect.any(Array) as [] }, hits: [2, 4] });
});

test("a breakpoint of a launch that cannot be met is told of", async () => {
  const it = await open();
  const output = it.client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
  await it.launch({ breakpoints: ["nobody"], stopOnEntry: true });
  expect((await output).body.output).toContain('The graph has no node "nobody".');
});

test("a launch says which recorded results count after going back", async () => {
  const it = await open();
  await it.launch({ stopOnEntry: true, replay: { b: "live" } });
  for (let turn = 0; turn < 2; turn += 1) await it.move("next");
  for (let turn = 0; turn < 2; turn += 1) await it.move("stepBack");
  for (let turn = 0; turn < 2; turn += 1) await it.move("next");
  const replayed = it.run.trace.flatMap((event) => (event.type === "task-replayed" ? [event.node] : []));
  expect([replayed, it.run.channels["log"]]).toEqual([["a"], ["a", "b"]]);
});

test("what a launch says and nobody can follow is its error", async () => {
  const it = await open();
  await it.client.initializeRequest();
  const launch = (args: object): Promise<unknown> => it.client.customRequest("launch", { graph: "/graphs/main", ...args });
  await expect(launch({ replay: "always" })).rejects.toThrow(/INPUT_INVALID.*always/);
  await expect(launch({ replay: { "*": "live", b: "recorded" } })).rejects.toThrow(/INPUT_INVALID/);
  await expect(launch({ input: { nobody: 1 } })).rejects.toThrow(/INPUT_INVALID/);
});

test("a run is attached to where it stands, by its id, or at one of its checkpoints", async () => {
  const it = await open();
  await it.launch({ stopOnEntry: true });
  for (let turn = 0; turn < 2; turn += 1) await it.move("next");
  const { id, head } = it.run;
  await it.move("next");
  const attach = async (args: object): Promise<number> => {
    const stopped = it.stop();
    await it.client.customRequest("attach", args);
    await it.client.customRequest("configurationDone", {});
    await stopped;
    return it.run.frontier.superstep;
  };
  expect([await attach({ checkpoint: head }), await attach({ run: id }), it.run.id]).toEqual([2, 2, id]);
  await expect(it.client.customRequest("attach", { run: "nobody" })).rejects.toThrow(/NOT_FOUND/);
});

test.each<[replay: Parameters<typeof replayTermsOf>[0], terms: ReturnType<typeof replayTermsOf>]>([
  [undefined, undefined],
  ["live", { mode: "live" }],
  ["decisions", { mode: "decisions" }],
  [{}, { mode: "recorded" }],
  [
    { a: "live", b: "recorded" },
    { mode: "recorded", live: ["a"] },
  ],
  [
    { "*": "decisions", a: "live" },
    { mode: "decisions", live: ["a"] },
  ],
  [{ "*": "live" }, { mode: "live" }],
])("replay %j is %j", (replay, terms) => {
  expect(replayTermsOf(replay)).toEqual(terms);
});

test.each<[named: Parameters<typeof placeOf>[0], place: ReturnType<typeof placeOf>]>([
  ["a", { at: "before", node: "a" }],
  ["ab", { at: "taken", edge: "ab" }],
  ["nobody", { at: "before", node: "nobody" }],
  [
    { node: "a", mode: "after" },
    { at: "after", node: "a" },
  ],
  [
    { edge: "ab", mode: "tested" },
    { at: "tested", edge: "ab" },
  ],
])("breakpoint %j is at %j", (named, place) => {
  expect(placeOf(named, compile(graph).document)).toEqual(place);
});
