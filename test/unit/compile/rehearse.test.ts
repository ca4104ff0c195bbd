import { expect, test, vi } from "vitest";
import { rehearse } from "../../../runtime/index.js";
import { ManualClock } from "../../support/manual-clock.js";

test("a rehearsal recompiles as often as it is told, and leaves no timer", () => {
  const clock = new ManualClock();
  const asked = vi.spyOn(clock, "monotonic");
  rehearse(clock, 4);
  const few = asked.mock.calls.length;
  rehearse(clock, 12);
  expect(asked.mock.calls.length - few).toBeGreaterThan(2 * few);
  expect(clock.waiting).toBe(0);
});
