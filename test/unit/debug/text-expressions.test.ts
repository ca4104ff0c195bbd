import { expect, test } from "vitest";
import { channelsNamed, evaluatableAt } from "../../../extension/debug/text-expressions.js";
import { parseDocument } from "../../../runtime/document/parse.js";

const text = `{
  "patchbay": 1,
  "channels": { "n": { "schema": { "type": "number" } }, "order": { "schema": { "type": "object" } }, "log": { "reducer": "append" } },
  "nodes": {
    "count": { "kind": "expression", "label": "n of order", "set": { "n": "n + size(log) + order.items[0].total", "log": "['n', n]" } },
    "ask": { "kind": "barrier", "prompt": "Is {{order.total}} \\"n\\" {{ n }}?", "output": "order" },
    "look": { "kind": "code", "handler": "./n.ts", "reads": ["order"], "writes": ["log"] }
  },
  "edges": {
    "a": { "from": "count", "to": "ask", "when": "order.items.exists(n, n > 1.0) && output.n == n" }
  }
}`;
const parsed = parseDocument(text);
const lineAt = (part: string): { start: number; end: number } => {
  const start = text.lastIndexOf("\n", text.indexOf(part)) + 1;
  return { start, end: text.indexOf("\n", start) };
};

/** Which channels the line names that has this in it, in the order of the text. */
function names(part: string, expected: readonly string[]): void {
  test(`channels that ${part} names`, () => {
    const line = lineAt(part);
    const found = channelsNamed(parsed, line).filter(({ start }) => line.start <= start && start < line.end);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(expected);
    expect(found.map(({ expression }) => expression)).toEqual(expected);
  });
}

names(`"channels"`, ["n", "order", "log"]);
names(`"count": {`, ["n", "n", "log", "order", "log", "n"]);
names(`"ask": {`, ["order", "n", "order"]);
names(`"look": {`, ["order", "log"]);
names(`"a": {`, ["order", "n", "n", "n"]);
names(`"patchbay"`, []);

/** What a hover evaluates at the mark in a part of the text. */
function hover(marked: string, expected: string | undefined): void {
  test(`a hover over ${marked}`, () => {
    const at = marked.indexOf("|");
    const part = marked.slice(0, at) + marked.slice(at + 1);
    const found = evaluatableAt(parsed, text.indexOf(part) + at);
    expect(found?.expression).toBe(expected);
    if (found !== undefined) expect(text.slice(found.start, found.end)).toBe(found.expression);
  });
}

hover(`{ "|n": { "schema"`, "n");
hover(`+ or|der.items[0].total`, "order");
hover(`+ order.it|ems[0].total`, "order.items");
hover(`+ order.items[|0].total`, "order.items[0]");
hover(`+ order.items[0].t|otal`, "order.items[0].total");
hover(`si|ze(log)`, undefined);
hover(`size(l|og)`, "log");
hover(`['|n', n]`, undefined);
hover(`['n', |n]`, "n");
hover(`{{order.to|tal}}`, "order.total");
hover(`\\"|n\\" {{`, undefined);
hover(`{{ |n }}`, "n");
hover(`"output": "or|der"`, "order");
hover(`"label": "|n of order"`, undefined);
hover(`order.items.ex|ists(`, undefined);
hover(`order.it|ems.exists(`, "order.items");
hover(`output.|n ==`, undefined);
