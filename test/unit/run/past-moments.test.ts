import { expect, test, vi } from "vitest";
import type { RunSession } from "../../../runtime/index.js";
import type { Moment } from "../../../runtime/run/moment.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { logChannel, offer, start, type Handlers } from "./harness.js";

const graph = (more: object = {}): ShortGraph => ({
  channels: { ...logChannel, n: { schema: { type: "number" }, default: 0 }, word: { schema: { type: "string" } } },
  nodes: { a: {}, b: {}, end: {} },
  edges: { s: "@start -> a", ab: "a -> b when n % 3.0 == 0.0", aa: "a -> a when n < 40.0", ba: "b -> a", end: "a -> end else" },
  ...more,
});
const handlers: Handlers = {
  a: (state) => ({ n: Number(state["n"]) + 1, log: ["a"] }),
  b: (state) => ({ word: `w${Number(state["n"])}`, log: ["b"] }),
  end: () => ({}),
};

/** All that a moment shows. */
function seen(moment: Moment): object {
  const { frontier, due, finished, taken, superstep, plan } = moment;
  const values = [...plan.channels.keys()].map((name) => [name, moment.value(name), moment.variables().get(name)]);
  return { due, finished, taken, superstep, values, revision: plan.revision, status: frontier.status };
}

/** What is seen of the past, and what is seen where `back` leads. */
function bothWays(session: RunSession): { readonly looked: readonly object[]; readonly stood: readonly object[] } {
  const looked = [...session.past].map(seen);
  const stood = looked.map((_moment, place) => {
    session.back(place + 1);
    const there = seen(session.moment);
    session.forward(place + 1);
    return there;
  });
  session.back(looked.length);
  expect(session.back()).toBe(false);
  return { looked, stood };
}

test.each<[string, object]>([
  ["every superstep is saved", {}],
  ["only ends are saved", { checkpoints: { policy: "minimal" } }],
  ["few are saved", { checkpoints: { policy: "conservative" } }],
])("the past is what going back leads to, where %s", async (_name, more) => {
  const { session } = start(graph(more), handlers);
  await session.continue();
  const supersteps = session.frontier.superstep;
  const { looked, stood } = bothWays(session);
  expect(looked.length).toBe(supersteps);
  expect(looked).toEqual(stood);
});

test("it is that of the branch that the run stands on, with what people did on the way", async () => {
  const { session } = start(graph(), handlers);
  for (let turn = 0; turn < 9; turn += 1) await session.step();
  session.back(4);
  session.edit({ values: { n: 20 } });
  await session.step();
  session.force("ab");
  await session.step();
  session.move(session.frontier.due[0]?.id ?? "", "b");
  await session.step();
  await session.step();
  const { looked, stood } = bothWays(session);
  expect(looked).toEqual(stood);
});

test("what was under another plan is seen under that, and nothing is read twice", async () => {
  const { session, services } = start(graph(), handlers);
  for (let turn = 0; turn < 3; turn += 1) await session.step();
  const before = session.plan.revision;
  offer(session, graph({ limits: { supersteps: 900 } }));
  await session.step();
  const loads = vi.spyOn(services.store, "load");
  const [first, second] = session.past;
  expect([first?.superstep, first?.plan.revision]).toEqual([3, before]);
  expect(second?.superstep).toBe(2);
  expect(loads.mock.calls.length).toBeLessThan(8);
});
