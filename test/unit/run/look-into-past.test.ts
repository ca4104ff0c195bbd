import { expect, test, vi } from "vitest";
import type { RunSession } from "../../../runtime/index.js";
import type { Moment } from "../../../runtime/run/moment.js";
import type { RunTally } from "../../../runtime/trace/tally.js";
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
const policies: readonly (readonly [string, object])[] = [
  ["every superstep is saved", {}],
  ["only ends are saved", { checkpoints: { policy: "minimal" } }],
  ["few are saved", { checkpoints: { policy: "conservative" } }],
];

function counts(tally: RunTally): object {
  return {
    nodes: Object.fromEntries([...tally.nodes].map(([node, { finished, failed, detour }]) => [node, { finished, failed, detour }])),
    edges: Object.fromEntries(tally.edges),
    tested: Object.fromEntries(tally.tested),
    marks: tally.marks.of("byHand"),
  };
}

/** All that is seen at a moment, with the counts that led there. */
function seen(moment: Moment, tally: RunTally): object {
  const { frontier, due, finished, taken, superstep, plan } = moment;
  const { replay: _terms, ...rest } = frontier;
  const values = [...plan.channels.keys()].map((name) => [name, moment.value(name)]);
  return { frontier: rest, due, finished, taken, superstep, values, ...counts(tally) };
}

/** What is seen of a superstep from afar, and what is seen by who goes there. */
function check(session: RunSession, last: number): void {
  const past = session.lookIntoPast();
  const order = [...Array(last).keys()].toSorted((a, b) => ((a * 7) % 11) - ((b * 7) % 11));
  for (const superstep of order) {
    const looked = past.at(superstep);
    expect(looked?.superstep).toBe(superstep);
    const there = looked === undefined ? undefined : seen(looked.moment, looked.tally());
    const before = session.frontier.superstep;
    let back = 0;
    while (session.frontier.superstep > superstep && session.back()) back += 1;
    expect(seen(session.moment, session.tally)).toEqual(there);
    session.forward(back);
    expect(session.frontier.superstep).toBe(before);
  }
}

test.each(policies)("each superstep is seen as it is found by who goes there, where %s", async (_name, more) => {
  const { session } = start(graph(more), handlers);
  await session.continue();
  check(session, session.frontier.superstep);
});

test("it is that of the branch that the run stands on, with what people did on the way", async () => {
  const { session } = start(graph(), handlers);
  for (let turn = 0; turn < 9; turn += 1) await session.step();
  session.back(4);
  session.edit({ values: { n: 20 } });
  await session.step();
  session.force("ab");
  await session.step();
  offer(session, graph({ limits: { supersteps: 900 } }));
  await session.step();
  check(session, session.frontier.superstep);
  expect(session.tally.marks.of("byHand")).toEqual([5, 6]);
});

test("a run that goes on is followed, at the cost of what is new", async () => {
  const { session, services } = start(graph(), handlers);
  for (let turn = 0; turn < 40; turn += 1) await session.step();
  const past = session.lookIntoPast();
  expect(past.at(12)?.superstep).toBe(12);
  const lineages = vi.spyOn(services.store, "lineage");
  await session.step();
  expect(past.at(40)?.superstep).toBe(40);
  expect(past.saved.at(-1)).toBe(41);
  session.restore(past.at(30)?.checkpoint ?? "");
  await session.step();
  expect(past.saved.at(-1)).toBe(31);
  expect(lineages).not.toHaveBeenCalled();
});

test("what was neither saved nor held is not there: what was before it is", async () => {
  const { session, services } = start(graph({ checkpoints: { policy: "minimal" } }), handlers);
  for (let turn = 0; turn < 3; turn += 1) await session.step();
  await session.continue();
  const { RunSession: Session } = await import("../../../runtime/index.js");
  const again = Session.resume(session.id, { plan: session.plan, document: { text: "" } }, services);
  const past = again.lookIntoPast();
  expect([...past.saved]).toEqual([0, 1, 2, 3, session.frontier.superstep]);
  expect(past.at(20)?.superstep).toBe(3);
  expect(past.at(-1)).toBeUndefined();
});
