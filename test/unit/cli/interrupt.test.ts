import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { drive, type DrivenRun } from "../../../runtime/cli/drive.js";
import type { CliIo } from "../../../runtime/cli/io.js";
import { freshFrontier } from "../../../runtime/checkpoint/checkpoint.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Drives a run that never ends by itself, interrupts it after each of `waits` (milliseconds), and says what came of it. */
function interruptedAfter(...waits: readonly number[]): readonly string[] {
  const happened: string[] = [];
  let interrupt = (): void => undefined;
  const run: DrivenRun = {
    status: "running",
    frontier: freshFrontier,
    runningTasks: [],
    drain: () => Promise.resolve(void happened.push("drain")),
    continue: () => new Promise(() => undefined),
    stop: () => Promise.resolve(void happened.push("stop")),
    decide: () => undefined,
    save: () => undefined,
    onTrace: () => () => undefined,
  };
  const io: CliIo = {
    cwd: "/",
    handlerEntry: "/handler-process.mjs",
    layoutEntry: "/layout-thread.mjs",
    out: () => undefined,
    outStream: () => new Writable(),
    err: () => undefined,
    readStdin: () => Promise.resolve(""),
    onInterrupt: (listener) => {
      interrupt = listener;
      return () => undefined;
    },
    kill: (status) => void happened.push(`kill ${status}`),
  };
  void drive(run, { decisions: new Map(), isNew: true }, io);
  for (const wait of waits) {
    vi.advanceTimersByTime(wait);
    interrupt();
  }
  return happened;
}

const cases: readonly (readonly [string, readonly number[], readonly string[]])[] = [
  ["nothing", [], []],
  ["one interrupt", [0], ["drain"]],
  ["an interrupt and its echo from a launcher", [0, 5], ["drain"]],
  ["a second interrupt", [0, 1000], ["drain", "stop"]],
  ["an echo and a second interrupt", [0, 5, 1000], ["drain", "stop"]],
  ["a second interrupt and its echo", [0, 1000, 5], ["drain", "stop"]],
  ["a third interrupt", [0, 1000, 1000], ["drain", "stop", "kill 130"]],
];

test.each(cases)("%s", (_name, waits, expected) => {
  expect(interruptedAfter(...waits)).toEqual(expected);
});
