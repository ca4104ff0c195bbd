import fc from "fast-check";
import {
  createHttpClient,
  environmentSecrets,
  type HandlerOutcome,
  type JsonValue,
  type MemoryStore,
  type RunServices,
} from "../../runtime/index.js";
import { type Answering, type ControlledHost } from "../support/controlled-host.js";
import type { ShortGraph } from "../support/graph-text.js";
import { mulberry32 } from "../support/mulberry32.js";

// Random graphs whose handlers write, go elsewhere, send tasks, ask and fail, and what these come to.

const names = ["a", "b", "c", "d", "e"] as const;
const node = fc.constantFrom(...names);

/** What a node does when it runs; `turns`: how often each of its tasks fails before it does that. */
const deed = fc.record({
  does: fc.constantFrom("write", "goto", "send", "ask"),
  to: fc.array(node, { minLength: 1, maxLength: 3 }),
  turns: fc.constantFrom(0, 0, 0, 0, 1, 2, 4),
  logs: fc.nat(2),
});

const policy = fc.constantFrom(
  {},
  {},
  { retry: { attempts: 3, delay: "1s", jitter: 0.5 } },
  { retry: { attempts: 2, delay: "1s", jitter: 1 }, fallback: { log: ["fallback"] } },
  // Tasks of one superstep may do the same work at once: whose result is kept must not depend on who is faster.
  { cache: { key: "run.superstep < 3" } },
  { disabled: true },
);

const five = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: names.length, maxLength: names.length });

/** A graph, and what its nodes do. */
export const samples = fc.record({
  joins: five(fc.constantFrom("any", "any", "any", "all", "deferred", { count: 2 })),
  policies: five(policy),
  deeds: five(deed),
  edges: fc.array(fc.tuple(node, node, fc.constantFrom("", "", " else", " when run.superstep < 3", " when size(log) > 4", " on @error")), {
    maxLength: 12,
  }),
  chances: fc.noBias(fc.nat()),
});

export type Sample = typeof samples extends fc.Arbitrary<infer Value> ? Value : never;

/** The graph of a sample. */
export function graphOf({ joins, policies, edges }: Sample): ShortGraph {
  return {
    channels: { log: { schema: { type: "array" }, reducer: "append" }, newest: { reducer: "latest" } },
    nodes: Object.fromEntries(names.map((name, index) => [name, { join: joins[index], ...policies[index] }])),
    edges: Object.fromEntries([
      ...(["a", "b", "c"] as const).map((name): [string, string] => [`s${name}`, `@start -> ${name}`]),
      ...edges.map(([from, to, when], index): [string, string] => [`e${index}`, `${from} -> ${to}${when}`]),
    ]),
    limits: { supersteps: 6 },
  };
}

/** The recorded results: they depend on the task and on how often it was called, on nothing else. */
export function resultsOf({ deeds }: Sample): Answering {
  return ({ node: name, taskId, input, answers }, nth, events): HandlerOutcome => {
    const what = deeds[names.findIndex((each) => each === name)];
    if (what === undefined) throw new Error(`There is no node ${name}.`);
    for (let line = 0; line < what.logs; line += 1) events.log("info", `${taskId} line ${line}`);
    if (nth <= what.turns) return { ok: false, error: { code: "HANDLER_FAILED", message: `${taskId} is broken, call ${nth}` } };
    const update: Record<string, JsonValue> = { log: [`${taskId} ${nth} ${JSON.stringify(input ?? null)}`], newest: taskId };
    const level = (input as { level?: number } | undefined)?.level ?? 0;
    if (what.does === "goto") return { ok: true, result: { update, goto: what.to } };
    if (what.does === "send" && level < 2)
      return { ok: true, result: { update, send: what.to.map((to) => ({ to, input: { level: level + 1 } })) } };
    const asks = what.does === "ask" ? ["first", "second"].slice(0, what.to.length).filter((key) => answers[key] === undefined) : [];
    if (asks.length > 0)
      return { ok: true, result: { update: {}, asks: asks.map((key) => ({ key, prompt: `${taskId}?`, actions: ["yes"] })) } };
    return { ok: true, result: { update } };
  };
}

/** Services that leave nothing to chance. */
export function fixed(host: ControlledHost, store: MemoryStore, chances = 0): RunServices {
  let ids = 0;
  return {
    store,
    handlers: host,
    http: createHttpClient(environmentSecrets, host),
    clock: host,
    random: { next: mulberry32(chances) },
    ids: { next: () => `id${String((ids += 1)).padStart(6, "0")}` },
    resolve: (path) => path,
  };
}
