import { expect, test } from "vitest";
import { HoldableClock } from "../../../runtime/platform/holdable-clock.js";
import { ManualClock } from "../../support/manual-clock.js";

function held() {
  const real = new ManualClock();
  const clock = new HoldableClock(real);
  const rang: string[] = [];
  const ring = (name: string, ms: number) => clock.after(ms, () => rang.push(name));
  return { real, clock, rang, ring };
}

test("it goes as the other clock goes, until it is held; then no time passes and nothing comes due", () => {
  const { real, clock, rang, ring } = held();
  const began = clock.monotonic();
  ring("before", 100);
  ring("after", 300);
  real.advance(200);
  const release = clock.hold();
  real.advance(5_000);
  expect([rang, clock.monotonic() - began]).toEqual([["before"], 200]);
  release();
  real.advance(99);
  expect(rang).toEqual(["before"]);
  real.advance(1);
  expect([rang, clock.monotonic() - began]).toEqual([["before", "after"], 300]);
});

test("a timer that is set, or cancelled, while it is held is so when it goes on", () => {
  const { real, clock, rang, ring } = held();
  const release = clock.hold();
  ring("kept", 50);
  ring("cancelled", 50)();
  real.advance(1_000);
  release();
  real.advance(49);
  expect(rang).toEqual([]);
  real.advance(1);
  expect(rang).toEqual(["kept"]);
});

test("who holds it twice lets go twice; letting go once more is nothing", () => {
  const { real, clock, rang, ring } = held();
  ring("rang", 10);
  const [first, second] = [clock.hold(), clock.hold()];
  first();
  first();
  real.advance(100);
  expect(rang).toEqual([]);
  second();
  real.advance(10);
  expect(rang).toEqual(["rang"]);
});

test("what people read goes on", () => {
  const { real, clock } = held();
  const began = clock.now();
  clock.hold();
  real.advance(70);
  expect(clock.now() - began).toBe(70);
});
