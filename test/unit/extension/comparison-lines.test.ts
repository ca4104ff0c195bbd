import type { Uri } from "vscode";
import { expect, it } from "vitest";
import { linesOf, type Section } from "../../../extension/compare/section.js";

const before = { path: "/g" } as Uri;
const section = (title: string, count: number): Section => ({
  title,
  all: `all ${count}`,
  rows: Array.from({ length: count }, (_, index) => ({
    label: `${title} ${index}`,
    description: "",
    icon: "",
    comparison: { before, title },
  })),
});
const shown = (sections: readonly Section[], opened: readonly string[] = [], typing = false): readonly string[] =>
  linesOf(sections, new Set(opened), typing).map((line) =>
    line.kind === "title" ? line.title : line.kind === "row" ? line.row.label : line.section.all,
  );

it("sections with nothing in them are left out", () => {
  expect(shown([section("a", 0), section("b", 1)])).toEqual(["b", "b 0"]);
});

it("of a long section the first are shown, until somebody opens it or types", () => {
  const long = section("a", 8);
  expect(shown([long])).toEqual(["a", "a 0", "a 1", "a 2", "a 3", "a 4", "all 8"]);
  expect(shown([long], ["a"])).toHaveLength(9);
  expect(shown([long, section("b", 9)], ["a"])).toHaveLength(9 + 7);
  expect(shown([long, section("b", 9)], [], true)).toHaveLength(9 + 10);
});

it("no row is spent on hiding one", () => {
  expect(shown([section("a", 6)])).toHaveLength(7);
});
