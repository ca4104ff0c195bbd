import { afterAll, describe, expect, test } from "vitest";
import type { Verdict } from "../../../runtime/index.js";
import { expectSection, tableLines } from "../../support/doc-section.js";
import recorded from "../../golden/langgraph/edits.json" with { type: "json" };
import { playHere } from "./here.js";
import { judgementOf, type Continued, type Judgement, type PausedEdit } from "./paused-edit.js";
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

const rows: string[][] = [];
const quoted = (log: string): string => `\`${log}\``;

/** A cell of the table in the documentation. */
function told(edit: PausedEdit, continued: Continued): string {
  const { status, log } = continued;
  const judgement = judgementOf(edit, continued);
  return judgement === "refused" ? `refused: \`${status.split(": ")[1]}\`` : `${judgement}: ${quoted(log)}`;
}

describe("twelve edits of a paused run", () => {
  afterAll(() => {
    if (rows.length < twelve.length) return; // only some were asked for
    expectSection("certificates.md", "twelve", tableLines(["edit", "expected", recorded.recordedFrom, "Patchbay"], rows));
  });

  test("each has been recorded", () => expect(Object.keys(there)).toEqual(twelve.map(({ name }) => name)));

  test.each(twelve.map((edit, index) => [edit.name, edit, table[index]] as const))("%s", async (name, edit, expected) => {
    const { verdict, ...here } = await playHere(edit);
    const peer = there[name];
    if (peer !== undefined) rows.push([name, quoted(edit.right), told(edit, peer), `*${verdict}*, ${told(edit, here)}`]);
    expect([peer && judgementOf(edit, peer), verdict, judgementOf(edit, here)]).toEqual(expected);
  });
});
