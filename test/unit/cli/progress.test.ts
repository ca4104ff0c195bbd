import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { CliIo } from "../../../runtime/cli/io.js";
import { terminalOf } from "../../../runtime/cli/process-io.js";
import { displayWidth, fitTo } from "../../../runtime/cli/progress/display-width.js";
import { LiveLines } from "../../../runtime/cli/progress/live-lines.js";
import { showProgress } from "../../../runtime/cli/progress/progress.js";
import { errorInfo } from "../../../runtime/errors.js";
import type { LiveEvent, TraceDraft } from "../../../runtime/trace/event.js";
import { ManualClock } from "../../support/manual-clock.js";
import { Screen } from "./screen.js";

/** A run's progress on a screen, or in a pipe, with time and events as the test says. */
function onScreen(screen: Screen | null = new Screen()) {
  const clock = new ManualClock();
  const writes: string[] = [];
  const listeners = new Set<(event: LiveEvent) => void>();
  const err = (text: string): void => {
    writes.push(text);
    screen?.write(text);
  };
  const io: CliIo = {
    cwd: "/",
    handlerEntry: "",
    layoutEntry: "",
    terminal: screen ?? undefined,
    out: err,
    outStream: () => new Writable(),
    err,
    readStdin: () => Promise.resolve(""),
    onInterrupt: () => () => undefined,
    kill: () => undefined,
  };
  const session = { onTrace: (listener: (event: LiveEvent) => void) => (listeners.add(listener), () => listeners.delete(listener)) };
  const progress = showProgress(session, io, clock);
  const happens = (...drafts: readonly TraceDraft[]): void => {
    for (const draft of drafts) for (const listener of listeners) listener({ at: 0, ...draft });
  };
  return { clock, progress, happens, writes, listeners };
}

const task = (node: string) => ({ superstep: 1, node, task: `1/${node}` });
const started = (node: string): TraceDraft => ({ type: "task-started", ...task(node) });
const finished = (node: string): TraceDraft => ({ type: "task-finished", ...task(node), ms: 1 });

describe("the progress of a run on a terminal", () => {
  test("is a line for each node at work, with its time and what it reports", () => {
    const screen = new Screen();
    const { clock, happens } = onScreen(screen);
    happens(started("fetch"), started("sum"));
    clock.advance(1250);
    happens({ type: "task-progress", ...task("sum"), fraction: 0.42, message: "page\n\u001B[2J3" });
    clock.advance(100);
    expect(screen.lines).toEqual(["fetch   1.3 s", "sum     1.3 s  42 %  page 3"]);
    happens(finished("fetch"), { type: "task-retried", ...task("sum"), attempt: 1, error: errorInfo("TIMED_OUT", "too slow"), delayMs: 1 });
    clock.advance(100);
    expect(screen.lines).toEqual(["sum   1.4 s  attempt 1 failed: too slow"]);
    happens(finished("sum"));
    clock.advance(100);
    expect(screen.lines).toEqual([]);
  });

  test("is cleared before other lines are written, and drawn again below them", () => {
    const screen = new Screen();
    const { clock, happens, progress } = onScreen(screen);
    happens(started("fetch"));
    clock.advance(100);
    progress.io.err("fetch: hello\n");
    expect(screen.lines).toEqual(["fetch: hello"]);
    clock.advance(100);
    expect(screen.lines).toEqual(["fetch: hello", "fetch   0.2 s"]);
    progress.io.out("done\n");
    expect(screen.lines).toEqual(["fetch: hello", "done"]);
  });

  test("leaves nothing behind at its end, not even a timer", () => {
    const screen = new Screen();
    const { clock, happens, progress, listeners } = onScreen(screen);
    happens(started("fetch"));
    clock.advance(100);
    progress.end();
    expect([screen.lines, clock.waiting, listeners.size]).toEqual([[], 0, 0]);
  });

  test("is drawn ten times a second at most, however much happens", () => {
    const { clock, happens, writes } = onScreen();
    happens(started("fetch"));
    for (let ms = 0; ms < 1000; ms += 1) {
      happens({ type: "task-progress", ...task("fetch"), fraction: ms / 1000 });
      clock.advance(1);
    }
    expect(writes.length).toBe(10);
  });

  test("does not show what is over at once", () => {
    const { clock, happens, writes } = onScreen();
    for (let n = 0; n < 100; n += 1) {
      happens(started("fetch"));
      clock.advance(9);
      happens(finished("fetch"));
      clock.advance(1);
    }
    expect(writes).toEqual([]);
  });

  test("forgets what asked and did not end", () => {
    const screen = new Screen();
    const { clock, happens } = onScreen(screen);
    happens(started("review"), { type: "run-paused", superstep: 1, reason: "asked" });
    clock.advance(200);
    expect(screen.lines).toEqual([]);
  });

  test("is silent where there is no terminal", () => {
    const { clock, happens, writes, progress } = onScreen(null);
    happens(started("fetch"));
    clock.advance(1000);
    progress.io.err("fetch: hello\n");
    progress.end();
    expect(writes).toEqual(["fetch: hello\n"]);
  });
});

