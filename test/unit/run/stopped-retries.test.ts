import { expect, test } from "vitest";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { FailedAttempt } from "../../../runtime/run/retries.js";
import type { RunWatch } from "../../../runtime/run/run-watch.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { eventsOf, logChannel, start, type Handlers } from "./harness.js";

const graph = (attempts: number): ShortGraph => ({
  channels: logChannel,
  nodes: { a: { retry: { attempts, delay: "1h" } }, b: {}, z: { join: "all" } },
  edges: { sa: "@start -> a", sb: "@start -> b", az: "a -> z", bz: "b -> z" },
});

/** `a` fails until attempt `good`. */
const failing = (good: number): Handlers => ({
  a: (_state: unknown, { attempt }: HandlerContext) => {
    if (attempt < good) throw new Error(`attempt ${attempt}`);
    return { log: [`a${attempt}`] };
  },
  b: () => ({ log: ["b"] }),
  z: () => ({ log: ["z"] }),
});

function watching(stops: (failed: FailedAttempt) => boolean): RunWatch & { readonly seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    stays: () => false,
    stops: () => false,
    stopsAtRetry: (_run, failed) => {
      seen.push(`${failed.task.node} ${failed.attempt} ${failed.error.message}`);
      return stops(failed);
    },
  };
}

test("a run that is stopped where an attempt failed goes on with the next attempt, and its siblings do not run again", async () => {
  const { session } = start(graph(3), failing(3));
  const watch = watching(() => true);
  session.watch(watch);
  await session.continue();
  expect([session.status, session.frontier.results.map(({ node }) => node)]).toEqual(["paused", ["b"]]);
  expect(session.trace.at(-1)).toMatchObject({ type: "run-paused", reason: "breakpoint" });
  await session.continue();
  await session.continue();
  expect([session.status, session.channels["log"]]).toEqual(["completed", ["a3", "b", "z"]]);
  expect(watch.seen).toEqual(["a 1 attempt 1", "a 2 attempt 2"]);
  expect(eventsOf(session, "b")).toEqual(["task-started", "task-finished"]);
});

test("the last attempt is the last, wherever the run was stopped before", async () => {
  const { session } = start(graph(2), failing(9));
  session.watch(watching(() => true));
  await session.continue();
  await session.continue();
  expect([session.status, session.frontier.error?.message]).toEqual(["failed", "attempt 2"]);
});

test("who goes back, or has the task begin anew, begins with the first attempt", async () => {
  const { session } = start(graph(2), failing(9));
  const watch = watching(({ attempt }) => attempt === 1);
  session.watch(watch);
  await session.continue();
  session.restart("1/a");
  await session.continue();
  session.back();
  await session.continue();
  expect(watch.seen).toEqual(["a 1 attempt 1", "a 1 attempt 1", "a 1 attempt 1"]);
});
