import { expect, it, test } from "vitest";
import { Bridge } from "../../../extension/bridge/bridge.js";
import { Emitter } from "../../../extension/emitter.js";
import { ToldFeed } from "../../../extension/run/told-feed.js";
import { MOST_TOLD } from "../../../extension/run/told-texts.js";
import type { LiveEvent, TraceEvent } from "../../../runtime/trace/event.js";
import { ManualClock } from "../../support/manual-clock.js";
import { FakeHost } from "./fake-host.js";
import { FakePanel } from "./fake-panel.js";

const token = (value: string, node = "a", task = `1/${node}`): LiveEvent => ({ type: "token", superstep: 1, at: 0, node, task, value });
const event = (type: "task-started" | "task-finished" | "task-retried", task = "1/a"): LiveEvent => {
  const of = { superstep: 1, at: 0, node: "a", task };
  if (type === "task-started") return { type, ...of };
  return type === "task-finished"
    ? { type, ...of, ms: 1 }
    : { type, ...of, attempt: 1, delayMs: 0, error: { code: "HANDLER_FAILED", message: "" } };
};

class Run {
  run: { id: string; trace: readonly TraceEvent[] } | undefined = { id: "r", trace: [] };
  readonly traced = new Emitter<LiveEvent>();
  readonly changed = new Emitter();
  readonly onTrace = this.traced.event;
  readonly onDidChangeRun = this.changed.event;
  readonly feed = new ToldFeed(this);

  tell(...events: readonly LiveEvent[]): void {
    for (const each of events) this.traced.fire(each);
  }
}

test("10,000 tokens in a tenth of a second are few messages, and all of what is listened to", () => {
  const run = new Run();
  const clock = new ManualClock();
  const [panel, host] = [new FakePanel(), new FakeHost()];
  host.told = () => run.feed.take();
  run.feed.onDidChange(() => host.changed.fire("told"));
  const bridge = new Bridge(panel, host, clock);
  panel.send({ kind: "request", id: 1, name: "view/load", params: {} });
  run.feed.listen("a");
  for (let turn = 0; turn < 100; turn += 1) {
    for (let each = 0; each < 50; each += 1) run.tell(token("ab "), token("x", "b"));
    clock.advance(1);
  }
  clock.advance(100);
  const told = panel.posted.flatMap((message) =>
    message.kind === "notification" && message.name === "told/changed" ? [message.params] : [],
  );
  expect(told.length).toBeGreaterThan(3);
  expect(told.length).toBeLessThanOrEqual(9);
  const views = told as ReturnType<ToldFeed["take"]>[];
  expect(views.map(({ added }) => added?.text ?? "").join("")).toBe("ab ".repeat(5000));
  expect(views.every(({ tails }) => Object.values(tails).every((tail) => tail.length <= 160))).toBe(true);
  expect(views.at(-1)?.tails["b"]).toBe("x".repeat(160));
  bridge.dispose();
});

it("follows the task of a node that began until it has ended, and then the next", () => {
  const run = new Run();
  run.tell(token("one"), token("two", "a", "1/a#1"), token(" more"));
  expect(run.feed.take().tails).toEqual({ a: "one more" });
  run.tell(event("task-finished"), token("two", "a", "1/a#1"));
  expect(run.feed.take().tails).toEqual({ a: "two" });
});

it("forgets what an attempt has said when the next one speaks, and tells it apart", () => {
  const run = new Run();
  const first = run.feed.listen("a");
  run.tell(token("wrong words"));
  const { added } = run.feed.take();
  run.tell(event("task-retried"), token("right"));
  const again = run.feed.take().added;
  expect([first, added?.text, again]).toEqual([null, "wrong words", { node: "a", speech: (added?.speech ?? 0) + 1, at: 0, text: "right" }]);
  run.tell(token("!"));
  expect(run.feed.take().added).toMatchObject({ at: 5, text: "!" });
});

it("keeps the last words of a task that has ended until the next one speaks, but not on the card of one that works again", () => {
  const run = new Run();
  run.tell(token("done"), event("task-finished"), event("task-started", "2/a"));
  expect([run.feed.take().tails, run.feed.listen("a")?.text]).toEqual([{ a: "" }, "done"]);
});

it("holds the end of a long text, and says how long it was", () => {
  const run = new Run();
  for (let each = 0; each < 4; each += 1) run.tell(token(String(each).repeat(MOST_TOLD)));
  expect(run.feed.listen("a")).toMatchObject({ text: "3".repeat(MOST_TOLD), length: 4 * MOST_TOLD });
});

it("finds what was said in an earlier life of the window, and forgets one run for another", () => {
  const run = new Run();
  const stored = [token("once "), token("upon")].map((each, place): TraceEvent => ({ ...each, seq: place + 1 }));
  run.run = { id: "r", trace: stored };
  expect(run.feed.listen("a")).toEqual({ speech: 0, text: "once upon", length: 9 });
  run.tell(token("now"));
  run.run = { id: "s", trace: [] };
  run.changed.fire();
  expect([run.feed.take(), run.feed.listen("a")]).toEqual([{ tails: {} }, null]);
});

it("tells values that are no text as JSON", () => {
  const run = new Run();
  run.tell({ ...token(""), value: { at: 1 } } as LiveEvent);
  expect(run.feed.listen("a")?.text).toBe('{"at":1}\n');
});
