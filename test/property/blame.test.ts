// Blame equals a naive replay: every write of the history folded, one after the other, and each place looked at after each of them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blame, blameParts, type Blamed } from "../../runtime/blame/blame.js";
import { valueAt } from "../../runtime/blame/channel-path.js";
import { pointerTo } from "../../runtime/model/json-pointer.js";
import { idOf, keyOfId } from "../../runtime/channels/item-id.js";
import { reducers } from "../../runtime/channels/reducers.js";
import { keyOf } from "../../runtime/channels/union.js";
import type { Checkpoint } from "../../runtime/checkpoint/checkpoint.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { MemoryStore, openSqliteStore, RunSession, storedPlans, type JsonObject, type JsonValue } from "../../runtime/index.js";
import type { ReducerName } from "../../runtime/model/graph.js";
import type { ShortGraph } from "../support/graph-text.js";
import { anyWrite, defaultOf, reducerNames } from "../support/writes.js";
import { compile, services } from "../unit/run/harness.js";

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
const beside = update.map(({ ["last"]: _last, ["ephemeral"]: _ephemeral, ...rest }) => rest);
const defaults = fc.record(Object.fromEntries(reducerNames.map((name) => [name, defaultOf(name)])));
const own = (value: JsonValue | undefined, write: JsonValue): JsonValue => [write, Array.isArray(value) ? value.length : 0];

/** What is done to a run beside stepping. */
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ does: "step" as const }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("edit" as const), name: fc.constantFrom(...reducerNames), pick: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("input" as const), values: beside }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("write" as const), values: beside }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("back" as const), at: fc.nat() }) },
);

function twoWriters(initial: Readonly<Record<string, unknown>>, policy: string): ShortGraph {
  const channels = Object.fromEntries(reducerNames.map((name) => [name, { reducer: name, default: initial[name] }]));
  return {
    channels: { ...channels, ballast: {}, own: { reducer: { handler: "./own.ts" } } },
    nodes: { a: {}, b: {} },
    edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> a", e4: "b -> b" },
    checkpoints: { policy },
  };
}

/** Who: the checkpoint, the superstep and the node, as far as the replay can tell. */
type Who = string;

interface Moment {
  readonly who: Who;
  readonly values: JsonObject;
  /** Channels that this was a write of. */
  readonly wrote: readonly string[];
}

/** Every moment of a history: after each single write, and after each base that has other values. */
function replay(store: CheckpointStore, head: string, start: JsonObject): readonly Moment[] {
  const chain: Checkpoint[] = [];
  for (let id: string | null = head; id !== null;) {
    const checkpoint = store.load(id);
    chain.unshift(checkpoint);
    id = checkpoint.parent;
  }
  const names = chain[0]?.channels.base?.reducers ?? {};
  const held = new Map<string, unknown>(Object.entries(names).map(([name, reducer]) => [name, reducers[reducer].restore(start[name])]));
  const views = (): JsonObject =>
    Object.fromEntries(
      [...held].flatMap(([name, value]) => {
        const view = reducers[names[name] ?? "last"].view(value);
        return view === undefined ? [] : [[name, JSON.parse(JSON.stringify(view)) as JsonValue]];
      }),
    );
  const moments: Moment[] = [{ who: "start", values: views(), wrote: [] }];
  let superstep = Number.NEGATIVE_INFINITY;
  for (const checkpoint of chain) {
    const { earlier = [], delta, base } = checkpoint.channels;
    for (const each of [...earlier, { superstep: checkpoint.frontier.superstep, delta }]) {
      if (each.superstep <= superstep) continue;
      for (const [place, { node, writes, cleared = [], folded = {} }] of each.delta.entries()) {
        const isTask = node !== "@start" || place === each.delta.length - 1;
        const who = (name: string): Who => {
          const last = each.delta.findLast((other) => Object.hasOwn(other.writes, name));
          return `${each.superstep} ${names[name] === "handler" ? (last?.node ?? node) : node}`;
        };
        for (const name of new Set([...Object.keys(writes), ...cleared, ...Object.keys(folded)])) {
          const reducer = reducers[names[name] ?? "last"];
          const write = writes[name];
          if (write !== undefined) held.set(name, reducer.fold(held.get(name), write));
          if (cleared.includes(name)) held.set(name, reducer.restore(undefined));
          if (folded[name] !== undefined) held.set(name, reducer.restore(folded[name]));
          moments.push({ who: who(name), values: views(), wrote: isTask && folded[name] === undefined ? [name] : [] });
        }
      }
    }
    superstep = checkpoint.frontier.superstep;
    const before = JSON.stringify(views());
    if (base === undefined) continue;
    for (const [name, reducer] of Object.entries(base.reducers)) held.set(name, reducers[reducer].restore(base.values[name]));
    const edited = store.eventsOf(checkpoint.id).flatMap((event) => (event.type === "state-edited" ? Object.keys(event.values) : []));
    if (JSON.stringify(views()) !== before || edited.length > 0)
      moments.push({ who: `given ${checkpoint.id}`, values: views(), wrote: edited });
  }
  return moments;
}

