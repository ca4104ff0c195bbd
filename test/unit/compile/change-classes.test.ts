import { describe, expect, test } from "vitest";
import { canonicalOrder } from "../../../runtime/document/sections.js";
import { classOfDocument } from "../../../runtime/compile/classify.js";
import { namesInDocument } from "../../../runtime/compile/field-names.js";
import { compileGraph, describeChange, diffGraphs, parseDocument, type Change, type ChangeClass } from "../../../runtime/index.js";
import { fieldsOfFormat, kindsOfFormat } from "../../support/schema-fields.js";

type Json = Readonly<Record<string, unknown>>;

/** A field's value before and after an edit of that field alone (undefined: it is not there), its class, and what else the entry must have. */
interface Example {
  readonly values: readonly [unknown, unknown];
  readonly class: ChangeClass;
  readonly beside?: Json;
}

const soft = (before: unknown, after: unknown, beside: Json = {}): Example => ({ values: [before, after], class: "soft", beside });
const hard = (before: unknown, after: unknown, beside: Json = {}): Example => ({ values: [before, after], class: "hard", beside });
const none = (before: unknown, after: unknown, beside: Json = {}): Example => ({ values: [before, after], class: "none", beside });

const common: Readonly<Record<string, Example>> = {
  label: none(undefined, "Removed node: b"),
  note: none("a schema change", "a channel"),
  join: soft("any", "all"),
  "join.count": soft(1, 2),
  fallback: soft(undefined, { n: 1 }),
  disabled: soft(undefined, true),
};

const policies: Readonly<Record<string, Example>> = {
  retry: soft(undefined, {}),
  "retry.attempts": soft(2, 5),
  "retry.delay": soft("1s", "2s"),
  "retry.backoff": soft(1, 3),
  "retry.jitter": soft(0, 1),
  "retry.cap": soft("1m", "2m"),
  "retry.timeout": soft(undefined, "3s"),
  timeout: soft(undefined, "30s"),
  "timeout.run": soft("1s", "2s"),
  "timeout.idle": soft(undefined, "2s", { timeout: { run: "1m" } }),
  cache: soft(undefined, {}),
  "cache.key": soft("n", "n + 1"),
  "cache.ttl": soft(undefined, "1h"),
};

const outputs = { output: soft(undefined, "x") };

const byKind: Readonly<Record<string, Readonly<Record<string, Example>>>> = {
  code: { handler: soft("./a.ts", "./b.ts#c"), reads: soft(undefined, ["n"]), writes: soft(["n"], ["x"]), ...policies },
  expression: { set: soft({ n: "1" }, { n: "2" }), ...policies },
  barrier: {
    prompt: soft("Go?", "Go on?"),
    actions: soft(undefined, ["yes", "no"]),
    schema: soft(undefined, { type: "object" }),
    ...outputs,
    timeout: soft("1d", "2d"),
    default: soft(undefined, "reject", { timeout: "1d" }),
  },
  http: {
    method: soft("GET", "DELETE"),
    url: soft("http://a", "http://b"),
    headers: soft(undefined, { a: "1" }),
    query: soft({ a: "1" }, { a: "2" }),
    body: soft(undefined, { a: 1 }, { method: "POST" }),
    ...outputs,
    take: soft("body", "response", { output: "x" }),
    as: soft("auto", "text", { output: "x" }),
    expect: soft("2xx", ["404", "2xx"]),
    redirects: soft(10, 0),
    maxSize: soft("1MB", "2MB"),
    ...policies,
  },
  map: {
    over: soft("[1]", "[2]"),
    handler: soft("./a.ts", "./b.ts"),
    reads: soft(undefined, ["n"]),
    graph: hard("./x", "./y", { handler: undefined }),
    in: hard(undefined, { n: "item" }, { handler: undefined, graph: "./x" }),
    result: hard("n", "n + 1", { handler: undefined, graph: "./x" }),
    ...outputs,
    concurrency: soft(1, 2),
    pool: soft("async", "process"),
    chunk: soft(undefined, 3),
    onError: soft("fail", "skip"),
    errorLimit: soft(2, 3, { onError: "skip" }),
    stopWhen: soft(undefined, "true"),
    ...policies,
  },
  subgraph: { graph: hard("./x", "./y"), in: hard(undefined, { n: "n" }), out: hard({ x: "n" }, { x: "m" }), ...policies },
};

