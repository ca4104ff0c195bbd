import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backgroundClock, systemClock } from "../../../runtime/platform/system-clock.js";
import { ulidIds } from "../../../runtime/platform/ulid-ids.js";

describe("the system clock", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const day = 24 * 60 * 60 * 1000;

  it.each([0, 50, day, 2 ** 31 - 1, 2 ** 31, 90 * day])("calls back once, after %i ms and not before", (ms) => {
    const callback = vi.fn<() => void>();
    systemClock.after(ms, callback);
    if (ms > 0) vi.advanceTimersByTime(ms - 1);
    expect(callback).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(ms);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it.each([10, 60 * day])("does not call back once cancelled (%i ms)", (ms) => {
    const callback = vi.fn<() => void>();
    const cancel = systemClock.after(ms, callback);
    vi.advanceTimersByTime(ms - 1);
    cancel();
    vi.advanceTimersByTime(ms);
    expect(callback).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is held by its timers, and in the background is not", () => {
    vi.useRealTimers();
    const held = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = held();
    const cancelBackground = backgroundClock.after(1e6, () => {});
    expect(held()).toBe(before);
    const cancel = systemClock.after(1e6, () => {});
    expect(held()).toBe(before + 1);
    cancel();
    cancelBackground();
    expect(held()).toBe(before);
  });
});

describe("ids", () => {
  it("grow within a millisecond, with time, and when the clock is set back", () => {
    const times = [1000, 1000, 1000, 1001, 500, 500, 2000];
    const clock = { ...systemClock, now: () => times.shift() ?? 3000 };
    const ids = ulidIds(clock);
    const made = Array.from({ length: 1000 }, () => ids.next());
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(1000);
    for (const id of made) expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it("differ between two sources at one time", () => {
    const clock = { ...systemClock, now: () => 1000 };
    const [one, two] = [ulidIds(clock).next(), ulidIds(clock).next()];
    expect(one.slice(0, 10)).toBe(two.slice(0, 10));
    expect(one).not.toBe(two);
  });
});
