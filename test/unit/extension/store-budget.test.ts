import { expect, test } from "vitest";
import { StoreBudget } from "../../../extension/run/store-budget.js";
import { StoreSizes } from "../../../extension/run/store-sizes.js";
import { MemoryStore } from "../../../runtime/index.js";
import { ManualClock } from "../../support/manual-clock.js";

function watched(budget: number | undefined) {
  const clock = new ManualClock();
  const world = { bytes: 0, looked: 0 };
  const look = (): number => {
    world.looked += 1;
    return world.bytes;
  };
  return { budget: new StoreBudget(look, () => budget, clock), world, clock };
}

test("who outgrows the budget is told of once, whatever grows then", () => {
  const { budget, world, clock } = watched(100);
  world.bytes = 100;
  expect(budget.moved("a")).toBeUndefined();
  world.bytes = 101;
  clock.advance(10_000);
  expect(budget.moved("a")).toEqual({ directory: "a", bytes: 101, budget: 100 });
  clock.advance(60_000);
  expect([budget.moved("a"), budget.moved("b")]).toEqual([undefined, undefined]);
});

test("a run that moves fast is not looked at for each step", () => {
  const { budget, world, clock } = watched(100);
  for (let step = 0; step < 1000; step += 1) budget.moved("a");
  expect(world.looked).toBe(1);
  clock.advance(10_000);
  budget.moved("a");
  budget.moved("b");
  expect(world.looked).toBe(3);
});

test("without a budget nothing is looked at", () => {
  const { budget, world } = watched(undefined);
  expect([budget.moved("a"), world.looked]).toEqual([undefined, 0]);
});

test("sizes of runs are added up where that is quick, once in a while, and else when they are asked for", () => {
  const clock = new ManualClock();
  const world = { bytes: 1000, counted: 0 };
  class Counting extends MemoryStore {
    override sizes() {
      world.counted += 1;
      clock.advance(10);
      return [{ run: "r", checkpoints: 2, bytes: world.bytes }];
    }
  }
  const store = new Counting();
  const sizes = new StoreSizes({ existing: () => store, bytes: () => world.bytes }, clock);
  for (let row = 0; row < 100; row += 1) expect(sizes.of("a").get("r")).toBe(1000);
  expect(world.counted).toBe(1);
  clock.advance(90);
  world.bytes = 2 ** 30;
  expect([sizes.of("a").get("r"), world.counted]).toEqual([1000, 1]);
  sizes.measure("a");
  expect([sizes.of("a").get("r"), world.counted]).toEqual([2 ** 30, 2]);
});
