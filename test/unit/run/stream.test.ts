import { expect, test } from "vitest";
import type { StreamMode, StreamPart } from "../../../runtime/index.js";
import { logChannel, start } from "./harness.js";

const fork = {
  channels: logChannel,
  nodes: { a: {}, b: {}, z: {} },
  edges: { sa: "@start -> a", sb: "@start -> b", az: "a -> z", bz: "b -> z" },
};

/** A part in one line. */
function line(part: StreamPart): string {
  if (part.mode === "values") return `${part.superstep} values ${JSON.stringify(part.values)}`;
  if (part.mode === "tokens") return `${part.superstep} ${part.node} ${JSON.stringify(part.value)}`;
  return `${part.superstep} ${part.node} wrote ${JSON.stringify(part.writes)}${part.error === undefined ? "" : ` ${part.error.code}`}`;
}

async function lines(stream: AsyncIterable<StreamPart>): Promise<string[]> {
  const told: string[] = [];
  for await (const part of stream) told.push(line(part));
  return told;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** `b` ends before `a`. */
function forkRun() {
  const ended = Promise.withResolvers<void>();
  return start(fork, {
    a: async ({ log }, { emit }) => (await ended.promise, await turn(), emit("late"), { log: [...(log as string[]), "a"] }),
    b: async (_state, { emit }) => (emit("he"), emit("llo"), emit({ done: true }), ended.resolve(), { log: ["b"] }),
    z: () => ({ log: ["z"] }),
  }).session;
}

const streamed: readonly (readonly [readonly StreamMode[] | undefined, readonly string[]])[] = [
  [
    undefined,
    [
      '0 values {"log":[]}',
      '1 b "he"',
      '1 b "llo"',
      '1 b {"done":true}',
      '1 b wrote {"log":["b"]}',
      '1 a "late"',
      '1 a wrote {"log":["a"]}',
      '1 values {"log":["a","b"]}',
      '2 z wrote {"log":["z"]}',
      '2 values {"log":["a","b","z"]}',
    ],
  ],
  [["updates"], ['1 b wrote {"log":["b"]}', '1 a wrote {"log":["a"]}', '2 z wrote {"log":["z"]}']],
  [["tokens"], ['1 b "he"', '1 b "llo"', '1 b {"done":true}', '1 a "late"']],
];

test.each(streamed)("streams %s as they happen", async (modes, expected) => {
  const session = forkRun();
  expect(await lines(session.stream(modes))).toEqual(expected);
  expect(session.status).toBe("completed");
});

test("the trace has texts that follow one another as one event, in task order", async () => {
  const session = forkRun();
  await session.continue();
  const tokens = session.trace.flatMap((event) => (event.type === "token" ? [[event.node, event.value]] : []));
  expect(tokens).toEqual([
    ["a", "late"],
    ["b", "hello"],
    ["b", { done: true }],
  ]);
  expect(session.trace.map(({ seq }) => seq)).toEqual(session.trace.map((_, index) => index + 1));
});

test("a lone task's tokens stand where it emitted them", async () => {
  const { session } = start(
    { nodes: { a: {} }, edges: { s: "@start -> a" } },
    { a: (_state, { emit, log }) => (emit("x"), emit(""), emit("y"), log("middle"), emit("z"), {}) },
  );
  await session.continue();
  const told = session.trace.flatMap((event) => (event.type === "token" ? [event.value] : event.type === "log" ? [event.message] : []));
  expect(told).toEqual(["xy", "middle", "z"]);
});

test("who stops reading pauses the run at its next boundary, and another stream goes on", async () => {
  const { session } = start(
    { channels: logChannel, nodes: { a: {} }, edges: { s: "@start -> a", again: "a -> a when size(log) < 9" } },
    { a: async () => (await turn(), { log: ["a"] }) },
  );
  for await (const part of session.stream(["values"])) if (part.superstep === 2) break;
  const { superstep } = session.frontier;
  expect(session.status).toBe("paused");
  expect(superstep).toBeLessThan(9);
  expect((await lines(session.stream(["updates"]))).map((text) => Number.parseInt(text))).toEqual(
    Array.from({ length: 9 - superstep }, (_, index) => superstep + 1 + index),
  );
});

test("a failure is told after what came before it, by an `@error` edge or by the run", async () => {
  const fails = { a: () => Promise.reject(new Error("no")), z: () => ({ log: ["z"] }) };
  const caught = { ...fork, nodes: { a: {}, z: {} }, edges: { sa: "@start -> a", az: "a -> z on @error" } };
  expect(await lines(start(caught, fails).session.stream(["updates"]))).toEqual(["1 a wrote {} HANDLER_FAILED", '2 z wrote {"log":["z"]}']);
  const { session } = start({ ...caught, edges: { sa: "@start -> a", az: "a -> z" } }, fails);
  expect(await lines(session.stream(["updates"]))).toEqual([]);
  expect(session.frontier.error?.code).toBe("HANDLER_FAILED");
  await session.stop();
  await expect(lines(session.stream())).rejects.toMatchObject({ code: "RUN_FINISHED" });
});

test("what is no JSON cannot be emitted, and says where", async () => {
  const { session } = start({ nodes: { a: {} }, edges: { s: "@start -> a" } }, { a: (_state, { emit }) => emit({ list: [1n] } as never) });
  await session.continue();
  expect(session.frontier.error?.message).toContain("ctx.emit: list[0]: ");
});
