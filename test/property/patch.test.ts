import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileGraph, CompileQueue, GraphCompiler, parseDocument, type Plan } from "../../runtime/index.js";
import type { Behaviour, TaskContext } from "../../runtime/plan/behaviour.js";
import type { TaskPolicy } from "../../runtime/plan/policy.js";
import { ManualFiles } from "../support/manual-files.js";
import { graphText, type ShortGraph } from "../support/graph-text.js";
import { ManualClock } from "../support/manual-clock.js";

interface Described extends Readonly<Record<string, unknown>> {
  readonly nodes: Readonly<Record<string, unknown>>;
}

/** A plan as plain data, in canonical order: everything that a run reads of it, behaviours by what they are made of. */
function described(plan: Plan): Described {
  const routing = (edges: Plan["start"]["edges"]) =>
    edges.map(({ id, to, condition, terminate, test: program }) => ({ id, to, condition, terminate, compiled: program !== undefined }));
  return {
    revision: plan.revision,
    channels: [...plan.channels.values()].map(({ def, file }) => ({ def, file })),
    start: routing(plan.start.edges),
    nodes: Object.fromEntries(
      [...plan.nodes].map(([id, { def, behaviour, policy, routing: leaves, ...rest }]) => {
        const { label: _label, note: _note, ...meaning } = def;
        return [id, { ...rest, meaning, runs: fileRun(behaviour), policy: describePolicy(policy), edges: routing(leaves.edges) }];
      }),
    ),
    files: Object.fromEntries(plan.files),
    users: Object.fromEntries([...plan.users].map(([path, nodes]) => [path, [...nodes.keys()].toSorted()])),
    limits: plan.limits,
    checkpoints: plan.checkpoints,
  };
}

/** The nodes whose programs two plans do not have alike: found by comparing all of both, as nothing that is tested does. */
function changedNodes(a: Described, b: Described): readonly string[] {
  const ids = [...new Set([...Object.keys(a.nodes), ...Object.keys(b.nodes)])];
  return ids.filter((id) => !isDeepStrictEqual(a.nodes[id], b.nodes[id])).toSorted();
}

/** Programs by whether they are there: what they were made of is in the revision. */
function describePolicy(policy: TaskPolicy | undefined): unknown {
  const { fallback, cache, ...rest } = policy ?? {};
  return { ...rest, fallback: fallback === undefined ? "none" : fileRun(fallback), cache: { ...cache, key: cache?.key !== undefined } };
}

/** The version of the file that a behaviour runs, as it asks for it; undefined where it asks for none. */
function fileRun(behaviour: Behaviour): unknown {
  let version: unknown;
  const task: Partial<TaskContext> = {
    attempt: 1,
    resolve: (path) => path,
    channelNames: () => [],
    handlers: {
      call: (call) => {
        version = call.version;
        return { ok: false, error: { code: "CANCELLED", message: "" } };
      },
      dispose: async () => {},
    },
    runGraph: async (call) => {
      version = call.version;
      return { type: "parked" };
    },
  };
  try {
    void Promise.resolve(behaviour(task as TaskContext)).catch(() => {});
  } catch {
    // It is of a kind that runs no file, and lacks what else a task has.
  }
  return version;
}

const names = ["a", "b", "c", "d", "e", "f"];
const node = fc.constantFrom(...names);
const target = fc.constantFrom(...names, "@end");
const condition = fc.constantFrom("", " when n > 1", " when n == 2", " on yes", " on @error", " else");
const edgeId = fc.integer({ min: 0, max: 11 }).map((n) => `e${n}`);

