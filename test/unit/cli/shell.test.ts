import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellLine } from "../../../runtime/cli/shell.js";

const cases: readonly (readonly [readonly string[], string])[] = [
  [["patchbay", "run", "a/b.json", "--decide", "x=yes"], "patchbay run a/b.json --decide x=yes"],
  [["my graph.json"], "'my graph.json'"],
  [["it's"], "'it'\\''s'"],
  [["$HOME", "a;b", "*"], "'$HOME' 'a;b' '*'"],
];

test.each(cases)("%j", (words, line) => {
  expect(shellLine(words)).toBe(line);
  expect(execFileSync("sh", ["-c", `printf '%s\\n' ${line}`], { encoding: "utf8" })).toBe(`${words.join("\n")}\n`);
});
