import { describe, expect, test } from "vitest";
import { editDocument } from "../../../runtime/document/edit.js";
import { parseDocument } from "../../../runtime/document/parse.js";
import { applyEdits } from "../../../runtime/document/text.js";

/** The text with the channel `order` called `sale`, or why not. */
function renamed(text: string, to = "sale"): string {
  const outcome = editDocument(parseDocument(text), [{ type: "channel/rename", name: "order", to }]);
  return outcome.ok ? applyEdits(text, outcome.edits) : outcome.message;
}

const graph = (nodes: Record<string, unknown>, edges: Record<string, unknown> = {}): string =>
  JSON.stringify({ patchbay: 1, channels: { order: {}, other: {} }, nodes, edges }, undefined, 2);

test("every place that names it is changed, and nothing else", () => {
  const text = `{
  "patchbay": 1, // order stays
  "channels": { "order": { "schema": { "description": "order" } }, "total": {} },
  "nodes": {
    "order": { "kind": "code", "handler": "./order.ts", "reads": ["order",  "total"], "writes": ["order"], "cache": { "key": "order.id" } },
    "b": { "kind": "expression", "set": { "order": "{'order': order.order}", "total": "size(order) + 1" }, "fallback": { "order": "order" } },
    "c": { "kind": "barrier", "prompt": "Pay \\"order\\" {{order.total}} of {{total}}?", "output": "order", "label": "order" },
    "d": { "kind": "http", "method": "POST", "url": "https://a.b/order/{{order.id}}", "headers": { "order": "{{order.x}} {{secret.order}}" }, "body": { "order": ["{{order}}"] } },
    "e": { "kind": "map", "over": "order.items", "stopWhen": "item == order", "handler": "./a.ts", "output": "total" },
    "f": { "kind": "subgraph", "graph": "./x.patchbay.json", "in": { "order": "order" }, "out": { "order": "order" } }
  },
  "edges": { "order": { "from": "order", "to": "b", "when": "[1].exists(o, o == order) && 'order' == \\u006frder" } },
  "layout": { "order": [0, 0] }
}`;
  const expected = text
    .replace('"channels": { "order":', '"channels": { "sale":')
    .replace(
      '"reads": ["order",  "total"], "writes": ["order"], "cache": { "key": "order.id" }',
      '"reads": ["sale",  "total"], "writes": ["sale"], "cache": { "key": "sale.id" }',
    )
    .replace(
      `"set": { "order": "{'order': order.order}", "total": "size(order) + 1" }, "fallback": { "order":`,
      `"set": { "sale": "{'order': sale.order}", "total": "size(sale) + 1" }, "fallback": { "sale":`,
    )
    .replace('{{order.total}} of {{total}}?", "output": "order"', '{{sale.total}} of {{total}}?", "output": "sale"')
    .replace("order/{{order.id}}", "order/{{sale.id}}")
    .replace("{{order.x}}", "{{sale.x}}")
    .replace('"{{order}}"', '"{{sale}}"')
    .replace('"order.items", "stopWhen": "item == order"', '"sale.items", "stopWhen": "item == sale"')
    .replace('"in": { "order": "order" }, "out": { "order": "order" }', '"in": { "order": "sale" }, "out": { "sale": "order" }')
    .replace("o == order) && 'order' == \\u006frder", "o == sale) && 'order' == sale");
  expect(renamed(text)).toBe(expected);
});

test("a name that a macro gives is another", () => {
  const text = graph({ a: { kind: "expression", set: { other: "other.filter(order, order > 1)" } } });
  expect(renamed(text)).toBe(text.replace('"order": {}', '"sale": {}'));
});

test.each([
  ["other", 'There is already a channel "other"'],
  ["order", "already"],
  ["run", "run"],
  ["a-b", "a-b"],
])("%s is no name for it", (to, why) => {
  expect(renamed(graph({}), to)).toContain(why);
});

