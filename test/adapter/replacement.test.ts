import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterEach, describe, expect, test } from "vitest";
import type { ShortGraph } from "../support/graph-text.js";
import { logChannel, logs } from "../unit/run/harness.js";
import { debug, type Debugged, type Stop } from "./harness.js";

const graph: ShortGraph = {
  channels: logChannel,
  nodes: { a: {}, b: {}, sub: { kind: "subgraph", graph: "./inner" }, z: {} },
  edges: { s: "@start -> a", ab: "a -> b", bs: "b -> sub", sz: "sub -> z" },
};
const inner: ShortGraph = { channels: logChannel, nodes: { x: {}, y: {} }, edges: { s: "@start -> x", xy: "x -> y" } };

let debugged: Debugged;
const open = async (): Promise<Debugged> =>
  (debugged = await debug(graph, logs("a", "b", "x", "y", "z"), { graphs: { "./inner": inner } }));
afterEach(() => debugged.close());

/** Where a thread can go on a line, and going there. */
async function goTo({ client, stop, line }: Debugged, node: string, name = "main"): Promise<Stop> {
  const source = { path: `/graphs/${name.replace("./", "")}` };
  const { body } = (await client.customRequest("gotoTargets", { source, line: line(node, name) })) as DebugProtocol.GotoTargetsResponse;
  expect(body.targets).toMatchObject([{ label: node, line: line(node, name) }]);
  const [thread] = (await client.threadsRequest()).body.threads;
  const stopped = stop();
  await client.customRequest("goto", { threadId: thread?.id, targetId: body.targets[0]?.id });
  return stopped;
}

describe("a branch", () => {
  test("goes on from the node that it is moved to; nothing runs by that, and the trace says who did it", async () => {
    const it = await open();
    await it.launch({ stopOnEntry: true });
    expect(await goTo(it, "z")).toMatchObject({ reason: "goto", threads: { z: [`z:${it.line("z")}`] } });
    expect(it.run.channels["log"]).toEqual([]);
    expect(it.run.trace.findLast(({ type }) => type === "moved")).toMatchObject({ node: "a", to: "z", actor: "ann" });
    expect((await it.move("continue")).reason).toBe("terminated");
    expect(it.run.channels["log"]).toEqual(["z"]);
  });

  test("is moved in the graph that it stands in, and out of it", async () => {
    const it = await open();
    await it.launch({ stopOnEntry: true });
    await goTo(it, "sub");
    await it.move("stepIn");
    expect(Object.keys((await goTo(it, "y", "./inner")).threads)).toEqual(["sub › y"]);
    expect(Object.keys((await goTo(it, "b")).threads)).toEqual(["b"]);
    expect((await it.move("continue")).reason).toBe("terminated");
    expect(it.run.channels["log"]).toEqual(["b", "x", "y", "z"]);
  });

  test("has no target where no node is written, and none in a graph that it is not in", async () => {
    const it = await open();
    await it.launch({ stopOnEntry: true });
    const at = async (line: number, path = "/graphs/main"): Promise<number> =>
      ((await it.client.customRequest("gotoTargets", { source: { path }, line })) as DebugProtocol.GotoTargetsResponse).body.targets.length;
    expect([await at(1), await at(it.line("ab")), await at(it.line("a"), "/graphs/nowhere")]).toEqual([0, 0, 0]);
    expect(await at(it.line("x", "./inner"), "/graphs/inner")).toBe(1);
    await expect(it.client.customRequest("goto", { threadId: 1, targetId: 1 })).rejects.toThrow(/UNKNOWN_TARGET/);
    await expect(it.client.customRequest("goto", { threadId: 1, targetId: 7 })).rejects.toThrow(/NOT_FOUND/);
  });

  test("begins the task of a frame anew: a graph inside it from its beginning", async () => {
    const it = await open();
    await it.launch({ stopOnEntry: true });
    await goTo(it, "sub");
    await it.move("stepIn");
    expect(Object.keys((await it.move("next")).threads)).toEqual(["sub › y"]);
    const [thread] = (await it.client.threadsRequest()).body.threads;
    const { stackFrames } = (await it.client.stackTraceRequest({ threadId: thread?.id ?? 0 })).body;
    const stopped = it.stop();
    await it.client.customRequest("restartFrame", { frameId: stackFrames[1]?.id });
    expect(await stopped).toMatchObject({ reason: "restart", threads: { sub: [expect.stringMatching(/^sub:/)] } });
    expect(Object.keys((await it.move("stepIn")).threads)).toEqual(["sub › x"]);
  });
});
