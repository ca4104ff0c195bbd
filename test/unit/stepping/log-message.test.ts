import { expect, test } from "vitest";
import { ExpressionScope } from "../../../runtime/expression/cel.js";
import { parseMessage } from "../../../runtime/stepping/log-message.js";

const scope = new ExpressionScope([]);
const variables = new Map(Object.entries({ output: { n: 3, tags: ["a"] }, run: { superstep: 7 }, input: null }));

test.each([
  ["plain", "plain"],
  ["n is {output.n}", "n is 3"],
  ["{run.superstep}: {output.tags}!", '7: ["a"]!'],
  ["{{not read}}", "{not read}"],
  ["{{'a': 1}['a']}", "{'a': 1}['a']}"],
  ["{ {'a': 1}['a'] }", "1"],
  ["{input == null ? 'none' : 'some'}", "none"],
])("%s tells %s", (text, told) => {
  const message = parseMessage(text, scope);
  expect(typeof message === "string" ? message : message(variables)).toBe(told);
});

test.each([
  ["n is {output.n", "the brace at 6 is not closed"],
  ["{nobody}", /nobody/],
  ["{1 +}", /./],
])("%s cannot be read", (text, problem) => {
  expect(parseMessage(text, scope)).toMatch(problem);
});
