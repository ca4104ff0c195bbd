import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/index.js";
import { migrationStub } from "../../../runtime/types/migration-stub.js";
import { graphText } from "../../support/graph-text.js";
import { compile } from "./compile.js";

type Channels = Readonly<Record<string, object>>;

const defsOf = (channels: Channels) => [
  ...parseDocument(graphText({ channels, nodes: { a: {} }, edges: { e: "@start -> a" } })).graph.channels.values(),
];

const stub = (before: Channels, after: Channels): string => migrationStub("post", { before: defsOf(before), after: defsOf(after) });

/** The lines of what is given back. */
const body = (text: string): readonly string[] =>
  text
    .slice(text.indexOf("return {"))
    .split("\n")
    .slice(1, -3)
    .map((line) => line.trim());

const text = { schema: { type: "string" } };
const number = { schema: { type: "number" } };

const cases: readonly (readonly [what: string, before: Channels, after: Channels, lines: readonly string[]])[] = [
  ["what stayed the same is passed on", { a: text }, { a: text, b: number }, ["a: before.a,", "// b: …, // new"]],
  [
    "what seems renamed is passed on under its new name",
    { a: text },
    { b: text },
    ['b: before.a, // if this is what "a" was', "// before.a is dropped, unless it is used above"],
  ],
  [
    "of two that could be meant, neither is",
    { a: text, b: text },
    { c: text },
    ["// c: …, // new", "// before.a is dropped, unless it is used above", "// before.b is dropped, unless it is used above"],
  ],
  ["another reducer is named", { n: number }, { n: { ...number, reducer: "sum" } }, ["n: before.n, // it was `last`, and is `sum`"]],
];

test.each(cases)("%s", (_what, before, after, lines) => {
  expect(body(stub(before, after)).toSorted()).toEqual(lines.toSorted());
});

test("a stub whose values fit compiles, and one whose values do not is refused at their line", async () => {
  const wrong = stub({ a: text }, { a: number });
  const found = await compile({ "fits.ts": stub({ a: text, b: number }, { c: text, b: number }), "wrong.ts": wrong });
  const line = wrong.split("\n").findIndex((each) => each.includes("a: before.a")) + 1;
  expect(found.map((each) => [each.file, each.line])).toEqual([["wrong.ts", line]]);
});
