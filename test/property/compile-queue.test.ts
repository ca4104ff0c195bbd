import fc from "fast-check";
import { expect, test } from "vitest";
import { stories, type Step, type Story } from "./queue-stories.js";
import { QueueWorld } from "./queue-world.js";

/** Lives through a story, then makes everything go well: nothing may be left, and nothing be lost. */
async function live(story: Story): Promise<void> {
  const world = new QueueWorld(story);
  for (const step of story.steps) {
    await world.step(step);
    expect(world.failures).toEqual([]);
  }
  await world.calm();
  await world.step({ do: "start" });
  await world.step({ do: "drain", ms: undefined });
  expect(world.failures).toEqual([]);
  expect([world.queue.backlog, world.promised]).toEqual([[], 0]);
  const { edits, compiled, withdrawn } = world.model;
  expect(compiled.size + withdrawn.size).toBe(edits);
}

const settings = { concurrency: 1, jobTimeoutMs: 1000, storm: { compiles: 2, windowMs: 300 } };
const notify = (graph: string): Step => ({ do: "notify", graph, triggers: 0, times: 1 });

/** Stories that went wrong once. */
const pinned: Readonly<Record<string, Story>> = {
  "a cancel takes back what was asked, and with it the rank": {
    settings,
    behaviours: ["open"],
    steps: [
      notify("e"),
      { do: "advance", ms: 99 },
      { do: "drain", ms: undefined },
      notify("a"),
      { do: "compileNow", scope: ["a"] },
      { do: "cancel", graph: undefined },
    ],
  },
  "a drain whose time is up leaves the other drains theirs": {
    settings,
    behaviours: ["open"],
    steps: [notify("a"), { do: "drain", ms: undefined }, { do: "drain", ms: 0 }, { do: "advance", ms: 2000 }],
  },
};

test.each(Object.entries(pinned))("%s", async (_name, story) => {
  await expect(live(story)).resolves.toBeUndefined();
});

test("whatever happens to the queue: nothing is lost, nothing compiled twice, and it says what is true", async () => {
  await fc.assert(fc.asyncProperty(stories, live), { numRuns: 600 });
});
