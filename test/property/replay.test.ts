// After a restore, exactly those tasks run that never ran on what they find now; and the run comes to where it would come with none
// taken from the records.
import fc from "fast-check";
import { expect, test } from "vitest";
import { cloneRun, MemoryStore, RunSession, type JsonObject } from "../../runtime/index.js";
import type { HandlerContext } from "../../runtime/platform/handler-process/handler-types.js";
import { checkpointPolicies, type CheckpointPolicy } from "../../runtime/model/graph.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, logChannel, services, type Handlers } from "../unit/run/harness.js";

const CHANNELS = ["p", "q", "u"] as const;
const channel = fc.constantFrom(...CHANNELS);

/** A node by what it reads (nothing said: all) and writes. */
interface Drawn {
  readonly reads: readonly string[] | undefined;
  readonly writes: string;
  readonly to: readonly number[];
  /** Whether its edges are taken only while `p` is even. */
  readonly even: boolean;
  readonly sends: boolean;
}

const drawn: fc.Arbitrary<readonly Drawn[]> = fc.array(
  fc.record({
    reads: fc.option(fc.uniqueArray(channel, { maxLength: 2 }), { nil: undefined, freq: 4 }),
    writes: channel,
    to: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 2 }),
    even: fc.boolean(),
    sends: fc.boolean(),
  }),
  { minLength: 2, maxLength: 6 },
);

/** Each node leads to some of those after it, so that runs end. */
function graphOf(nodes: readonly Drawn[], policy: CheckpointPolicy): ShortGraph {
  const edges: Record<string, string> = { s: "@start -> n0", t: "@start -> n1" };
  for (const [from, { to, even }] of nodes.entries())
    for (const step of to) {
      const target = from + 1 + step;
      if (target < nodes.length) edges[`e${from}_${target}`] = `n${from} -> n${target}${even ? " when p % 2 == 0" : ""}`;
    }
  for (const [from, { even }] of nodes.entries()) if (even) edges[`o${from}`] = `n${from} -> @end else`;
  return {
    channels: {
      ...logChannel,
      ...Object.fromEntries(CHANNELS.map((name) => [name, { schema: { type: "number" }, reducer: "latest", default: 0 }])),
    },
    nodes: Object.fromEntries(nodes.map(({ reads }, id) => [`n${id}`, reads === undefined ? {} : { reads }])),
    edges,
    checkpoints: { policy },
  };
}

type Told = (task: string, found: string) => void;

/** Handlers whose results follow from what they find, and that tell of each call. */
function handlersOf(nodes: readonly Drawn[], told: Told): Handlers {
  return Object.fromEntries(
    nodes.map(({ writes, sends }, id) => [
      `n${id}`,
      (state: object, ctx: HandlerContext): unknown => {
        const found = Object.entries(state as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1));
        told(ctx.idempotencyKey.replace(/^[^/]*\//, ""), JSON.stringify([found, ctx.input ?? null]));
        const sum = found.reduce((all, [, value]) => all + (typeof value === "number" ? value : 0), id + Number(ctx.input ?? 0));
        const update = { [writes]: sum % 4, log: [id] };
        const last = nodes.length - 1;
        return sends && id < last - 1 ? ctx.command({ update, send: [{ to: `n${last}`, input: sum % 3 }] }) : update;
      },
    ]),
  );
}

interface Round {
  /** Which of the checkpoints there are is gone back to. */
  readonly back: number;
  /** So many supersteps are stepped back instead, as far as the session can. */
  readonly stepsBack: number | undefined;
  readonly edit: { readonly name: string; readonly value: number } | undefined;
  /** A node that goes elsewhere from there on, by so many places. */
  readonly elsewhere: { readonly from: number; readonly by: number } | undefined;
  /** Supersteps; undefined: to the end. */
  readonly steps: number | undefined;
  /** Whether the run is taken up by another process before it goes on. */
  readonly anew: boolean;
}

const round: fc.Arbitrary<Round> = fc.record({
  back: fc.nat(),
  stepsBack: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  edit: fc.option(fc.record({ name: channel, value: fc.nat({ max: 3 }) }), { nil: undefined }),
  elsewhere: fc.option(fc.record({ from: fc.integer({ min: -1, max: 4 }), by: fc.integer({ min: 1, max: 2 }) }), {
    nil: undefined,
    freq: 2,
  }),
  steps: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  anew: fc.boolean(),
});

test.each(checkpointPolicies)(
  "exactly what depends on something else than before runs, and the end is the same: saved by %s",
  async (policy) => {
    let replayed = 0;
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(drawn, fc.array(round, { minLength: 1, maxLength: 5 }), async (nodes, rounds) => {
        const graph = compile(graphOf(nodes, policy));
        const seen = new Set<string>();
        let calls: string[] = [];
        const store = new MemoryStore();
        const given = services(
          handlersOf(nodes, (task, found) => calls.push(`${task} ${found}`)),
          { store },
        );
        let session = RunSession.start(graph, { graph: "test", run: "r" }, given);
        await session.continue();
        for (const each of calls) seen.add(each);
        for (const { back, stepsBack, edit, elsewhere, steps, anew } of rounds) {
          const places = store.list("r").filter(({ status }) => status === "running");
          const place = places[back % places.length]?.id ?? "";
          if (stepsBack === undefined || !session.back(stepsBack)) session.restore(place);
          const values = edit === undefined ? undefined : { values: { [edit.name]: edit.value } };
          if (values !== undefined) session.edit(values);
          const target = elsewhere === undefined ? nodes.length : elsewhere.from + elsewhere.by;
          if (elsewhere !== undefined && target < nodes.length)
            session.override(elsewhere.from < 0 ? "@start" : `n${elsewhere.from}`, [`n${target}`]);
          // The same on a copy, of which nothing is recorded ahead.
          const live: string[] = [];
          const copied = services(
            handlersOf(nodes, (task, found) => live.push(`${task} ${found}`)),
            { store },
          );
          const copy = RunSession.resume(cloneRun(session.head, copied), graph, copied);
          if (anew) session = RunSession.resume("r", graph, given);
          calls = [];
          for (const run of [session, copy])
            if (steps === undefined) await (run.status === "paused" ? run.continue() : undefined);
            else for (let step = 0; step < steps && run.status === "paused"; step += 1) await run.step();
          expect([session.status, session.channels, session.frontier.due]).toEqual([copy.status, copy.channels, copy.frontier.due]);
          expect(calls).toEqual(live.filter((each) => !seen.has(each)));
          ran += calls.length;
          replayed += live.length - calls.length;
          for (const each of calls) seen.add(each);
        }
        expect(store.verify()).toEqual([]);
      }),
      { numRuns: policy === "every-superstep" ? 150 : 60 },
    );
    expect([replayed > 40, ran > 20]).toEqual([true, true]);
  },
);
