import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, editDocument, parseDocument, type Intent } from "../../runtime/index.js";
import { fold } from "../../runtime/document/fold/fold.js";
import { inline } from "../../runtime/document/fold/inline.js";
import { graphText, type ShortGraph } from "../support/graph-text.js";
import { runText } from "../support/run-texts.js";
import type { Handlers } from "../unit/run/harness.js";
import { mappedTexts, mappings, type Mapping } from "./random-mapping.js";
import { branched, branchedGraph, graphOf, handlersOf, loopOf, partOf, samples, type Sample } from "./random-parts.js";

const same = (path: string): string => path;
const target = { path: "./inner", title: "Inner", rebase: same };

function edited(text: string, intents: readonly Intent[]): string {
  const outcome = editDocument(parseDocument(text), intents);
  if (!outcome.ok) throw new Error(outcome.message);
  return applyEdits(text, outcome.edits);
}

/** Folds, inlines again and runs what came back; counts what was seen. */
async function check(
  seen: Record<"inlined" | "refused", number>,
  graph: ShortGraph,
  part: readonly string[],
  handlers: Handlers,
): Promise<void> {
  const text = graphText(graph);
  const parsed = parseDocument(text);
  fc.pre(parsed.valid);
  const folded = fold(parsed, part, target);
  fc.pre(folded.ok);
  if (!folded.ok) return;
  const outer = edited(text, folded.intents);
  const inlined = inline(parseDocument(outer), folded.node, parseDocument(folded.text), same);
  seen[inlined.ok ? "inlined" : "refused"] += 1;
  if (!inlined.ok) return;
  const back = edited(outer, inlined.intents);
  const before = await runText(text, { handlers });
  fc.pre(before.status === "completed");
  const after = await runText(back, { handlers });
  const { [`${folded.node}_to`]: _way, ...channels } = after.channels;
  expect({ status: after.status, channels }, `${outer}\n${folded.text}\n${back}`).toEqual({
    status: "completed",
    channels: before.channels,
  });
}

/** Runs a graph with a mapped subgraph, inlines it and runs that; what both come to is compared by the channels of the first. */
async function checkMapped(seen: Map<string, number>, sample: Sample, mapping: Mapping): Promise<void> {
  const count = (what: string, is = true): unknown => seen.set(what, (seen.get(what) ?? 0) + (is ? 1 : 0));
  const text = graphText(graphOf(mapping.lasting ? loopOf(sample) : sample));
  const parsed = parseDocument(text);
  fc.pre(parsed.valid);
  const folded = fold(parsed, partOf(sample), target);
  fc.pre(folded.ok);
  if (!folded.ok) return;
  const { outer, inner } = mappedTexts({ outer: edited(text, folded.intents), inner: folded.text }, folded.node, mapping);
  const [here, there] = [parseDocument(outer), parseDocument(inner)];
  fc.pre(here.valid && there.valid);
  const inlined = inline(here, folded.node, there, same);
  count(inlined.ok ? "inlined" : "refused");
  if (!inlined.ok) return void count(inlined.reason.replaceAll(/"[^"]*"|`[^`]*`/g, "…"));
  const back = edited(outer, inlined.intents);
  const terms = { handlers: handlersOf(sample), input: mapping.free === undefined ? {} : { free: mapping.free } };
  const before = await runText(outer, { ...terms, others: { [target.path]: inner } });
  fc.pre(before.status === "completed");
  const after = await runText(back, terms);
  const channels = Object.fromEntries(Object.entries(after.channels).filter(([name]) => here.graph.channels.has(name)));
  const ran = before.session.trace.filter((event) => event.type === "superstep-started" && event.due.includes(folded.node)).length;
  expect({ status: after.status, channels }, `${outer}\n${inner}\n${back}`).toEqual({ status: "completed", channels: before.channels });
  count("compared");
  count("run again", ran > 1);
  for (const what of ["begin", "after"]) count(what, inlined.nodes.includes(`${what}_${folded.node}`));
}

describe("what was folded and is inlined again comes to what it came to before:", () => {
  test("in graphs with branches and loops", async () => {
    const seen = { inlined: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(samples, (sample) => check(seen, graphOf(sample), partOf(sample), handlersOf(sample))),
      { numRuns: 150 },
    );
    expect(seen.inlined).toBeGreaterThan(seen.refused * 4);
  });

  test("beside what runs at the same time", async () => {
    const seen = { inlined: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(branched, (sample) => {
        const { graph, part } = branchedGraph(sample);
        fc.pre(part.length > 0);
        return check(seen, graph, part, {});
      }),
      { numRuns: 100 },
    );
    expect(seen.inlined).toBeGreaterThan(20);
  });

  test("where values are mapped", async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(samples, mappings, (sample, mapping) => checkMapped(seen, sample, mapping)),
      { numRuns: 250 },
    );
    for (const what of ["refused", "compared", "run again", "begin", "after"])
      expect([what, (seen.get(what) ?? 0) > 20]).toEqual([what, true]);
  });
});