const bases: Readonly<Record<string, Json>> = {
  code: { handler: "./a.ts" },
  expression: { set: { x: "1" } },
  barrier: { prompt: "?" },
  http: { url: "http://a" },
  map: { over: "[1]", handler: "./a.ts" },
  subgraph: { graph: "./x" },
  edge: { from: "a", to: "b" },
  channel: {},
};

const edges: Readonly<Record<string, Example>> = {
  from: soft("a", "b"),
  to: soft("b", "c"),
  when: soft(undefined, "n > 1"),
  on: soft("yes", "no"),
  else: soft(undefined, true),
  terminate: soft(undefined, true, { to: "@end" }),
  label: none("Added node: x", "create_user"),
};

const channels: Readonly<Record<string, Example>> = {
  schema: hard({ type: "number" }, { type: "integer" }),
  reducer: hard("sum", "max"),
  "reducer.handler": hard("./a.ts", "./b.ts"),
  "reducer.timeout": hard("1s", "2s", { reducer: { handler: "./a.ts" } }),
  default: hard(undefined, 1),
};

/** What kinds need, so that a change of the kind alone is between two good nodes. */
const needed = { prompt: "?", handler: "./a.ts" };
const kinds = Object.fromEntries(
  kindsOfFormat.map((kind) => [`${kind}.kind`, hard(kind, kind === "barrier" ? "code" : "barrier", needed)]),
);

const named = (name: string, examples: Readonly<Record<string, Example>>): Readonly<Record<string, Example>> =>
  Object.fromEntries(Object.entries(examples).map(([field, example]) => [`${name}.${field}`, example]));

const entryExamples: Readonly<Record<string, Example>> = {
  ...kinds,
  ...Object.assign({}, ...kindsOfFormat.map((kind) => named(kind, { ...common, ...byKind[kind] }))),
  ...named("edge", edges),
  ...named("channel", channels),
};

const settings: Readonly<Record<string, Example>> = {
  title: none("One", "Two"),
  "compile.strategy": none("auto", "hard"),
  "compile.sizeThreshold": none(1, 2),
  "compile.staleAfter": none("1s", "2s"),
  "compile.staleMinEdits": none(1, 2),
  "limits.supersteps": hard(10, 20),
  "limits.stateBytes": hard("1MB", "2MB"),
  "limits.spillAbove": hard("1KB", "2KB"),
  "checkpoints.policy": soft("minimal", "manual"),
};

/** Nothing of these is in a graph as it is compiled, so that an edit of them is no change of it. */
const outside: Readonly<Record<string, Example>> = {
  $schema: none("a", "b"),
  conflicts: none(undefined, []),
  "checkpoints.keep": none(undefined, 9),
};

/** They hold what is classed one by one, or have but one value. */
const containers: ReadonlySet<string> = new Set([
  "patchbay",
  "channels",
  "nodes",
  "edges",
  "notes",
  "groups",
  "layout",
  "compile",
  "checkpoints",
  "limits",
]);

/** The document with an entry under test, and enough around it that its edits are about nothing else. */
function documentWith(entity: string, entry: Json): object {
  const isNode = kindsOfFormat.includes(entity);
  const extra = entity === "edge" ? { e: entry } : { e: { from: "a", to: "t" }, f: { from: "b", to: "t" } };
  const node = isNode ? { kind: entity, ...entry } : { kind: "code", handler: "./t.ts" };
  return {
    patchbay: 1,
    channels: { n: { schema: { type: "number" } }, x: {}, ...(entity === "channel" ? { t: entry } : {}) },
    nodes: { ...Object.fromEntries(["a", "b", "c"].map((id) => [id, { kind: "code", handler: `./${id}.ts` }])), t: node },
    edges: { start: { from: "@start", to: "a" }, go: { from: "a", to: "b" }, on: { from: "b", to: "c" }, ...extra },
  };
}