test("it is refused where its meaning is not certain", () => {
  const expression = (set: string): string => graph({ a: { kind: "expression", set: { other: set } } });
  expect(renamed(expression("order +"))).toContain('`set.other` of the node "a" cannot be read');
  expect(renamed(expression("other.exists(sale, sale == order)"))).toContain('"sale" means something else');
  expect(renamed(graph({ a: { kind: "subgraph", graph: "./x.patchbay.json", in: {} } }))).toContain("say in `out` what is passed");
  expect(renamed(graph({ a: { kind: "map", over: "other", graph: "./x.patchbay.json", output: "other" } }))).toContain("`in`");
  expect(renamed(graph({ a: { kind: "map", over: "other", handler: "./x.ts", stopWhen: "size(order) > 1" } }), "results")).toContain(
    "means something else",
  );
  expect(renamed(graph({ a: { kind: "expression", set: { order: "1", sale: "2" } } }))).toContain('names "sale" already');
});

test("it stands alone in its batch", () => {
  const rename = { type: "channel/rename", name: "order", to: "sale" } as const;
  expect(editDocument(parseDocument(graph({})), [rename, rename])).toMatchObject({ ok: false });
});

describe("where nodes share channels with graphs that are known", () => {
  const number = { schema: { type: "number" }, default: 0 };
  const shop = (channels: object, node: object = {}, more: object = {}): string =>
    JSON.stringify(
      {
        patchbay: 1,
        channels: { order: number, other: number, ...channels },
        nodes: { sub: { kind: "subgraph", graph: "./inner", ...node }, ...more },
        edges: { e1: { from: "@start", to: "sub" } },
      },
      undefined,
      2,
    );
  const within = (channels: object, set: object): string =>
    JSON.stringify({
      patchbay: 1,
      channels,
      nodes: { a: { kind: "expression", set } },
      edges: { e1: { from: "@start", to: "a" }, e2: { from: "a", to: "@end" } },
    });
  const shared = (text: string, inner: string): unknown => {
    const outcome = editDocument(parseDocument(text), [{ type: "channel/rename", name: "order", to: "sale" }], () => parseDocument(inner));
    if (!outcome.ok) return outcome.message;
    return (JSON.parse(applyEdits(text, outcome.edits)) as { nodes: { sub: unknown } }).nodes.sub;
  };

  test("one that knows neither name says nothing", () => {
    expect(shared(shop({}), within({ other: number }, { other: "other + 1.0" }))).toEqual({ kind: "subgraph", graph: "./inner" });
  });

  test("one that shares the channel says what goes in and comes back", () => {
    const inner = within({ order: number, other: number, own: number }, { order: "other + order", own: "1.0" });
    expect(shared(shop({}), inner)).toEqual({
      kind: "subgraph",
      graph: "./inner",
      in: { order: "sale", other: "other" },
      out: { sale: "order" },
    });
    expect(shared(shop({}, { in: { order: "order" } }), inner)).toMatchObject({ in: { order: "sale" }, out: { sale: "order" } });
  });

  test.each([
    ["a channel that may have no value", shop({ order: { schema: { type: "number" } } }), within({ order: number }, { order: "1.0" })],
    ["a list that is added to", shop({ order: { reducer: "append" } }), within({ order: { reducer: "append" } }, { order: "[1]" })],
    ["what went in otherwise", shop({}, { in: { order: "order + 1.0" } }), within({ order: number }, { order: "1.0" })],
    ["a graph with errors", shop({}), within({ order: number }, { nowhere: "1.0" })],
  ])("%s is refused", (_what, text, inner) => {
    expect(shared(text, inner)).toContain("shares channels with its graph by their names");
  });

  test("who writes beside it would see the whole value written", () => {
    const text = shop({}, {}, { beside: { kind: "expression", set: { order: "5.0" } } }).replace(
      '"e1": {',
      '"e0": { "from": "@start", "to": "beside" }, "e1": {',
    );
    expect(shared(text, within({ order: number }, { order: "order" }))).toContain("shares channels");
  });
});
