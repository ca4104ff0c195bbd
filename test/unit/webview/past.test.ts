import { describe, expect, it, test } from "vitest";
import type { PastView } from "../../../webview/protocol/past.js";
import { createCanvasStore, type CanvasStore } from "../../../webview/store/store.js";
import type { Host } from "../../../webview/store/channel.js";
import { beat, goneNodes, listed, marksAt, nextMark, strokes, stretches } from "../../../webview/timeline/marks.js";
import { pastOf, runOf } from "../../webview/samples.js";

/** A host that answers what is asked of the past when told to. */
class SlowHost implements Host {
  readonly asked: number[] = [];
  readonly #answers: ((answer: PastView | null) => void)[] = [];

  command(): void {}

  request(_name: string, params: { readonly superstep?: number }): Promise<never> {
    this.asked.push(params.superstep ?? -1);
    return new Promise<PastView | null>((resolve) => this.#answers.push(resolve)) as Promise<never>;
  }

  async answer(answer: PastView | null = pastOf(this.asked.at(-1) ?? 0, runOf())): Promise<void> {
    this.#answers.shift()?.(answer);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const now = (superstep: number, sequence = superstep) => runOf({ superstep, sequence, channels: { at: "now" } });
function open(): { readonly host: SlowHost; readonly store: CanvasStore } {
  const host = new SlowHost();
  const store = createCanvasStore(host);
  store.getState().receiveRun(now(40));
  return { host, store };
}
const shows = (store: CanvasStore): unknown => store.getState().run.channels["at"];

test("while the slider moves, only the newest superstep is asked for", async () => {
  const { host, store } = open();
  for (let superstep = 1; superstep < 40; superstep += 1) store.getState().seek(superstep);
  expect(host.asked).toEqual([1]);
  await host.answer();
  expect([host.asked, shows(store), store.getState().seeking]).toEqual([[1, 39], "1", 39]);
  await host.answer();
  expect([host.asked, shows(store)]).toEqual([[1, 39], "39"]);
});

test("a run that goes on takes nobody out of its past; the present is there for who comes back", async () => {
  const { host, store } = open();
  store.getState().seek(12);
  store.getState().receiveRun(now(41));
  await host.answer();
  store.getState().receiveRun(now(42));
  expect([shows(store), store.getState().now.superstep, store.getState().past?.superstep]).toEqual(["12", 42, 12]);
  store.getState().leavePast();
  expect([shows(store), store.getState().run]).toEqual(["now", store.getState().now]);
});

test.each([
  ["another run", runOf({ run: "run-2", superstep: 50, sequence: 50 })],
  ["one that was taken back to before it", now(10, 50)],
])("the past is left for %s", async (_name, run) => {
  const { host, store } = open();
  store.getState().seek(12);
  await host.answer();
  store.getState().receiveRun(run);
  expect([store.getState().past, store.getState().run]).toEqual([undefined, run]);
});

test("the last superstep is the present, and what comes after that is not shown", async () => {
  const { host, store } = open();
  store.getState().seek(12);
  store.getState().seek(40);
  await host.answer();
  expect([store.getState().past, store.getState().seeking, shows(store)]).toEqual([undefined, undefined, "now"]);
});

test("what cannot be had leads back to the present", async () => {
  const { host, store } = open();
  store.getState().seek(12);
  await host.answer(null);
  expect([store.getState().seeking, shows(store)]).toEqual([undefined, "now"]);
});

describe("marks", () => {
  const outline = {
    run: "r",
    now: 100,
    saved: [[0, 3] as [number, number], [7, 100] as [number, number]],
    question: [4, 8],
    failure: [8],
    recompile: [],
    byHand: [20],
  };
  it("are told of a superstep, and led to", () => {
    expect(marksAt(outline, 8)).toEqual(["question", "failure"]);
    expect([nextMark(outline, 8, 1), nextMark(outline, 8, -1), nextMark(outline, 20, 1)]).toEqual([20, 4, undefined]);
  });
  it("lie along the line where their supersteps are, and those that fall together are one", () => {
    expect(strokes([0, 50, 50.001, 200], 100, 1000, { top: 2, height: 4 })).toBe("M0 2v4M500 2v4");
    expect(stretches(outline.saved, 100, 1000, 13)).toBe("M0 13H30M70 13H1000");
  });
  it("are drawn in a bounded path, however many there are", () => {
    const many = [...Array(10_000).keys()];
    expect(strokes(many, 1_000_000, 1000, { top: 0, height: 1 }).match(/M/g)).toHaveLength(101);
  });
});

it.each([
  [1, { everyMs: 1000, by: 1 }],
  [20, { everyMs: 50, by: 1 }],
  [500, { everyMs: 50, by: 25 }],
])("at %s supersteps a second the slider moves no more often than people can see", (pace, expected) =>
  expect(beat(pace)).toEqual(expected),
);

it("names the nodes that the graph has no more", () => {
  expect(goneNodes(["a", "b", "@start"], [{ id: "a" }])).toEqual(["b"]);
  expect(listed(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c, d and 2 more");
});
