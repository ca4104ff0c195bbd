import { describe, expect, it } from "vitest";
import { Coalescer } from "../../../extension/coalescer.js";
import { DisposableStore } from "../../../extension/dispose.js";
import { Emitter } from "../../../extension/emitter.js";
import { ManualClock } from "../../support/manual-clock.js";

describe("DisposableStore", () => {
  it("lets go in reverse order, once, and of late additions at once", () => {
    const store = new DisposableStore();
    const gone: string[] = [];
    store.defer(() => gone.push("first"));
    store.defer(() => gone.push("second"));
    store.dispose();
    store.dispose();
    store.defer(() => gone.push("late"));
    expect(gone).toEqual(["second", "first", "late"]);
  });

  it("lets go of the others when one fails, and tells", () => {
    const store = new DisposableStore();
    let gone = false;
    store.defer(() => (gone = true));
    store.defer(() => {
      throw new Error("stuck");
    });
    expect(() => store.dispose()).toThrow(AggregateError);
    expect(gone).toBe(true);
  });
});

describe("Emitter", () => {
  it("calls a listener as often as it was added, until its subscription ends", () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const listener = (value: number): void => void heard.push(value);
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    expect(heard).toEqual([1, 1, 2]);
  });
});

describe("Coalescer", () => {
  const start = () => {
    const clock = new ManualClock();
    const times: number[] = [];
    return { clock, times, coalescer: new Coalescer(clock, 10, () => times.push(clock.monotonic())) };
  };

  it("delivers the first at once, then at most one an interval, and always one after the last request", () => {
    const { clock, times, coalescer } = start();
    for (let i = 0; i < 25; i += 1) {
      coalescer.request();
      clock.advance(1);
    }
    clock.advance(100);
    expect(times).toEqual([0, 10, 20, 30]);
  });

  it("delivers at once again after a quiet interval", () => {
    const { clock, times, coalescer } = start();
    coalescer.request();
    clock.advance(50);
    coalescer.request();
    expect(times).toEqual([0, 50]);
  });

  it("delivers later, where it is to", () => {
    const clock = new ManualClock();
    const times: number[] = [];
    const coalescer = new Coalescer(clock, 10, () => times.push(clock.monotonic()), 4);
    for (let i = 0; i < 25; i += 1) {
      coalescer.request();
      clock.advance(1);
    }
    clock.advance(100);
    expect(times).toEqual([4, 14, 24, 34]);
  });

  it("delivers nothing after a reset or disposal, and leaves no timer", () => {
    const { clock, times, coalescer } = start();
    coalescer.request();
    coalescer.request();
    coalescer.reset();
    expect(clock.waiting).toBe(0);
    coalescer.request();
    coalescer.dispose();
    coalescer.request();
    clock.advance(100);
    expect([times, clock.waiting]).toEqual([[0], 0]);
  });
});
