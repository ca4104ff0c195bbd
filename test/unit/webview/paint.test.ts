import { expect, test } from "vitest";
import { segmentsOf } from "../../../webview/inspector/code/paint.js";

const kinds = (segments: ReturnType<typeof segmentsOf>): readonly string[] =>
  segments.filter(({ text }) => text.trim() !== "").map(({ text, kind }) => `${kind}:${text}`);

test("an expression is names, calls, strings, numbers, words and marks", () => {
  expect(kinds(segmentsOf("expression", "size(a.b) > 1 && 'x' in c", []))).toEqual([
    "call:size",
    "mark:(",
    "name:a",
    "mark:.",
    "name:b",
    "mark:)",
    "mark:>",
    "number:1",
    "mark:&&",
    "string:'x'",
    "word:in",
    "name:c",
  ]);
});

test("a template is text but for what stands in braces", () => {
  expect(kinds(segmentsOf("template", "Pay {{total}} now", []))).toEqual(["text:Pay ", "brace:{{", "name:total", "brace:}}", "text: now"]);
});

test("nothing of the text is lost", () => {
  for (const syntax of ["expression", "template", "path"] as const) {
    for (const text of ["", "a", "x: a + 'b\ny: {{c}}\n", "{{ open", "it's\n\n: {{a}} }}", "ü'ö\"{{ä}}"]) {
      expect(
        segmentsOf(syntax, text, [{ severity: "error", start: 1, end: 2 }])
          .map((segment) => segment.text)
          .join("")
          .replace("\u00a0", ""),
      ).toBe(text);
    }
  }
});

test("what is wrong is cut out, also an end that comes too early", () => {
  const wrong = (text: string, start: number, end: number): readonly string[] =>
    segmentsOf("expression", text, [{ severity: "error", start, end }])
      .filter(({ problem }) => problem === "error")
      .map((segment) => segment.text);
  expect(wrong("scor > 3", 0, 4)).toEqual(["scor"]);
  expect(wrong("a + bc", 5, 6)).toEqual(["c"]);
  expect(wrong("1 +", 3, 3)).toEqual(["\u00a0"]);
});