/** An object with a dotted field set, or left out. */
function withField(object: Json, [name = "", ...rest]: readonly string[], value: unknown): Json {
  const next = rest.length === 0 ? value : withField((object[name] ?? {}) as Json, rest, value);
  return Object.fromEntries(Object.entries({ ...object, [name]: next }).filter(([, each]) => each !== undefined));
}

/** The changes between two documents. Their plans have the same revision if none of the changes means anything, and else not. */
function changesOf(before: object, after: object): readonly Change[] {
  const old = parseDocument(JSON.stringify(before, undefined, 1));
  const next = parseDocument(JSON.stringify(after, undefined, 1), old);
  // What the graph cannot know of (files, other graphs) is no error here.
  expect([...old.problems, ...next.problems].filter(({ severity }) => severity === "error")).toEqual([]);
  const changes = diffGraphs(old.graph, next.graph);
  const meaningful = changes.some((change) => change.class !== "none");
  expect(compileGraph(old.graph).revision !== compileGraph(next.graph).revision).toBe(meaningful);
  return changes;
}

describe("every field of the format", () => {
  test("has an example here", () => {
    const here = [...Object.keys(entryExamples), ...Object.keys(settings), ...Object.keys(outside), ...containers];
    expect(here.toSorted()).toEqual(fieldsOfFormat());
  });

  test("of the document has a class, those that no plan has anything of included", () => {
    const classes = canonicalOrder.filter((field) => !["channels", "nodes", "edges"].includes(field)).map(classOfDocument);
    expect(classes).toHaveLength(canonicalOrder.length - 3);
  });

  test.each(Object.entries(entryExamples))("%s: edited alone it is one change, of its class", (path, example) => {
    const [entity = "", ...field] = path.split(".");
    const base = { ...bases[entity], ...example.beside };
    const [before, after] = example.values.map((value) => documentWith(entity, withField(base, field, value)));
    const changes = changesOf(before ?? {}, after ?? {});
    const id = entity === "edge" ? "e" : "t";
    const isNode = kindsOfFormat.includes(entity);
    expect(changes).toMatchObject([{ entity: isNode ? "node" : entity, id, class: example.class }]);
    if (field[0] === "kind") expect(changes[0]?.fields).toContain("kind");
    else expect(namesInDocument(changes[0]?.fields ?? [])).toEqual([conditionOf(field[0] ?? "")]);
  });

  test.each(Object.entries(settings))("%s: edited alone it is one change, of its class", (path, { values, class: grade }) => {
    const [section = "", field] = path.split(".");
    const [before, after] = values.map((value) => withField(documentWith("code", { handler: "./a.ts" }) as Json, path.split("."), value));
    const changes = changesOf(before ?? {}, after ?? {});
    expect(changes).toMatchObject([{ entity: "graph", id: section, class: grade }]);
    expect(namesInDocument(changes[0]?.fields ?? [])).toEqual(field === undefined ? [] : [field]);
  });

  test.each(Object.entries(outside))("%s: edited alone it is no change of the graph", (path, { values }) => {
    const [before, after] = values.map((value) => withField(documentWith("code", { handler: "./a.ts" }) as Json, path.split("."), value));
    expect(changesOf(before ?? {}, after ?? {})).toEqual([]);
    const [section = ""] = path.split(".");
    if (!containers.has(section)) expect(classOfDocument(section)).toBe("none");
  });
});

/** The three fields of an edge that together are its condition. */
function conditionOf(field: string): string {
  return ["when", "on", "else"].includes(field) ? "condition" : field;
}

