import { expect, test } from "vitest";
import { MemoryStore, stateHistory } from "../../../runtime/index.js";
import { logChannel, logs, start } from "../run/harness.js";

async function run() {
  const store = new MemoryStore();
  const loop = {
    channels: logChannel,
    nodes: { a: {}, b: {} },
    edges: { s: "@start -> a", ab: "a -> b", ba: "b -> a when run.superstep < 6" },
  };
  const { session } = start(loop, logs("a", "b"), { store, run: "r" });
  await session.continue();
  return { store, session };
}

const lengths = (store: MemoryStore, checkpoint: string): readonly number[] =>
  Array.from(stateHistory(store, checkpoint), ({ values }) => (Array.isArray(values["log"]) ? values["log"].length : -1));

test("a history has the state at each checkpoint that led there, oldest first, and no other branch", async () => {
  const { store, session } = await run();
  expect(lengths(store, session.head)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const third = store.list("r").at(-4)?.id ?? "";
  session.restore(third);
  session.edit({ values: { log: ["other"] } });
  expect(lengths(store, session.head)).toEqual([0, 1, 2, 3, 1]);
  expect([...stateHistory(store, session.head)].at(-1)?.checkpoint).toMatchObject({ id: session.head, trigger: "edited" });
});

test("it begins with the oldest checkpoint that is left, and needs one that there is", async () => {
  const { store, session } = await run();
  session.restore(store.list("r").at(-4)?.id ?? "");
  session.edit({ values: { log: ["other"] } });
  store.prune("r", 1);
  expect(lengths(store, session.head)).toEqual([1]);
  expect(() => [...stateHistory(store, "none")]).toThrow(expect.objectContaining({ code: "NOT_FOUND" }) as Error);
});

test("loads each checkpoint once, beside the newest, which names the run", async () => {
  const { store, session } = await run();
  const loads: string[] = [];
  const counting = {
    atOnce: store.atOnce.bind(store),
    lineage: store.lineage.bind(store),
    tree: store.tree.bind(store),
    load: (id: string) => (loads.push(id), store.load(id)),
  };
  const read = Array.from(stateHistory(counting, session.head), ({ checkpoint }) => checkpoint.id);
  expect(loads).toEqual([session.head, ...read]);
});
