import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectFolder } from "../../unit/cli/command-line.js";
import { differences, type Difference } from "./differences.js";
import { play } from "./here.js";
import pinned from "./pinned.json" with { type: "json" };
import { DIGEST_LENGTH, digestOf, nextMove, randomScenario, summary, type OpenScenario } from "./random-scenario.js";
import golden from "./random-scenarios.json" with { type: "json" };
import type { MoveTrace } from "./scenario.js";
import recorded from "./scenarios.json" with { type: "json" };
import { scenarios } from "./scenarios.js";

// What LangGraph.js does was recorded by `npm run conformance:record`.

/** There the input has a checkpoint of its own, before the first superstep: the only difference that is in every scenario. */
const INPUT_CHECKPOINT = ", -1: @start";

const traces: Readonly<Record<string, readonly MoveTrace[]>> = recorded.traces;
const fields = ["told", "ended", "status", "due", "log", "streamed", "cached", "history"] as const;

function differing(there: readonly MoveTrace[], here: readonly MoveTrace[]): Omit<Difference, "because">[] {
  return there.flatMap((trace, move) => {
    if (trace.history !== "") expect(trace.history).toContain(INPUT_CHECKPOINT);
    const comparable = { ...trace, history: trace.history.replace(INPUT_CHECKPOINT, "") };
    return fields.flatMap((field) => {
      const [a = "", b = ""] = [comparable[field], here[move]?.[field]];
      return a === b ? [] : [{ move, field, there: a, here: b }];
    });
  });
}

describe("scenarios run as in LangGraph.js, but for what is different on purpose", () => {
  test.each(Object.entries(scenarios))("%s", async (name, scenario) => {
    const here = await play(scenario, (_before, moves) => scenario.moves[moves]);
    const found = differing(traces[name] ?? [], here);
    expect(found).toEqual((differences[name] ?? []).map(({ because: _reason, ...difference }) => difference));
    expect(here).toHaveLength(scenario.moves.length);
  });

  test("every difference is in the documentation, with its reason", () => {
    const text = readFileSync(join(projectFolder, "docs", "differences-from-langgraph.md"), "utf8");
    const reasons = new Set(Object.values(differences).flatMap((each) => each.map(({ because }) => because)));
    expect([...reasons].filter((reason) => !text.includes(`\n| ${reason} |`))).toEqual([]);
    expect(Object.keys(differences).filter((name) => scenarios[name] === undefined)).toEqual([]);
  });
});

const traceOf = async (scenario: OpenScenario): Promise<string> => summary(await play(scenario, nextMove));

test("what once differed is pinned", async () => {
  for (const { scenario, there } of pinned.scenarios) expect(await traceOf(scenario as OpenScenario)).toBe(there);
});

/** In parts, so that none takes long. */
const PARTS = 8;

test.each(Array.from({ length: PARTS }, (_, part) => part))(
  "random graphs with questions, retries, sent tasks, goto and deferred joins run as in LangGraph.js, part %i",
  async (part) => {
    const count = golden.digests.length / DIGEST_LENGTH;
    expect(count).toBeGreaterThanOrEqual(2000);
    const differingSeeds: object[] = [];
    const seen = { asked: 0, failed: 0, retried: 0, sent: 0 };
    for (let seed = part; seed < count; seed += PARTS) {
      const scenario = randomScenario(seed);
      const trace = await traceOf(scenario);
      const digest = golden.digests.slice(seed * DIGEST_LENGTH, (seed + 1) * DIGEST_LENGTH);
      if (digestOf(trace) !== digest) differingSeeds.push({ seed, trace, scenario });
      seen.asked += Number(trace.includes("asks"));
      seen.failed += Number(trace.includes("failed"));
      seen.retried += Number(trace.includes("!-"));
      seen.sent += Number(trace.includes(":n"));
    }
    expect(differingSeeds).toEqual([]); // `npm run conformance:record` shows what LangGraph.js does, made as small as it can be
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(10);
  },
);
