import { describe, expect, test } from "vitest";
import { RunSession } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, logs, offer, start } from "./harness.js";

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const dueOf = (session: RunSession): readonly string[] => session.frontier.due.map((task) => task.node);

/** a and b side by side, then z; c and d only if somebody says so. */
const fan: ShortGraph = {
  channels: { ...logChannel, go: { schema: { type: "boolean" }, default: false } },
  nodes: { a: {}, b: {}, c: {}, d: {}, z: { join: "any" } },
  edges: { sa: "@start -> a", sb: "@start -> b", az: "a -> z", bz: "b -> z", cz: "c -> z", dc: "d -> c when go", dz: "d -> z else" },
};
const all = logs("a", "b", "c", "d", "z");

describe("a task that a person moves", () => {
  test("runs as another node, and what is due by other ways stays", async () => {
    const { session } = start(fan, all);
    session.move("1/a", "c", "ann");
    expect(dueOf(session)).toEqual(["b", "c"]);
    expect(session.trace.at(-2)).toMatchObject({ type: "moved", superstep: 0, node: "a", task: "1/a", to: "c", actor: "ann" });
    await session.continue();
    expect(session.channels["log"]).toEqual(["b", "c", "z"]);
    expect(session.frontier.moved).toBeUndefined();
  });

  const moves: readonly (readonly [moves: readonly (readonly [string, string])[], due: readonly string[]])[] = [
    [[["1/a", "a"]], ["a", "b"]],
    [[["1/a", "b"]], ["b"]],
    [[["1/a", "z"]], ["b", "z"]],
    [
      [
        ["1/a", "c"],
        ["1/c", "d"],
      ],
      ["b", "d"],
    ],
    [
      [
        ["1/a", "c"],
        ["1/c", "a"],
      ],
      ["a", "b"],
    ],
    [
      [
        ["1/a", "b"],
        ["1/b", "z"],
      ],
      ["z"],
    ],
    [
      [
        ["1/a", "b"],
        ["1/b", "a"],
      ],
      ["a"],
    ],
  ];
  test.each(moves)("%j: due is %j, also after the store and another plan", (steps, due) => {
    const { session, services: given } = start(fan, all);
    for (const [task, node] of steps) session.move(task, node);
    expect(dueOf(session)).toEqual(due);
    const taken = RunSession.resume(session.id, compile(fan), given);
    expect(dueOf(taken)).toEqual(due);
    offer(taken, { ...fan, edges: { ...fan.edges, ab: "a -> b" } });
    expect(dueOf(taken)).toEqual(due);
    taken.edit({ values: { go: true } });
    expect(dueOf(taken)).toEqual(due);
  });

  test("is carried by the next superstep alone", async () => {
    const loop: ShortGraph = { channels: logChannel, nodes: { a: {}, c: {} }, edges: { s: "@start -> a", aa: "a -> a", ca: "c -> a" } };
    const { session } = start(loop, logs("a", "c"));
    session.move("1/a", "c");
    for (let turn = 0; turn < 3; turn += 1) await session.step();
    expect(session.channels["log"]).toEqual(["c", "a", "a"]);
  });

  test("keeps the results of its siblings in an open superstep, and takes the place of what failed", async () => {
    const broken = { ...all, a: () => Promise.reject(new Error("no luck")) };
    const { session } = start(fan, broken);
    await session.continue();
    expect([session.status, session.frontier.results.map(({ node }) => node)]).toEqual(["failed", ["b"]]);
    expect(() => session.move("1/a", "b")).toThrow(code("TASK_FINISHED"));
    expect(() => session.move("1/b", "c")).toThrow(code("TASK_FINISHED"));
    session.move("1/a", "d");
    expect([session.status, dueOf(session)]).toEqual(["paused", ["b", "d"]]);
    await session.continue();
    expect(session.channels["log"]).toEqual(["b", "d", "z"]);
  });

  test("blocks a plan that has its node no more, unless that is overruled", () => {
    const { session } = start(fan, all);
    session.move("1/a", "c");
    const { c: _gone, ...nodes } = fan.nodes;
    const { cz: _cz, dc: _dc, ...edges } = fan.edges;
    offer(session, { ...fan, nodes, edges });
    expect(session.blocked?.code).toBe("NOT_RESUMABLE");
    session.overrule("ann");
    expect([session.blocked, dueOf(session)]).toEqual([undefined, ["a", "b"]]);
  });

  test("is refused where there is no such task or node, and when all is over", async () => {
    const { session } = start(fan, all);
    expect(() => session.move("1/z", "a")).toThrow(code("UNKNOWN_TARGET"));
    expect(() => session.move("1/a", "nobody")).toThrow(code("UNKNOWN_TARGET"));
    await session.continue();
    expect(() => session.move("1/a", "c")).toThrow(code("UNKNOWN_TARGET"));
  });
});

