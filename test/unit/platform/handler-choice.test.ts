import { describe, expect, it } from "vitest";
import { type Candidate, choose } from "../../../runtime/platform/handler-pool/choose.js";
import { Pulse } from "../../../runtime/platform/handler-pool/pulse.js";
import { ManualClock } from "../../support/manual-clock.js";

const KB = 1024;

interface Named extends Candidate {
  readonly name: string;
  readonly lacking: number;
}

const idle = (name: string, more: Partial<Named> = {}): Named => ({
  name,
  atWork: 0,
  awaited: 0,
  exclusive: 0,
  ahead: 64,
  accepts: true,
  lacking: 0,
  ...more,
});

describe("the process for a call", () => {
  it.each<readonly [string, readonly Named[], string | undefined]>([
    ["the first of idle ones", [idle("a"), idle("b")], "a"],
    ["the one that is idle", [idle("a", { atWork: 1 }), idle("b")], "b"],
    ["the one that has the values", [idle("a", { lacking: 10 * KB }), idle("b")], "b"],
    ["the one that has the large values, though it is at work", [idle("a", { lacking: 5000 * KB }), idle("b", { atWork: 3 })], "b"],
    ["another than the one that has small values and is at work", [idle("a", { lacking: 10 * KB }), idle("b", { atWork: 1 })], "a"],
    ["the one that answers, though it has more at work", [idle("a", { atWork: 2, awaited: 2 }), idle("b", { atWork: 5 })], "b"],
    ["not one that takes none", [idle("a", { accepts: false }), idle("b", { atWork: 9 })], "b"],
    ["not one that is full", [idle("a", { atWork: 10 })], undefined],
    ["not one that has as many ahead as it may", [idle("a", { atWork: 1, awaited: 1, ahead: 1 })], undefined],
    ["another than the one that is kept busy", [idle("a", { atWork: 1, exclusive: 1 }), idle("b", { atWork: 9 })], "b"],
    ["the one that is kept busy, where there is no other", [idle("a", { atWork: 1, exclusive: 1 })], "a"],
    ["none of none", [], undefined],
  ])("is %s", (_name, candidates, expected) => {
    expect(choose(candidates, 10, ({ lacking }) => lacking)?.name).toBe(expected);
  });

  it.each<readonly [string, readonly Named[], string | undefined]>([
    [
      "the one without another such call, though it has more at work",
      [idle("a", { atWork: 1, exclusive: 1 }), idle("b", { atWork: 30 })],
      "b",
    ],
    ["none while each has one", [idle("a", { atWork: 1, exclusive: 1 })], undefined],
  ])("that keeps a processor busy is %s", (_name, candidates, expected) => {
    expect(choose(candidates, 100, ({ lacking }) => lacking, true)?.name).toBe(expected);
  });
});

describe("a pulse", () => {
  const patient = () => {
    const told: (number | string)[] = [];
    let busy = true;
    const clock = new ManualClock();
    const pulse = new Pulse(clock, { isBusy: () => busy, ping: () => told.push("ping"), silent: (ms) => told.push(ms) }, 10_000);
    return { told, clock, pulse, rest: () => (busy = false) };
  };

  it("asks each second, and tells for how long nothing was heard", () => {
    const { told, clock, pulse } = patient();
    pulse.watch();
    pulse.watch();
    for (let i = 0; i < 4; i += 1) clock.advance(1000);
    expect(told).toEqual(["ping", 1000, "ping", 2000, "ping", 3000, "ping"]);
    pulse.heard();
    clock.advance(1000);
    expect(told.slice(7)).toEqual(["ping"]);
  });

  it("rests when there is nothing to wait for", () => {
    const { told, clock, pulse, rest } = patient();
    pulse.watch();
    rest();
    clock.advance(5000);
    expect(told).toEqual([]);
  });
});