/** What tells a part of a list from others, in all moments. */
function identity(reducer: ReducerName | undefined, list: readonly JsonValue[], place: number): string {
  const item = list[place] ?? null;
  if (reducer === "union") return keyOf(item);
  const id = idOf(item);
  if (reducer !== "messages") return String(place);
  return id === undefined ? `no ${String(list.slice(0, place).filter((other) => idOf(other) === undefined).length)}` : keyOfId(id);
}

function partOf(reducer: ReducerName | undefined, value: JsonValue | undefined, part: string): JsonValue | undefined {
  if (!Array.isArray(value)) return valueAt(value, [part]);
  const list = value as readonly JsonValue[];
  return list[list.findIndex((_item, place) => identity(reducer, list, place) === part)];
}

/** The last moment in which a part became another. */
function lastChange(moments: readonly Moment[], look: (values: JsonObject) => JsonValue | undefined): Who {
  let who = "start";
  for (const [place, moment] of moments.entries()) {
    const before = moments[place - 1];
    if (before !== undefined && canonical(look(moment.values)) !== canonical(look(before.values))) ({ who } = moment);
  }
  return who;
}

function canonical(value: JsonValue | undefined): string | undefined {
  const sorted = (_key: string, each: unknown): unknown =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each;
  return JSON.stringify(value, sorted);
}

function shown({ writer }: Blamed): Who {
  if (writer.kind === "default" || writer.kind === "start") return "start";
  if (writer.kind === "edit" || writer.kind === "graph" || writer.kind === "migration") return `given ${writer.checkpoint ?? ""}`;
  return `${String(writer.superstep)} ${writer.node ?? "@start"}`;
}

test("blame says what a naive replay of the history says", async () => {
  const rounds = fc.array(fc.tuple(update, beside), { minLength: 1, maxLength: 10 });
  const policies = fc.constantFrom("every-superstep", "every-superstep", "manual");
  await fc.assert(
    fc.asyncProperty(
      defaults,
      rounds,
      fc.array(deed, { maxLength: 14 }),
      policies,
      fc.nat(),
      async (initial, writes, deeds, policy, seed) => {
        const directory = mkdtempSync(join(tmpdir(), "patchbay-blame-"));
        const store = seed % 3 === 0 ? openSqliteStore(directory) : new MemoryStore();
        try {
          let round = 0;
          const handlers = { a: () => writes[round % writes.length]?.[0], b: () => writes[(round += 1) % writes.length]?.[1] };
          const graph = compile(twoWriters(initial, policy));
          const given = { ...services(handlers, { reducers: { own } }), store, plans: storedPlans(store) };
          const session = RunSession.start(graph, { graph: "g", run: "r", input: { ballast: "x".repeat(seed % 3000) } }, given);
          const heads = [session.head];
          for (const each of [...deeds, { does: "step" as const }]) {
            if (each.does === "step" || session.frontier.open) await session.step(); // what was given may still have to be folded
            if (each.does === "back") session.restore(heads[each.at % heads.length] ?? "");
            if (each.does === "input") session.input(each.values as JsonObject, "me");
            if (each.does === "write") session.editAs("a", { writes: each.values as JsonObject }, "me");
            if (each.does === "edit") {
              const value = session.channels[each.name];
              const write = writes[0]?.[0][each.name];
              const reducer = reducers[each.name];
              const made = write === undefined ? value : reducer.view(reducer.fold(reducer.restore(undefined), write));
              const other = Array.isArray(value) ? (value as readonly JsonValue[]).slice(each.pick % 2, -1) : made;
              if (other !== undefined) session.edit({ values: { [each.name]: other } }, "me");
            }
            session.save();
            heads.push(session.head);
          }
          const names = [...reducerNames, "own", "ballast"];
          const start = Object.fromEntries(
            Object.entries(graph.plan.channels.size > 0 ? initial : {}).flatMap(([name, value]) =>
              value === undefined
                ? []
                : [[name, reducers[name as ReducerName].view(reducers[name as ReducerName].start(value)) as JsonValue]],
            ),
          );
          const at = heads[seed % heads.length] ?? "";
          const moments = replay(store, at, start);
          const values = moments.at(-1)?.values ?? {};
          for (const channel of names) {
            const reducer = graph.plan.channels.get(channel)?.def.reducer;
            const query = { run: "r", channel, checkpoint: at };
            const last = moments.findLast(({ wrote }) => wrote.includes(channel));
            expect([channel, shown(blame(store, query))]).toEqual([channel, last?.who ?? "start"]);
            const value = values[channel];
            for (const part of blameParts(store, query)) {
              const step = part.path.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
              expect(part.value).toEqual(valueAt(value, [step]));
              const name = Array.isArray(value) ? identity(reducer, value as readonly JsonValue[], Number(step)) : step;
              const expected = lastChange(moments, (all) => partOf(reducer, all[channel], name));
              expect([channel, part.path, shown(part)]).toEqual([channel, part.path, expected]);
              expect(blame(store, { ...query, path: pointerTo([step]) })).toMatchObject(part);
            }
            if (typeof value !== "object" || value === null) continue;
            expect(blameParts(store, query)).toHaveLength(Object.keys(value).length);
          }
        } finally {
          store.close();
          rmSync(directory, { recursive: true, force: true });
        }
      },
    ),
    { numRuns: Number(process.env["SAMPLES"] ?? 40) },
  );
}, 120_000);