describe("a task that a person has begin anew", () => {
  const inner: ShortGraph = { channels: logChannel, nodes: { x: {}, y: {} }, edges: { s: "@start -> x", xy: "x -> y" } };
  const outer: ShortGraph = {
    channels: logChannel,
    nodes: { sub: { kind: "subgraph", graph: "./inner", out: { log: "log" } }, z: {} },
    edges: { s: "@start -> sub", sz: "sub -> z" },
  };

  test("drops the run that has begun inside it, and runs all of it again, whatever is recorded", async () => {
    const calls: string[] = [];
    const counted = Object.fromEntries(["x", "y", "z"].map((node) => [node, () => (calls.push(node), { log: [node] })] as const));
    const { session } = start(outer, counted, { graphs: { "./inner": inner } });
    await session.step();
    expect(session.status).toBe("paused");
    await session.continue();
    session.back(2);
    await session.stepInto("1/sub");
    await session.stepInto("1/sub");
    const former = session.nested("1/sub");
    expect(former?.frontier.due.map(({ node }) => node)).toEqual(["y"]);
    session.restart("1/sub", "ann");
    expect([session.nested("1/sub"), session.replay?.live]).toEqual([undefined, ["sub"]]);
    expect(session.trace.findLast(({ type }) => type === "restarted")).toMatchObject({ task: "1/sub", actor: "ann" });
    calls.length = 0;
    await session.step();
    expect(calls).toEqual(["x", "y"]);
  });

  test("runs anew where its result is recorded on another branch", async () => {
    let calls = 0;
    const { session } = start(fan, { ...all, z: () => ({ log: [`z${(calls += 1)}`] }) });
    await session.continue();
    session.back();
    await session.continue();
    expect([calls, session.channels["log"]]).toEqual([1, ["a", "b", "z1"]]);
    session.back();
    session.restart("2/z");
    await session.continue();
    expect([calls, session.channels["log"]]).toEqual([2, ["a", "b", "z2"]]);
  });

  test.each<[what: string, deed: (inside: RunSession | undefined) => void, log: readonly string[]]>([
    ["moves", (inside) => inside?.move("2/y", "x"), ["x", "x", "y"]],
    ["edits", (inside) => inside?.edit({ values: { log: [] } }), ["y"]],
  ])("what a person %s inside it is not in what is taken of it later", async (_what, deed, log) => {
    const { session } = start(outer, logs("x", "y", "z"), { graphs: { "./inner": inner } });
    await session.stepInto("1/sub");
    await session.stepInto("1/sub");
    deed(session.nested("1/sub"));
    await session.step();
    expect(session.channels["log"]).toEqual(log);
    session.back();
    await session.step();
    expect(session.channels["log"]).toEqual(["x", "y"]);
  });

  test("is refused where it has finished, or is not due", async () => {
    const { session } = start(fan, all);
    await session.stepInto("1/a");
    expect(() => session.restart("1/a")).toThrow(code("TASK_FINISHED"));
    expect(() => session.restart("2/z")).toThrow(code("UNKNOWN_TARGET"));
    session.restart("1/b");
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b", "z"]);
  });
});
