import { expect, test } from "vitest";
import { isTable, nameRefusal, readRow, showRow, withoutRow, withRenamed, withRow } from "../../../webview/inspector/rows/rows.js";

const table = { a: "1", b: 2, c: true };

test("a row is set in its place, added last, renamed in its place, and removed", () => {
  expect(Object.entries(withRow(table, "b", "x"))).toEqual([
    ["a", "1"],
    ["b", "x"],
    ["c", true],
  ]);
  expect(Object.keys(withRow(table, "d", ""))).toEqual(["a", "b", "c", "d"]);
  expect(Object.entries(withRenamed(table, "a", "z"))).toEqual([
    ["z", "1"],
    ["b", 2],
    ["c", true],
  ]);
  expect(withoutRow(table, "b")).toEqual({ a: "1", c: true });
  expect(Object.keys(withRow(table, "__proto__", "x"))).toContain("__proto__");
});

test("a number and a truth stay what they are where what is typed is one, and become text where it is not", () => {
  expect(readRow("3", 2)).toBe(3);
  expect(readRow("{{n}}", 2)).toBe("{{n}}");
  expect(readRow(" ", 2)).toBe(" ");
  expect(readRow("false", true)).toBe(false);
  expect(readRow("no", true)).toBe("no");
  expect(readRow("3", "2")).toBe("3");
  expect([showRow(2), showRow("2"), showRow(true), showRow(undefined)]).toEqual(["2", "2", "true", ""]);
});

test("rows hold tables of texts, numbers and truths alone", () => {
  expect([isTable({}), isTable(table), isTable({ a: null }), isTable({ a: [] }), isTable([]), isTable(undefined)]).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("a name is refused where there is none, it is taken, or the format does not allow it", () => {
  const schema = { propertyNames: { pattern: "^[a-z-]+$", not: { pattern: "^host$" } } };
  expect(nameRefusal("", [], {})).toContain("needs a name");
  expect(nameRefusal("a", ["a"], {})).toContain("already");
  expect(nameRefusal("x y", [], schema)).toContain("cannot");
  expect(nameRefusal("host", [], schema)).toContain("cannot");
  expect(nameRefusal("x-y", ["a"], schema)).toBeUndefined();
});
