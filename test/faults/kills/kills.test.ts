import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage } from "./stage.js";
import { play } from "./play.js";
import { faults } from "./protocol.js";
import { scenarioOf } from "./scenario.js";

// A sample of what `npm run kills` does.

/** Another one each time; what it was is in the message of what fails. */
const seed = Number(process.env["PATCHBAY_SEED"] ?? Math.floor(Math.random() * 1e9));
const KILLS = 10;
/** So many scenarios at most: whether a run is hit before its end, and what a kill hits, is a matter of chance. */
const TRIES = 8;

let stage: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => void (stage = await openStage()));
afterAll(() => stage.close());

describe("a run that is killed again and again", () => {
  it("loses nothing, repeats nothing, and ends as it would have", async () => {
    let kills = 0;
    for (let n = 0; kills < KILLS && n < TRIES; n += 1) {
      const { findings, hostKills, handlerKills } = await play(stage, scenarioOf(seed + n, KILLS));
      expect(findings, `PATCHBAY_SEED=${String(seed)}`).toEqual([]);
      kills += hostKills + handlerKills;
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS);
  });

  it.each(faults)("would be seen to be broken by %s", async (fault) => {
    for (let n = 0; n < TRIES; n += 1) {
      const scenario = { ...scenarioOf(seed + n, KILLS), durability: "async", policy: "every-superstep" } as const;
      const { findings } = await play(stage, scenario, fault);
      if (findings.length > 0) return;
    }
    expect.fail(`It was not, with PATCHBAY_SEED=${String(seed)}.`);
  });
});
