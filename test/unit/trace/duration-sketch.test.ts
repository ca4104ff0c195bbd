import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DurationSketch, RELATIVE_ERROR } from "../../../runtime/trace/duration-sketch.js";

/** From nothing to weeks, as a clock gives them. */
const duration = fc.oneof(
  fc.constant(0),
  fc.double({ min: 2e-6, max: 1, noNaN: true }),
  fc.double({ min: 1, max: 1e4, noNaN: true }),
  fc.integer({ min: 0, max: 2e9 }),
);
const durations = fc.array(duration, { minLength: 1, maxLength: 400 });
const quantiles = [0, 0.25, 0.5, 0.95, 0.99, 1];

function sketchOf(values: readonly number[]): DurationSketch {
  const sketch = new DurationSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function figures(sketch: DurationSketch): readonly unknown[] {
  return [sketch.count, sketch.min, sketch.max, ...quantiles.map((q) => sketch.quantile(q))];
}

describe("a sketch of durations", () => {
  it("knows the smallest, the mean and the greatest exactly", () => {
    fc.assert(
      fc.property(durations, (values) => {
        const { count, min, mean, max } = sketchOf(values);
        const sum = values.reduce((all, each) => all + each, 0);
        expect({ count, min, max, mean }).toEqual({
          count: values.length,
          min: Math.min(...values),
          max: Math.max(...values),
          mean: sum / values.length,
        });
      }),
    );
  });

  it("is within one percent of every percentile", () => {
    fc.assert(
      fc.property(durations, (values) => {
        const sorted = values.toSorted((a, b) => a - b);
        const sketch = sketchOf(values);
        for (const q of quantiles) {
          const exact = sorted[Math.floor(q * (values.length - 1))] ?? Number.NaN;
          expect(Math.abs((sketch.quantile(q) ?? Number.NaN) - exact)).toBeLessThanOrEqual(exact * RELATIVE_ERROR * (1 + 1e-9));
        }
      }),
    );
  });

  it("comes to the same, merged or taken one by one", () => {
    fc.assert(
      fc.property(fc.array(fc.array(duration, { maxLength: 60 }), { minLength: 1, maxLength: 5 }), (parts) => {
        const merged = new DurationSketch();
        for (const part of parts) merged.merge(sketchOf(part));
        const whole = sketchOf(parts.flat());
        expect(figures(merged)).toEqual(figures(whole));
        if (whole.mean !== undefined) expect(merged.mean).toBeCloseTo(whole.mean, 6);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps as much of a hundred thousand durations as of a few: what their spread asks for", () => {
    // From a microsecond to an hour, evenly over the orders of magnitude.
    const spread = (count: number): DurationSketch =>
      sketchOf(Array.from({ length: count }, (_each, index) => 1e-3 * 3.6e9 ** (index / (count - 1))));
    expect(spread(100_000).size).toBe(spread(3000).size);
    expect(spread(100_000).size).toBeLessThanOrEqual(2048);
  });

  it("is bounded whatever it is given", () => {
    const wild = sketchOf([Number.MIN_VALUE, 1e-300, 1e300, 1e-3, 5]);
    expect(wild.size).toBeLessThanOrEqual(2048);
    expect([wild.count, wild.max]).toEqual([5, 1e300]);
  });

  it("says nothing before the first", () => {
    expect(figures(new DurationSketch())).toEqual([0, undefined, undefined, ...quantiles.map(() => undefined)]);
  });
});
