import fc from "fast-check";
import { expect, test } from "vitest";
import { RunSession } from "../../runtime/index.js";
import type { HandlerContext } from "../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, logChannel, services, start, tasksRun, type Handlers } from "../unit/run/harness.js";

const names = ["a", "b", "c", "d", "e"] as const;
const node = fc.constantFrom(...names);

/** What a node does when it runs: by its edges, somewhere else, sending tasks, failing. */
const deed = fc.oneof(
  fc.constant({ does: "edges" } as const),
  fc.array(fc.constantFrom(...names, "@end"), { minLength: 1, maxLength: 2 }).map((goto) => ({ does: "goto", goto }) as const),
  fc.array(node, { maxLength: 3 }).map((to) => ({ does: "send", to }) as const),
  fc.constant({ does: "fail" } as const),
);

const graphs = fc.record({
  joins: fc.array(fc.constantFrom("any", "all", "deferred", { count: 1 }, { count: 2 }), {
    minLength: names.length,
    maxLength: names.length,
  }),
  edges: fc.array(fc.tuple(node, node, fc.constantFrom("", "", " else", " when run.superstep < 3", " when size(log) > 4")), {
    maxLength: 10,
  }),
  deeds: fc.array(deed, { minLength: names.length, maxLength: names.length }),
  /** Which of the tasks of a superstep finishes first, and so on. */
  delays: fc.array(fc.nat(3), { minLength: names.length, maxLength: names.length }),
});

type Sample = typeof graphs extends fc.Arbitrary<infer Value> ? Value : never;

/** A graph that ends or reaches its limit, in which every failure is caught. */
function graphOf({ joins, edges }: Sample, order: (edges: [string, string][]) => [string, string][]): ShortGraph {
  const drawn = edges.map(([from, to, when], index): [string, string] => [`e${index}`, `${from} -> ${to}${when}`]);
  const caught = names.map((name): [string, string] => [`x${name}`, `${name} -> c on @error`]);
  return {
    channels: logChannel,
    nodes: Object.fromEntries(names.map((name, index) => [name, { join: joins[index] }])),
    edges: Object.fromEntries(order([["s", "@start -> a"], ["t", "@start -> b"], ...drawn, ...caught])),
    limits: { supersteps: 6 },
  };
}

/** Handlers that finish in the order of the delays. */
function handlersOf({ deeds }: Sample, delays: readonly number[]): Handlers {
  const handler = (name: string, index: number) => async (_state: unknown, ctx: HandlerContext) => {
    for (let turns = delays[index] ?? 0; turns > 0; turns -= 1) await Promise.resolve();
    const what = deeds[index];
    const update = { log: [`${name} ${JSON.stringify(ctx.input ?? null)}`] };
    if (what?.does === "fail") throw new Error(`${name} is broken`);
    if (what?.does === "goto") return ctx.command({ update, goto: what.goto });
    // Few enough levels that a run of six supersteps stays small.
    const level = (ctx.input as { level?: number } | undefined)?.level ?? 0;
    if (what?.does === "send" && level < 2)
      return ctx.command({ update, send: what.to.map((to) => ({ to, input: { level: level + 1 } })) });
    return update;
  };
  return Object.fromEntries(names.map((name, index) => [name, handler(name, index)]));
}

const storyOf = (session: RunSession): object => ({ status: session.status, tasks: tasksRun(session), state: session.channels });

test("routing anew under the same plan changes nothing; neither does a restart, the order of the edges, or who finishes first", async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (sample) => {
      const graph = graphOf(sample, (edges) => edges);
      const { session } = start(graph, handlersOf(sample, sample.delays));
      if (session.status === "paused") await session.continue();

      const turned = graphOf(sample, (edges) => edges.toReversed());
      const handlers = handlersOf(sample, sample.delays.toReversed());
      const { session: first, services: given } = start(turned, handlers, { run: "r" });
      let again = first;
      while (again.status === "paused") {
        again = RunSession.resume("r", compile(turned), services(handlers, { store: given.store }));
        const { frontier } = again;
        again.unforce("a"); // nothing is forced: what is left of it is routing anew, and a checkpoint without writes
        expect(again.frontier).toEqual(frontier);
        await again.step();
      }
      expect(storyOf(again)).toEqual(storyOf(session));
    }),
    { numRuns: 200 },
  );
});
