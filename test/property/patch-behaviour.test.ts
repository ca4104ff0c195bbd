import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compileGraph,
  CompileQueue,
  GraphCompiler,
  MemoryStore,
  parseDocument,
  RunSession,
  type Compiled,
  type JsonObject,
  type ParsedDocument,
} from "../../runtime/index.js";
import type { HandlerContext } from "../../runtime/platform/handler-process/handler-types.js";
import { graphText, type ShortGraph } from "../support/graph-text.js";
import { ManualClock } from "../support/manual-clock.js";
import { services, type Handlers } from "../unit/run/harness.js";

const names = ["a", "b", "c", "d", "e"] as const;
const node = fc.constantFrom(...names);
const edges = Array.from({ length: 8 }, (_, n) => `e${n}`);

const first: ShortGraph = {
  channels: { log: { schema: { type: "array" }, reducer: "append" }, n: { schema: { type: "number" }, reducer: "sum" } },
  nodes: Object.fromEntries(names.map((id) => [id, {}])),
  edges: {
    start: "@start -> a",
    e0: "a -> b when n < 4",
    e1: "a -> c else",
    e2: "b -> d",
    e3: "c -> d",
    e4: "d -> e on yes",
    e5: "d -> a on no",
  },
  limits: { supersteps: 12 },
};

/** What a node may be, all of them soft edits of one another within its kind. */
const fields = fc.oneof(
  fc.record({ handler: fc.constantFrom(...names, "fails").map((name) => `./${name}.ts`) }),
  fc.constantFrom({ fallback: { n: 7 } }, { fallback: "./a.ts" }, { disabled: true }, { writes: ["log"] }, { reads: ["n"] }),
  fc.constantFrom({ join: "any" }, { join: "all" }, { join: "deferred" }, { join: { count: 2 } }),
);
const expressionFields = fc.record({ set: fc.constantFrom<JsonObject>({ n: "n + 1" }, { n: "2" }, { log: "[n]" }) });

const change = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      edge: fc.constantFrom(...edges),
      from: node,
      to: fc.constantFrom(...names, "@end"),
      when: fc.constantFrom("", "", " when n > 2", " when run.superstep < 4", " on yes", " on no", " on @error", " else"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ gone: fc.constantFrom(...edges) }) },
  { weight: 3, arbitrary: fc.record({ node, fields }) },
  { weight: 1, arbitrary: fc.record({ expression: expressionFields }) },
  { weight: 1, arbitrary: fc.record({ reversed: fc.constant(true) }) },
);
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function edited(graph: ShortGraph, edit: Change): ShortGraph {
  if ("edge" in edit) return { ...graph, edges: { ...graph.edges, [edit.edge]: `${edit.from} -> ${edit.to}${edit.when}` } };
  if ("gone" in edit) return { ...graph, edges: Object.fromEntries(Object.entries(graph.edges).filter(([id]) => id !== edit.gone)) };
  if ("node" in edit) return { ...graph, nodes: { ...graph.nodes, [edit.node]: { ...graph.nodes[edit.node], ...edit.fields } } };
  if ("expression" in edit) return { ...graph, nodes: { ...graph.nodes, x: { kind: "expression", ...edit.expression } } };
  return { ...graph, nodes: Object.fromEntries(Object.entries(graph.nodes).toReversed()) };
}

/** Handlers by the name of their file: each writes, and takes an action by the state. */
const handlers: Handlers = {
  ...Object.fromEntries(
    names.map((name, index) => [
      name,
      (state: JsonObject, ctx: HandlerContext) => {
        const n = typeof state["n"] === "number" ? state["n"] : 0;
        const update = { log: [`${name} ${Object.keys(state).join()} ${n}`] };
        return ctx.command({ update: ctx.error === undefined && index % 2 === 0 ? { ...update, n: 1 } : update, ...actionOf(name, n) });
      },
    ]),
  ),
  fails: () => {
    throw new Error("no");
  },
};

/** Only `d` takes actions: another node's would be no action of its edges, and end most runs at once. */
function actionOf(name: string, n: number): { action?: string } {
  return name === "d" ? { action: n % 3 === 0 ? "yes" : "no" } : {};
}

/** All that a run of a graph does, to its end: each event without its time and without ids that are drawn. */
async function storyOf(compiled: Compiled): Promise<unknown> {
  let next = 0;
  const given = { ...services(handlers, { store: new MemoryStore(), clock: new ManualClock() }), ids: { next: () => `id${(next += 1)}` } };
  const session = RunSession.start(compiled, { graph: "test", run: "r" }, given);
  if (session.status === "paused") await session.continue();
  return { status: session.status, channels: session.channels, trace: session.trace, frontier: session.frontier };
}

test("a run of a patched plan does what a run of a plan made anew does, event by event", async () => {
  let patches = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const clock = new ManualClock();
      const compiler = new GraphCompiler("g", new CompileQueue(clock, { mode: "inline" }), clock);
      let graph = first;
      let document: ParsedDocument = parseDocument(graphText(graph));
      compiler.update(document);
      for (const each of changes) {
        const next = edited(graph, each);
        const parsed = parseDocument(graphText(next), document);
        if (!parsed.valid) continue; // such an edit is not made
        graph = next;
        document = parsed;
        compiler.update(document);
      }
      if (compiler.current === undefined || compiler.history.length === 1) return;
      patches += compiler.history.filter((record) => record.class === "soft").length;
      const fresh = parseDocument(graphText(graph));
      expect(await storyOf(compiler.current)).toEqual(await storyOf({ plan: compileGraph(fresh.graph), document: fresh }));
    }),
    { numRuns: 600 },
  );
  expect(patches).toBeGreaterThan(600);
});
