import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits, editDocument, parseDocument } from "../../runtime/index.js";
import type { Graph } from "../../runtime/model/graph.js";
import { fold } from "../../runtime/document/fold/fold.js";
import { graphText } from "../support/graph-text.js";
import { runText } from "../support/run-texts.js";
import { branched, branchedGraph, graphOf, handlersOf, partOf, samples } from "./random-parts.js";
import { withoutReducers } from "./random-mapping.js";
import type { Handlers } from "../unit/run/harness.js";

const target = { path: "./inner", title: "Inner", rebase: (path: string) => path };

/** Folds a part, renames a channel outside, and runs both. `chosen`: which one, by the channels of the graph that the node runs. */
async function check(
  seen: Map<string, number>,
  { text, part, handlers }: { readonly text: string; readonly part: readonly string[]; readonly handlers: Handlers },
  chosen: (inner: Graph["channels"]) => string | undefined,
): Promise<void> {
  const count = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);
  const parsed = parseDocument(text);
  fc.pre(parsed.valid);
  const folded = fold(parsed, part, target);
  fc.pre(folded.ok);
  if (!folded.ok) return;
  const channel = chosen(parseDocument(folded.text).graph.channels);
  fc.pre(channel !== undefined);
  if (channel === undefined) return;
  const made = editDocument(parsed, folded.intents);
  if (!made.ok) throw new Error(made.message);
  const outer = applyEdits(parsed.text, made.edits);
  const renamed = editDocument(parseDocument(outer), [{ type: "channel/rename", name: channel, to: "fresh" }], () =>
    parseDocument(folded.text),
  );
  if (!renamed.ok) return void count("refused");
  const after = applyEdits(outer, renamed.edits);
  const terms = { handlers, others: { [target.path]: folded.text } };
  const before = await runText(outer, terms);
  fc.pre(before.status === "completed");
  const ended = await runText(after, terms);
  const { fresh, ...others } = ended.channels;
  expect(
    { status: ended.status, channels: fresh === undefined ? others : { ...others, [channel]: fresh } },
    `${outer}\n${folded.text}\n${after}`,
  ).toEqual({
    status: "completed",
    channels: before.channels,
  });
  count(after.includes('"out"') ? "said" : "of no concern");
}

const channelsInTurn = fc.shuffledSubarray(["x", "y", "least", "log", "talk"], { minLength: 5 });
const mostly = fc.constantFrom(true, true, true, false);

test("a channel that a node shares is called otherwise and comes to what it came to", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(samples, channelsInTurn, mostly, mostly, (sample, names, shared, lasting) => {
      const document = JSON.parse(graphText(graphOf(sample))) as Parameters<typeof withoutReducers>[0];
      if (lasting) withoutReducers(document);
      return check(seen, { text: JSON.stringify(document), part: partOf(sample), handlers: handlersOf(sample) }, (inner) =>
        names.find((name) => !shared || inner.has(name)),
      );
    }),
    { numRuns: 120 },
  );
  for (const what of ["refused", "said", "of no concern"]) expect([what, (seen.get(what) ?? 0) > 4]).toEqual([what, true]);
});

test("also beside what runs at the same time", async () => {
  const seen = new Map<string, number>();
  const list = { schema: { type: "array" }, reducer: "union" };
  await fc.assert(
    fc.asyncProperty(branched, fc.constantFrom("l", "r"), fc.boolean(), (sample, channel, last) => {
      const { graph, part } = branchedGraph(sample);
      fc.pre(part.length > 0);
      const channels = { ...graph.channels, l: last ? { schema: { type: "array" }, default: [] } : list, r: list };
      return check(seen, { text: graphText({ ...graph, channels }), part, handlers: {} }, () => channel);
    }),
    { numRuns: 40 },
  );
  expect(seen.get("said")).toBeGreaterThan(8);
});