/** One edit of a graph in short hand. */
const edit: fc.Arbitrary<(graph: ShortGraph) => ShortGraph> = fc.oneof(
  fc.tuple(edgeId, fc.oneof(node, fc.constant("@start")), target, condition).map(([id, from, to, when]) => (graph: ShortGraph) => ({
    ...graph,
    edges: { ...graph.edges, [id]: `${from} -> ${to}${from === "@start" ? "" : when === "" && to === "@end" ? " terminate" : when}` },
  })),
  edgeId.map((id) => ({ edges: { [id]: _gone, ...edges }, ...graph }: ShortGraph) => ({
    ...graph,
    edges: { ...edges, start: "@start -> a" },
  })),
  fc.tuple(node, fc.constantFrom("any", "all", "deferred", { count: 1 }, { count: 2 })).map(([id, join]) => (graph: ShortGraph) => ({
    ...graph,
    nodes: { ...graph.nodes, [id]: { ...graph.nodes[id], join } },
  })),
  fc
    .tuple(
      node,
      fc.constantFrom(
        {},
        { retry: {} },
        { retry: { attempts: 9 }, timeout: "1s" },
        { timeout: { idle: "1s" }, disabled: true },
        { cache: {} },
        { cache: { key: "n" }, fallback: { n: 1 } },
        { fallback: "./x.ts" },
      ),
    )
    .map(([id, policies]) => (graph: ShortGraph) => {
      const { handler, join, label } = { handler: `./${id}.ts`, join: "any", label: "", ...graph.nodes[id] };
      return { ...graph, nodes: { ...graph.nodes, [id]: { handler, join, label, ...policies } } };
    }),
  fc
    .tuple(
      node,
      fc.record(
        {
          method: fc.constantFrom("POST", "PUT"),
          url: fc.constantFrom("http://a/{{n}}", "{{n}}"),
          headers: fc.constantFrom({}, { a: "{{n}}" }),
          query: fc.constantFrom({}, { a: 1 }),
          body: fc.constantFrom("{{n}}", { a: "{{secret.K}}" }),
          take: fc.constant("response"),
          as: fc.constant("text"),
          expect: fc.constantFrom("2xx", ["404", "2xx"]),
          redirects: fc.nat(3),
          maxSize: fc.constant("1KB"),
        },
        { requiredKeys: ["method", "url"] },
      ),
    )
    .map(([id, fields]) => (graph: ShortGraph) => ({ ...graph, nodes: { ...graph.nodes, [id]: { kind: "http", ...fields } } })),
  fc.tuple(node, fc.constantFrom("x", "y")).map(([id, name]) => (graph: ShortGraph) => ({
    ...graph,
    nodes: { ...graph.nodes, [id]: { ...graph.nodes[id], handler: `./${name}.ts`, graph: undefined, in: undefined, result: undefined } },
  })),
  fc.tuple(node, fc.string()).map(([id, label]) => (graph: ShortGraph) => ({
    ...graph,
    nodes: { ...graph.nodes, [id]: { ...graph.nodes[id], label } },
  })),
  fc
    .tuple(
      node,
      fc.record(
        { graph: fc.constantFrom("./x", "./y"), in: fc.constant({ m: "n" }), out: fc.constantFrom({ n: "m" }, {}), disabled: fc.boolean() },
        { requiredKeys: ["graph"] },
      ),
    )
    .map(([id, fields]) => (graph: ShortGraph) => ({ ...graph, nodes: { ...graph.nodes, [id]: { kind: "subgraph", ...fields } } })),
  fc.constant((graph: ShortGraph) => ({ ...graph, nodes: Object.fromEntries(Object.entries(graph.nodes).toReversed()) })),
  fc
    .tuple(
      node,
      fc.constantFrom(
        {},
        { over: "[n]", concurrency: 2, stopWhen: "item > n" },
        { chunk: 3, pool: "process", output: "n", reads: ["n"] },
        { onError: "skip", errorLimit: 2, retry: {}, timeout: { run: "1m", idle: "1s" } },
      ),
    )
    .map(([id, fields]) => (graph: ShortGraph) => ({
      ...graph,
      nodes: { ...graph.nodes, [id]: { kind: "map", over: "[1, 2]", handler: `./${id}.ts`, ...fields } },
    })),
  fc
    .tuple(
      node,
      fc.record(
        {
          graph: fc.constantFrom("./x", "./y"),
          in: fc.constantFrom({ m: "item + n" }, { m: "index" }),
          result: fc.constantFrom("m", "m + 1.0"),
          output: fc.constant("n"),
          concurrency: fc.constantFrom(1, 2),
        },
        { requiredKeys: ["graph"] },
      ),
    )
    .map(([id, fields]) => (graph: ShortGraph) => ({
      ...graph,
      nodes: { ...graph.nodes, [id]: { kind: "map", over: "[1, 2]", ...fields } },
    })),
  fc.constantFrom("g", "h").map((id) => ({ nodes: { [id]: old, ...nodes }, ...graph }: ShortGraph) => ({
    ...graph,
    nodes: old === undefined ? { ...nodes, [id]: {} } : nodes,
  })),
  fc
    .constantFrom<string | object>("sum", "last", "latest", "min", "max", { handler: "./a.ts" }, { handler: "./b.ts", timeout: "1s" })
    .map((reducer) => (graph: ShortGraph) => ({ ...graph, channels: { n: { schema: { type: "number" }, reducer } } })),
);

/** Files that graphs here may run. */
const paths = [...names.map((id) => `./${id}.ts`), "./x.ts", "./y.ts", "./x", "./y"];
/** A save of a file, or its end. */
const save = fc.record({ path: fc.constantFrom(...paths), version: fc.option(fc.constantFrom("1", "2", "command"), { nil: undefined }) });

type Edit = typeof edit | typeof save extends fc.Arbitrary<infer Value> ? Value : never;

const retarget =
  (id: string, text: string) =>
  (graph: ShortGraph): ShortGraph => ({ ...graph, edges: { ...graph.edges, [id]: text } });

