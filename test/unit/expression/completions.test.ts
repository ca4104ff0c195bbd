import { expect, test } from "vitest";
import { completionsAt, type NamedShape } from "../../../runtime/expression/assist/complete.js";
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";

function channel(name: string, schema: JsonObject, value?: JsonValue): NamedShape {
  return { name, kind: "channel", shape: { schema, value }, help: "" };
}

const order = {
  type: "object",
  properties: {
    total: { type: "number", description: "What is to be paid." },
    items: { type: "array", items: { type: "object", properties: { name: { type: "string" }, price: { type: "number" } } } },
  },
};
const names = [
  channel("order", order),
  channel("text", { type: "string" }),
  channel("tags", { type: "array", items: { type: "string" } }),
  channel("seen", {}, { when: 3, "odd name": 4 }),
];

/** The labels at the mark `|` of a text, and what they replace. */
function at(marked: string): { readonly labels: readonly string[]; readonly replaced: string } {
  const place = marked.indexOf("|");
  const source = marked.replace("|", "");
  const { from, to, items } = completionsAt(source, place, names, (text) => (text.endsWith("trim()") ? "string" : undefined));
  return { labels: items.map(({ label }) => label), replaced: source.slice(from, to) };
}

test("a name by itself is a channel, a variable or a function", () => {
  expect(at("|").labels.slice(0, 5)).toEqual(["order", "text", "tags", "seen", "size"]);
  expect(at("1 > or|").labels).toEqual(["order"]);
  expect(at("ti|").labels).toEqual(["timestamp", "duration"]);
  expect(at("ord|er.total")).toEqual({ labels: ["order"], replaced: "order" });
});

test("members are those of the schema, and of the value where there is one", () => {
  expect(at("order.|").labels.slice(0, 2)).toEqual(["total", "items"]);
  expect(at("order.items[0].|").labels.slice(0, 2)).toEqual(["name", "price"]);
  expect(at('order["items"][0].pr|').labels).toEqual(["price"]);
  expect(at("seen.|").labels).toContain("when");
  expect(at("seen.|").labels).not.toContain("odd name");
  expect(at("nobody.|").labels).toEqual([]);
});

test("what can be called depends on the type", () => {
  expect(at("text.|").labels).toContain("startsWith");
  expect(at("text.|").labels).not.toContain("filter");
  expect(at("tags.|").labels).toContain("filter");
  expect(at("text.trim().|").labels).toContain("endsWith");
  expect(at("order.items[0].name.sta|").labels).toEqual(["startsWith"]);
});

test("macros name the items of their list", () => {
  expect(at("order.items.filter(x, x.|").labels.slice(0, 2)).toEqual(["name", "price"]);
  expect(at("order.items.exists(x, x.price > 1 && x.na|").labels).toEqual(["name"]);
  expect(at("order.items.filter(x, x.price > 1).size() > x|").labels).not.toContain("x");
  expect(at("order.items.all(i, tags.exists(t, t.sta|").labels).toEqual(["startsWith"]);
});

test("nothing is offered in strings and numbers", () => {
  expect(at("text == 'or|").labels).toEqual([]);
  expect(at("12|").labels).toEqual([]);
  expect(at("text == 'it''s' && or|").labels).toEqual(["order"]);
});

test("a call leaves the caret where its argument goes", () => {
  const { items } = completionsAt("text.st", 7, names, () => undefined);
  expect(items[0]).toMatchObject({ insert: "startsWith()", caret: "startsWith(".length, detail: "startsWith(text)" });
});
