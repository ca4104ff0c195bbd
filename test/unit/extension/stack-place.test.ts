import { expect, test } from "vitest";
import { stackPlace } from "../../../extension/commands/stack-place.js";

const stacks: readonly (readonly [stack: string, place: unknown])[] = [
  ["Error: no\n    at flaky (/work/nodes/flaky.ts:11:9)", { path: "/work/nodes/flaky.ts", line: 11, column: 9 }],
  ["Error: no\n    at file:///work/a.ts:1:2\n    at b (/work/b.ts:3:4)", { path: "/work/a.ts", line: 1, column: 2 }],
  ["Error: no\n    at C:\\work\\a.ts:1:2", { path: "C:\\work\\a.ts", line: 1, column: 2 }],
  ["Error: at 10:20:30", undefined],
  ["", undefined],
];
test.each(stacks)("%j", (stack, place) => {
  expect(stackPlace(stack)).toEqual(place);
});