/** Sequences of edits that once went wrong. */
const pinned: [Edit[]][] = [
  // A changed condition made the target's program anew as well.
  [[retarget("e1", "b -> c when n > 2")]],
];

const first: ShortGraph = {
  channels: { n: { schema: { type: "number" } } },
  nodes: Object.fromEntries(names.map((id) => [id, {}])),
  edges: { start: "@start -> a", e0: "a -> b", e1: "b -> c when n > 1", e2: "b -> d else", e3: "c -> e", e4: "d -> e", e5: "e -> f" },
};

describe("soft recompile", () => {
  test("a patched plan equals a full compile, whatever was edited before", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: edit }, save), { minLength: 1, maxLength: 15 }), (edits) => {
        const files = new ManualFiles();
        const clock = new ManualClock();
        const compiler = new GraphCompiler("g", new CompileQueue(clock, { mode: "inline" }), clock, { files });
        let compiled = first;
        let before = described(compileGraph(parseDocument(graphText(first)).graph));
        let graph = first;
        let document = parseDocument(graphText(graph));
        compiler.update(document);
        for (const apply of edits) {
          const old = compiler.current?.plan as Plan;
          const known = compiler.history.length;
          if (typeof apply === "function") {
            graph = apply(graph);
            document = parseDocument(graphText(graph), document);
            compiler.update(document);
            if (document.valid) compiled = graph;
          } else {
            files.save(apply.path, apply.version);
            compiler.filesChanged([apply.path]);
          }
          expect(compiler.stale).toBe(!document.valid);
          const full = compileGraph(parseDocument(graphText(compiled)).graph, (path) => files.version(path));
          const plan = compiler.current?.plan as Plan;
          const after = described(full);
          expect(described(plan)).toEqual(after);
          expect(described(old)).toEqual(before); // whoever runs on it can go on
          const [record] = compiler.history;
          const changed = changedNodes(before, after);
          if (plan === old) expect(changed).toEqual([]);
          else if (record?.class === "soft") {
            expect([...plan.nodes].flatMap(([id, program]) => (old.nodes.get(id) === program ? [] : [id])).toSorted()).toEqual(changed);
            expect(record.recomputed).toBe(changed.length);
          }
          expect(compiler.history.length - known).toBe(plan === old ? 0 : 1);
          before = after;
        }
      }),
      { numRuns: 2000, examples: pinned },
    );
  });

  test("recomputes the neighbours of one routing change and shares the rest, at any size", () => {
    for (const size of [10, 1000]) {
      const compiler = new GraphCompiler("g", new CompileQueue(new ManualClock(), { mode: "inline" }), new ManualClock());
      const before = parseDocument(graphText(line(size, "n5")));
      compiler.update(before);
      const old = compiler.current?.plan as Plan;
      compiler.update(parseDocument(graphText(line(size, "n7")), before));
      const plan = compiler.current?.plan as Plan;
      const [record] = compiler.history;
      expect([record?.class, record?.recomputed]).toEqual(["soft", 3]);
      const changed = [...plan.nodes].filter(([id, program]) => old.nodes.get(id) !== program).map(([id]) => id);
      expect(changed.toSorted()).toEqual(["n4", "n5", "n7"]);
    }
  });

  test("recomputes the nodes that run a changed file and shares the rest, at any size", () => {
    for (const size of [10, 1000]) {
      const files = new ManualFiles();
      const clock = new ManualClock();
      const compiler = new GraphCompiler("g", new CompileQueue(clock, { mode: "inline" }), clock, { files });
      const graph = line(size, "n5");
      const shared = { n3: { handler: "./s.ts#a" }, n7: { handler: "./s.ts#b" }, n8: { fallback: "./s.ts" } };
      compiler.update(parseDocument(graphText({ ...graph, nodes: { ...graph.nodes, ...shared } })));
      const old = compiler.current?.plan as Plan;
      files.save("./s.ts", "1");
      compiler.filesChanged();
      const plan = compiler.current?.plan as Plan;
      expect(compiler.history[0]).toMatchObject({ class: "soft", reasons: ["file ./s.ts changed"], recomputed: 3 });
      const changed = [...plan.nodes].filter(([id, program]) => old.nodes.get(id) !== program).map(([id]) => id);
      expect(changed.toSorted()).toEqual(["n3", "n7", "n8"]);
    }
  });
});

/** A chain in which the fifth node goes to `jump`. */
function line(size: number, jump: string): ShortGraph {
  const nodes = Object.fromEntries(Array.from({ length: size }, (_, n) => [`n${n}`, {}]));
  const edges = Object.fromEntries(Array.from({ length: size - 1 }, (_, n) => [`e${n}`, `n${n} -> n${n + 1}`]));
  return { channels: { n: {} }, nodes, edges: { ...edges, e4: `n4 -> ${jump}`, start: "@start -> n0" } };
}
