import { expect, test } from "vitest";
import { savingOf } from "../../../runtime/checkpoint/policy.js";
import type { CheckpointPolicy } from "../../../runtime/model/graph.js";

const plain = { barrier: false, decided: false, asked: false };
const [barrier, decided, asked] = [
  { ...plain, barrier: true },
  { ...plain, decided: true },
  { ...plain, asked: true },
];

test.each<readonly [CheckpointPolicy, readonly (string | undefined)[]]>([
  ["every-superstep", ["superstep", "barrier-resolved", "decided", "explicit", "superstep"]],
  ["conservative", [undefined, "barrier-resolved", "decided", "explicit", undefined]],
  ["minimal", [undefined, "barrier-resolved", undefined, "explicit", undefined]],
  ["manual", [undefined, undefined, undefined, "explicit", undefined]],
  ["adaptive", [undefined, undefined, undefined, "explicit", "adaptive"]],
])("%s: plain, barrier, other question, asked for, worth it", (policy, expected) => {
  const cases = [plain, barrier, decided, asked].map((facts) => savingOf(policy, facts, () => ({ save: false, reason: "" })));
  const worth = savingOf(policy, plain, () => ({ save: true, reason: "why" }));
  expect([...cases, worth].map((saving) => saving?.trigger)).toEqual(expected);
  expect(worth?.reason).toBe(policy === "adaptive" ? "why" : undefined);
});