describe("what means nothing", () => {
  const whole = documentWith("code", { handler: "./a.ts", label: "T", retry: { attempts: 2, delay: "1s" } }) as Record<string, Json>;
  const reversed = (object: Json): Json => Object.fromEntries(Object.entries(object).toReversed());
  const entry = (section: string, id: string): Json => (whole[section] as Readonly<Record<string, Json>>)[id] ?? {};
  const cases: readonly [string, object][] = [
    ["the order of a node's fields", { ...whole, nodes: { ...whole["nodes"], t: reversed(entry("nodes", "t")) } }],
    [
      "the order of fields inside a field",
      { ...whole, nodes: { ...whole["nodes"], t: { ...entry("nodes", "t"), retry: { delay: "1s", attempts: 2 } } } },
    ],
    ["the order of the edges", { ...whole, edges: reversed(whole["edges"] ?? {}) }],
    ["the order of the channels", { ...whole, channels: reversed(whole["channels"] ?? {}) }],
    ["the order of the sections", reversed(whole)],
  ];
  test.each(cases)("%s", (_name, after) => expect(changesOf(whole, after)).toEqual([]));

  test("notes and groups: each is a change, of no class, and the plan has nothing of it", () => {
    const groups = { g: { label: "Both", nodes: ["a", "b"] } };
    const changes = changesOf({ ...whole, notes: { n: { text: "one" } } }, { ...whole, notes: { n: { text: "two" } }, groups });
    expect(changes.map((change) => [change.entity, change.id, change.class])).toEqual([
      ["group", "g", "none"],
      ["note", "n", "none"],
    ]);
  });

  test("is nothing but a place: that of a node among the nodes is the order of its writes", () => {
    const changes = changesOf(whole, { ...whole, nodes: reversed(whole["nodes"] ?? {}) });
    expect(changes.map((change) => [change.entity, change.class])).toEqual(Array.from({ length: 4 }, () => ["order", "soft"]));
  });
});

describe("names that sound like something else", () => {
  const whole = documentWith("code", { handler: "./a.ts" }) as Record<string, Json>;
  const withNode = (id: string): Json => ({
    ...whole,
    nodes: { ...whole["nodes"], [id]: { kind: "code", handler: "./x.ts" } },
    edges: { ...whole["edges"], x: { from: "c", to: id } },
  });
  const withEdge = (id: string, to: string): Json => ({
    ...withNode("create_user"),
    edges: { ...(withNode("create_user")["edges"] as Json), [id]: { from: "a", to } },
  });
  test.each([
    ["a node called like a tool, removed", withNode("tool_runner"), whole, "hard"],
    ["a node called like an edge, added", whole, withNode("edge_condition_changed"), "hard"],
    ["an edge to a node called like a verb", withNode("create_user"), withEdge("y", "create_user"), "soft"],
    ["an edge called like a schema", withNode("create_user"), withEdge("schema_channel", "a"), "soft"],
  ] as const)("%s", (_name, before, after, expected) => {
    const classes = changesOf(before, after).map((change) => change.class);
    expect(classes).toContain(expected);
    expect(classes.includes("hard")).toBe(expected === "hard");
  });
});

describe("what a change says", () => {
  test.each([
    ["channel", { default: 1 }, "channel t: default changed"],
    ["http", { url: "http://a", maxSize: "1KB" }, "node t: maxSize changed"],
    ["edge", { from: "a", to: "b", when: "n > 1" }, "edge e: condition changed"],
  ])("%s: the field by its name in the document", (entity, entry, line) => {
    const changes = changesOf(documentWith(entity, bases[entity] ?? {}), documentWith(entity, entry));
    expect(changes.map(describeChange)).toEqual([line]);
  });

  test("settings by section and field", () => {
    const whole = documentWith("code", { handler: "./a.ts" });
    const changes = changesOf(whole, { ...whole, compile: { staleAfter: "9s" }, limits: { supersteps: 3 } });
    expect(changes.map(describeChange)).toEqual(["compile: staleAfter changed", "limits: supersteps changed"]);
  });
});
