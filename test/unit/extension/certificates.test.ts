import { describe, expect, it } from "vitest";
import { Certificates, type AskedRun } from "../../../extension/run/certificates.js";
import type { Certificate, Finding, Plan } from "../../../runtime/index.js";
import { ManualClock } from "../../support/manual-clock.js";
import { compile } from "../run/harness.js";

const planOf = (): Plan => compile({ nodes: { a: {} }, edges: { e: "@start -> a" } }).plan;
const finding: Finding = { kind: "task-gone", message: "gone", place: { entity: "node", id: "a" } };
const certificate = (checkpoint: string, part: Partial<Certificate> = {}): Certificate => ({
  checkpoint,
  superstep: 1,
  verdict: "unaffected",
  findings: [],
  ...part,
});

/** Certificates over a source that counts how often it is asked. */
function open() {
  const clock = new ManualClock();
  const looked: string[] = [];
  const world = { plan: planOf() as Plan | undefined, cost: 0, error: undefined as Error | undefined };
  const certificates = new Certificates(
    {
      plan: () => world.plan,
      certify: (run) => {
        looked.push(run);
        clock.advance(world.cost);
        if (world.error !== undefined) throw world.error;
        return [certificate(`${run}-2`, { verdict: "replay", findings: [finding] }), certificate(`${run}-1`)];
      },
    },
    clock,
  );
  let changes = 0;
  certificates.onDidChange(() => (changes += 1));
  return { clock, looked, world, certificates, changes: () => changes };
}

const run = (id: string, head = "h1"): AskedRun => ({ id, head });

describe("certificates", () => {
  it("are found when they are asked for, not on the spot", () => {
    const { clock, looked, certificates, changes } = open();
    expect([certificates.of(run("r")), looked]).toEqual([undefined, []]);
    clock.advance(1_000);
    expect([certificates.of(run("r"))?.summary.unsafe, looked, changes()]).toEqual([1, ["r"], 1]);
  });

  it("are not found again while neither plan nor run has moved", () => {
    const { clock, looked, world, certificates } = open();
    for (let times = 0; times < 5; times += 1) {
      certificates.of(run("r"));
      clock.advance(1_000);
    }
    expect(looked).toEqual(["r"]);
    certificates.of(run("r", "h2"));
    clock.advance(1_000);
    world.plan = planOf();
    certificates.of(run("r", "h2"));
    clock.advance(1_000);
    expect(looked).toEqual(["r", "r", "r"]);
  });

  it("are not found again where a run goes to another of its checkpoints, unless there was a new one meanwhile", () => {
    const { clock, looked, certificates } = open();
    const look = (head: string): readonly string[] => {
      certificates.of(run("r", head));
      clock.advance(1_000);
      return looked;
    };
    expect([look("r-2").length, look("r-1").length, look("r-2").length]).toEqual([1, 1, 1]);
    certificates.of(run("r", "new"));
    certificates.of(run("r", "r-1"));
    clock.advance(1_000);
    expect(looked).toHaveLength(2);
  });

  it("cost nothing while nobody asks", () => {
    const { clock, looked, world, certificates } = open();
    certificates.of(run("r"));
    clock.advance(1_000);
    for (let edits = 0; edits < 10; edits += 1) {
      world.plan = planOf();
      clock.advance(1_000);
    }
    expect([looked, clock.waiting]).toEqual([["r"], 0]);
  });

  it("are found once for a burst of edits, and shown as they were until then", () => {
    const { clock, looked, world, certificates } = open();
    certificates.of(run("r"));
    clock.advance(1_000);
    for (let edits = 0; edits < 10; edits += 1) {
      world.plan = planOf();
      expect(certificates.of(run("r"))?.summary.total).toBe(2);
    }
    clock.advance(1_000);
    expect(looked).toEqual(["r", "r"]);
  });

  it("are found of the urgent run first", () => {
    const { clock, looked, certificates } = open();
    for (const id of ["a", "b"]) certificates.of(run(id));
    certificates.of(run("c"), true);
    clock.advance(1_000);
    expect(looked).toEqual(["c", "a", "b"]);
  });

  it("are found on the spot for a person who waits", () => {
    const { clock, looked, certificates } = open();
    expect(certificates.now(run("r"))?.summary.unsafe).toBe(1);
    expect([certificates.now(run("r"))?.summary.unsafe, looked, clock.waiting]).toEqual([1, ["r"], 0]);
  });

  it("take a tenth of the time at most, also where one run moves on and on", () => {
    const { clock, looked, world, certificates } = open();
    world.cost = 50;
    for (let ms = 0; ms < 10_000; ms += 10) {
      certificates.of(run("r", `h${String(ms)}`));
      clock.advance(10);
    }
    expect(looked.length).toBeLessThanOrEqual(20);
    expect(looked.length).toBeGreaterThan(10);
  });

  it("rest between one run and the next", () => {
    const { clock, looked, world, certificates } = open();
    world.cost = 50;
    for (const id of ["a", "b", "c"]) certificates.of(run(id));
    clock.advance(100);
    const began = clock.monotonic();
    while (looked.length < 3) clock.advance(1);
    expect(clock.monotonic() - began).toBeGreaterThanOrEqual(2 * 9 * world.cost);
  });

  it("say why there are none, once, where a store cannot be read", () => {
    const { clock, looked, world, certificates } = open();
    world.error = new Error("damaged");
    certificates.of(run("r"));
    clock.advance(1_000);
    expect([certificates.of(run("r"))?.error, certificates.known("r")?.summary.total]).toEqual(["damaged", 0]);
    clock.advance(1_000);
    expect(looked).toEqual(["r"]);
  });

  it("wait for a plan, and end with what holds them", () => {
    const { clock, looked, world, certificates } = open();
    world.plan = undefined;
    certificates.of(run("r"));
    clock.advance(1_000);
    world.plan = planOf();
    certificates.of(run("r"));
    certificates.dispose();
    certificates.of(run("s"));
    clock.advance(1_000);
    expect([looked, clock.waiting]).toEqual([[], 0]);
  });
});