describe("live lines", () => {
  const drawn = (screen: Screen, ...frames: readonly (readonly string[])[]): readonly string[] => {
    const live = new LiveLines(screen, screen.write);
    for (const frame of frames) live.show(frame);
    return screen.lines;
  };

  test("replace each other, more or fewer", () => {
    expect(drawn(new Screen(), ["a"], ["b", "c", "d"], ["e"])).toEqual(["e"]);
  });

  test("are cut to the width of the terminal, so that none wraps", () => {
    expect(drawn(new Screen(8), ["1234567", "12345678"])).toEqual(["1234567", "123456…"]);
  });

  test("are as many as there is room for", () => {
    const many = Array.from({ length: 50 }, (_each, index) => `line ${index}`);
    expect(drawn(new Screen(40, 5), many)).toEqual(["line 0", "line 1", "line 2", "… and 47 more"]);
    expect(drawn(new Screen(40, 60), many)).toHaveLength(10);
  });

  test("are erased whole after the terminal was made narrower, where they wrap", () => {
    const wide = { columns: 40, rows: 24 };
    const writes: string[] = [];
    const live = new LiveLines(wide, (text) => writes.push(text));
    live.show(["x".repeat(30), "y"]);
    wide.columns = 12;
    live.show([]);
    expect(writes.at(-1)).toBe("\u001B[4A\r\u001B[J");
  });
});

test.each([
  ["abc", 3, "abc"],
  ["abcd", 3, "ab…"],
  ["日本語", 6, "日本語"],
  ["日本語", 5, "日本…"],
  ["日本語", 4, "日…"],
  ["👩‍🔬 ok", 5, "👩‍🔬 ok"],
  ["e\u0301e\u0301", 2, "e\u0301e\u0301"],
  ["abc", 0, ""],
])("%s in %d columns is %s", (text, columns, expected) => {
  const fitting = fitTo(text, columns);
  expect(fitting).toBe(expected);
  expect(displayWidth(fitting)).toBeLessThanOrEqual(columns);
});

test.each<readonly [string, Parameters<typeof terminalOf>[0], Parameters<typeof terminalOf>[1], object | undefined]>([
  ["a terminal", { isTTY: true, columns: 100, rows: 30 }, { TERM: "xterm" }, { columns: 100, rows: 30 }],
  ["a terminal of unknown size", { isTTY: true }, {}, { columns: 80, rows: 24 }],
  ["a terminal that says its size is nothing", { isTTY: true, columns: 0, rows: 0 }, {}, { columns: 80, rows: 24 }],
  ["a pipe", {}, { TERM: "xterm" }, undefined],
  ["a simple terminal", { isTTY: true }, { TERM: "dumb" }, undefined],
  ["the log of a build", { isTTY: true }, { CI: "true" }, undefined],
  ["a terminal of somebody who wants no control sequences", { isTTY: true }, { NO_COLOR: "1" }, undefined],
])("%s", (_name, stream, environment, expected) => {
  expect(terminalOf(stream, environment)).toEqual(expected);
});
