import { describe, expect, test } from "vitest";
import type { Verdict } from "../../../runtime/index.js";
import recorded from "../../golden/langgraph/edits.json" with { type: "json" };
import { playHere } from "./here.js";
import { judgementOf, type Continued, type Judgement } from "./paused-edit.js";
import { twelve } from "./twelve.js";

const there: Readonly<Record<string, Continued>> = recorded.continued;

/** What LangGraph.js does, the verdict here, what is done here. */
const table: readonly (readonly [there: Judgement, verdict: Verdict, here: Judgement])[] = [
  ["ended early", "mapped", "correct"],
  ["ended early", "mapped", "correct"],
  ["ended early", "unaffected", "correct"],
  ["wrong", "mapped", "correct"],
  ["ended early", "replay", "refused"],
  ["ended early", "mapped", "correct"],
  ["wrong", "mapped", "correct"],
  ["wrong", "mapped", "correct"],
  ["wrong", "migrate", "refused"],
  ["refused", "migrate", "refused"],
  ["wrong", "mapped", "correct"],
  ["correct", "unaffected", "correct"],
];

describe("twelve edits of a paused run", () => {
  test("each has been recorded", () => expect(Object.keys(there)).toEqual(twelve.map(({ name }) => name)));

  test.each(twelve.map((edit, index) => [edit.name, edit, table[index]] as const))("%s", async (name, edit, expected) => {
    const { verdict, ...here } = await playHere(edit);
    const peer = there[name];
    expect([peer && judgementOf(edit, peer), verdict, judgementOf(edit, here)]).toEqual(expected);
  });
});
