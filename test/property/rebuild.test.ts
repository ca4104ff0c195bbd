import fc from "fast-check";
import { expect, test } from "vitest";
import type { Checkpoint, SuperstepWrites } from "../../runtime/checkpoint/checkpoint.js";
import { rebuild } from "../../runtime/checkpoint/rebuild.js";
import { MemoryStore, RunSession, type JsonObject, type JsonValue } from "../../runtime/index.js";
import type { ShortGraph } from "../support/graph-text.js";
import { anyWrite, defaultOf, reducerNames } from "../support/writes.js";
import { compile, services } from "../unit/run/harness.js";

/** What one task returns: a channel for each reducer, some of them written, some with `undefined`. */
const clearable = new Set<string>(["last", "latest", "ephemeral"]);
const update: fc.Arbitrary<Readonly<Record<string, JsonValue | undefined>>> = fc.record(
  {
    ...Object.fromEntries(
      reducerNames.map((name) => [name, clearable.has(name) ? fc.option(anyWrite(name), { nil: undefined }) : anyWrite(name)]),
    ),
    own: anyWrite("handler"),
  },
  { requiredKeys: [] },
);
/** A reducer of the user's; what it makes depends on the order of the writes. */
const own = (value: JsonValue | undefined, write: JsonValue): JsonValue => [
  write,
  Array.isArray(value) ? value.length : 0,
  JSON.stringify(value ?? null).length,
];
/** A second writer keeps off the channels that take one. */
const beside = update.map(({ ["last"]: _last, ["ephemeral"]: _ephemeral, ...rest }) => rest);
const defaults = fc.record(Object.fromEntries(reducerNames.map((name) => [name, defaultOf(name)])));

/** Two nodes side by side, over and over, until `rounds` supersteps are done. */
function twoWriters(initial: Readonly<Record<string, unknown>>, rounds: number): ShortGraph {
  const channels = Object.fromEntries(reducerNames.map((name) => [name, { reducer: name, default: initial[name] }]));
  return {
    channels: { ...channels, ballast: {}, own: { reducer: { handler: "./own.ts" } } },
    nodes: { a: {}, b: {} },
    edges: {
      e1: "@start -> a",
      e2: "@start -> b",
      e3: `a -> a when run.superstep < ${rounds}`,
      e4: `b -> b when run.superstep < ${rounds}`,
    },
  };
}

/** A history without some of its checkpoints: the next one that stays holds what they held. Bases stay. */
function thinned(chain: readonly Checkpoint[], stays: (place: number) => boolean): ReadonlyMap<string, Checkpoint> {
  const kept = new Map<string, Checkpoint>();
  let parent: string | null = null;
  let earlier: SuperstepWrites[] = [];
  for (const [place, checkpoint] of chain.entries()) {
    const { channels, frontier } = checkpoint;
    if (channels.base === undefined && !stays(place)) {
      earlier.push({ superstep: frontier.superstep, delta: channels.delta });
      continue;
    }
    kept.set(checkpoint.id, { ...checkpoint, parent, channels: { ...channels, ...(earlier.length === 0 ? {} : { earlier }) } });
    [parent, earlier] = [checkpoint.id, []];
  }
  return kept;
}

test("every checkpoint rebuilds to what the run had, to the byte, and a run goes on from it as if it had never stopped", async () => {
  const rounds = fc.array(fc.tuple(update, beside), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(defaults, rounds, fc.nat(), async (initial, writes, at) => {
      const store = new MemoryStore();
      const graph = compile(twoWriters(initial, writes.length));
      const handlers = (from: { round: number }) => ({
        a: () => writes[from.round]?.[0],
        b: () => ((from.round += 1), writes[from.round - 1]?.[1]),
      });
      // The ballast makes some checkpoints bases and others deltas.
      const session = RunSession.start(
        graph,
        { graph: "g", run: "r", input: { ballast: "x".repeat(at % 3000) } },
        services(handlers({ round: 0 }), { store, reducers: { own } }),
      );
      const states = new Map<string, JsonObject>([[session.head, session.channels]]);
      const heads = [session.head];
      const texts = [JSON.stringify(session.channels)];
      while (session.status === "paused") {
        await session.step();
        states.set(session.head, session.channels);
        heads.push(session.head);
        texts.push(JSON.stringify(session.channels));
      }
      expect([session.frontier.error, session.status]).toEqual([undefined, "completed"]);
      for (const [n, head] of heads.entries()) {
        expect(JSON.stringify(rebuild(head, (id) => store.load(id)).values)).toBe(texts[n]);
        // What a run showed stays as it was.
        expect(JSON.stringify(states.get(head))).toBe(texts[n]);
      }
      const thin = thinned(
        heads.map((head) => store.load(head)),
        (place) => (at >> place) % 2 === 0,
      );
      for (const id of thin.keys()) {
        const load = (each: string): Checkpoint => thin.get(each) ?? store.load("left out");
        expect(JSON.stringify(rebuild(id, load).values)).toBe(texts[heads.indexOf(id)]);
      }
      const back = at % writes.length;
      const again = RunSession.resume("r", graph, services(handlers({ round: back }), { store, reducers: { own } }));
      again.restore(heads[back] ?? "");
      await again.continue();
      expect(JSON.stringify(again.channels)).toBe(texts.at(-1));
    }),
    { numRuns: 150 },
  );
});
