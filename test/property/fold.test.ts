import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, editDocument, parseDocument } from "../../runtime/index.js";
import { fold, type Folded } from "../../runtime/document/fold/fold.js";
import { graphText, type ShortGraph } from "../support/graph-text.js";
import { runText } from "../support/run-texts.js";
import type { Handlers } from "../unit/run/harness.js";
import { branched, branchedGraph, graphOf, handlersOf, loopOf, partOf, samples } from "./random-parts.js";

const target = { path: "./inner", title: "Inner", rebase: (path: string) => path };

/** The text of the outer document after a fold. */
function outerText(text: string, { intents }: Folded): string {
  const edited = editDocument(parseDocument(text), intents);
  if (!edited.ok) throw new Error(edited.message);
  return applyEdits(text, edited.edits);
}

/** What was seen of the folds that were tried. */
class Tried {
  readonly #counts = new Map<string, number>();

  count(what: string, is = true): void {
    this.#counts.set(what, this.of(what) + (is ? 1 : 0));
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }
}

/** Folds, and runs both; what it comes to as it was is what the fold promises. */
async function check(tried: Tried, graph: ShortGraph, part: readonly string[], handlers: Handlers): Promise<void> {
  const text = graphText(graph);
  const parsed = parseDocument(text);
  fc.pre(parsed.valid);
  const folded = fold(parsed, part, target);
  tried.count(folded.ok ? "folded" : "refused");
  if (!folded.ok) return;
  const before = await runText(text, { handlers });
  fc.pre(before.status === "completed"); // what it comes to when it is broken off depends on the number of supersteps
  const outer = outerText(text, folded);
  const after = await runText(outer, { handlers, others: { "./inner": folded.text } });
  const { [`${folded.node}_to`]: _way, ...channels } = after.channels;
  expect({ status: after.status, channels }, `${outer}\n${folded.text}`).toEqual({ status: "completed", channels: before.channels });
  const supersteps = after.session.trace.flatMap((event) => (event.type === "superstep-started" ? [event.due] : []));
  const ran = supersteps.filter((due) => due.includes(folded.node));
  tried.count("by a channel", folded.text.includes("inner_to"));
  tried.count(
    "beside others",
    ran.some((due) => due.length > 1),
  );
  tried.count("more than once", ran.length > 1);
}

describe("a fold leaves what a run comes to as it was, or is refused:", () => {
  test("in graphs with branches and loops", async () => {
    const tried = new Tried();
    await fc.assert(
      fc.asyncProperty(fc.oneof(samples, samples.map(loopOf)), (sample) =>
        check(tried, graphOf(sample), partOf(sample), handlersOf(sample)),
      ),
      { numRuns: 500 },
    );
    // What is checked is worth something only if enough was folded, in every way.
    expect(tried.of("folded")).toBeGreaterThan(tried.of("refused") / 2);
    for (const what of ["by a channel", "more than once"]) expect([what, tried.of(what) > 5]).toEqual([what, true]);
  });

  test("beside what runs at the same time", async () => {
    const tried = new Tried();
    await fc.assert(
      fc.asyncProperty(branched, (sample) => {
        const { graph, part } = branchedGraph(sample);
        fc.pre(part.length > 0);
        return check(tried, graph, part, {});
      }),
      { numRuns: 300 },
    );
    for (const what of ["folded", "refused", "beside others"]) expect([what, tried.of(what) > 20]).toEqual([what, true]);
  });
});
