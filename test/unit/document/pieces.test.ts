import { createScanner } from "jsonc-parser";
import { expect, test } from "vitest";
import { Token } from "../../../runtime/document/json-tokens.js";
import { parseDuration, parseSize } from "../../../runtime/document/quantities.js";
import { rangeInLiteral } from "../../../runtime/document/string-offsets.js";
import { applyEdits, positionAt } from "../../../runtime/document/text.js";
import { changeBetween } from "../../../runtime/document/text-change.js";

const tokens: readonly (readonly [string, number])[] = [
  ["{", Token.openBrace],
  ["}", Token.closeBrace],
  ["[", Token.openBracket],
  ["]", Token.closeBracket],
  [",", Token.comma],
  [":", Token.colon],
  ["null", Token.null],
  ["true", Token.true],
  ["false", Token.false],
  ['"x"', Token.string],
  ["-1.5e3", Token.number],
  ["", Token.end],
];

test.each(tokens)("the scanner's kind of %j", (text, expected) => {
  expect(createScanner(text, true).scan()).toBe(expected);
});

const durations: readonly (readonly [string, number | undefined])[] = [
  ["250ms", 250],
  ["30s", 30_000],
  ["1.5m", 90_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
  ["1", undefined],
  ["-1s", undefined],
  ["1 s", undefined],
  ["1S", undefined],
  ["", undefined],
];

test.each(durations)("the duration %j", (text, expected) => expect(parseDuration(text)).toBe(expected));

const sizes: readonly (readonly [string, number | undefined])[] = [
  ["512B", 512],
  ["64KB", 65_536],
  ["1.5MB", 1_572_864],
  ["1GB", 1_073_741_824],
  ["64", undefined],
  ["64kb", undefined],
];

test.each(sizes)("the size %j", (text, expected) => expect(parseSize(text)).toBe(expected));

const places: readonly (readonly [string, number, number, number])[] = [
  ["", 0, 1, 1],
  ["ab", 1, 1, 2],
  ["a\nb", 1, 1, 2],
  ["a\nb", 2, 2, 1],
  ["a\r\nb", 3, 2, 1],
  ["a\r\nb", 2, 1, 3],
  ["a\rb", 2, 2, 1],
  ["a\n\nb", 3, 3, 1],
  ["\uFEFFab", 2, 1, 2],
  ["ab", 99, 1, 3],
  ["ab", -1, 1, 1],
];

test.each(places)("in %j offset %i is %i:%i", (text, offset, line, column) => expect(positionAt(text, offset)).toEqual({ line, column }));

test("edits are made from the start to the end", () => {
  const edits = [
    { offset: 0, length: 1, text: "AA" },
    { offset: 2, length: 0, text: "-" },
    { offset: 4, length: 2, text: "" },
  ];
  expect(applyEdits("abcdef", edits)).toBe("AAb-cd");
});

const literals: readonly (readonly [string, string, string])[] = [
  ['"plain"', "lai", "lai"],
  [String.raw`"a\"b"`, '"', String.raw`\"`],
  [String.raw`"é\u00e9x"`, "x", "x"],
  [String.raw`"\n\tx\\y"`, "x\\y", String.raw`x\\y`],
  [String.raw`"😀\ud83d\ude00z"`, "z", "z"],
];

test.each(literals)("within %s", (literal, part, expected) => {
  const decoded = JSON.parse(literal) as string;
  const start = decoded.lastIndexOf(part);
  const range = rangeInLiteral(literal, { start, end: start + part.length });
  expect(literal.slice(range.start, range.end)).toBe(expected);
});

const blocks = "ab".repeat(5_000);
const changes: readonly (readonly [string, string, number, number, number])[] = [
  ["", "", 0, 0, 0],
  ["abc", "abc", 3, 3, 3],
  ["", "a", 0, 0, 1],
  ["abc", "", 0, 3, 0],
  ["abc", "axc", 1, 2, 2],
  ["aa", "aaa", 2, 2, 3],
  ["aaa", "aa", 2, 3, 2],
  [`${blocks}x${blocks}`, `${blocks}yz${blocks}`, 10_000, 10_001, 10_002],
  [`${blocks}${blocks}`, blocks, 10_000, 20_000, 10_000],
  [`x${blocks}`, `y${blocks}`, 0, 1, 1],
  [`${blocks}x`, blocks, 10_000, 10_001, 10_000],
];

test.each(changes)("what differs between %#", (before, after, start, endBefore, endAfter) => {
  expect(changeBetween(before, after)).toEqual({ start, endBefore, endAfter });
});
