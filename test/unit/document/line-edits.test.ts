import fc from "fast-check";
import { expect, test } from "vitest";
import { lineEdits } from "../../../runtime/document/line-edits.js";
import { applyEdits } from "../../../runtime/document/text.js";

const check = (before: string, after: string, edits: readonly (readonly [offset: number, length: number, text: string])[]): void => {
  const made = lineEdits(before, after);
  expect(made.map(({ offset, length, text }) => [offset, length, text])).toEqual(edits);
  expect(applyEdits(before, made)).toBe(after);
};

test.each<readonly [string, string, readonly (readonly [number, number, string])[]]>([
  ["", "", []],
  ["a\nb\n", "a\nb\n", []],
  ["a\nb\nc\n", "a\nx\nc\n", [[2, 2, "x\n"]]],
  [
    "a\nb\nc\nd\ne",
    "a\nB\nc\nD\ne",
    [
      [2, 2, "B\n"],
      [6, 2, "D\n"],
    ],
  ],
  ["a\n", "a\nb\n", [[2, 0, "b\n"]]],
  ["a\nb\n", "b\n", [[0, 2, ""]]],
  ["a", "a\n", [[0, 1, "a\n"]]],
  ["a\r\nb\r\n", "a\nb\n", [[0, 6, "a\nb\n"]]],
])("%j to %j", (before, after, edits) => check(before, after, edits));

test("only what differs is touched in a long text", () => {
  const lines = Array.from({ length: 20_000 }, (_each, line) => `line ${line}\n`);
  const now = lines.with(10, "ten\n").with(19_990, "last but nine\n");
  const edits = lineEdits(lines.join(""), now.join(""));
  expect(applyEdits(lines.join(""), edits)).toBe(now.join(""));
});

test("whatever the texts, the edits give the other one and leave common lines at both ends", () => {
  const text = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "d\r\n", "e"), { maxLength: 12 }).map((lines) => lines.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edits = lineEdits(before, after);
      expect(applyEdits(before, edits)).toBe(after);
      expect(lineEdits(before, before)).toEqual([]);
      for (const [place, { offset, length, text: made }] of edits.entries()) {
        expect(before.slice(offset, offset + length)).not.toBe(made);
        expect(offset).toBeGreaterThanOrEqual(place === 0 ? 0 : (edits[place - 1]?.offset ?? 0) + (edits[place - 1]?.length ?? 0));
      }
    }),
  );
});
