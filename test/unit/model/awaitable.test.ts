import { expect, test } from "vitest";
import { allOf } from "../../../runtime/model/awaitable.js";

const later = async <Value>(value: Value, ended: Value[] = []): Promise<Value> => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  ended.push(value);
  return value;
};

const fail = (words: string): never => {
  throw new Error(words);
};

test("what is there at once is given at once", () => expect(allOf([1, 2], (n) => n * 2)).toEqual([2, 4]));

test("what comes is waited for, in the order of the items", async () => {
  const all = allOf([1, 2, 3], (n) => (n === 2 ? n : later(n)));
  expect(all).toBeInstanceOf(Promise);
  expect(await all).toEqual([1, 2, 3]);
});

test("what throws at once, with nothing at work, is thrown at once, and nothing more is begun", () => {
  const begun: number[] = [];
  const work = (n: number): number => (begun.push(n) > 1 ? fail("second") : n);
  expect(() => allOf([1, 2, 3], work)).toThrow("second");
  expect(begun).toEqual([1, 2]);
});

test("what throws at once while others are at work is thrown once they have ended", async () => {
  const ended: number[] = [];
  await expect(allOf([1, 2], (n) => (n === 1 ? later(n, ended) : fail("second")))).rejects.toThrow("second");
  expect(ended).toEqual([1]);
});

test("what fails later is thrown once all have ended, the first of the items first; no other goes unheard", async () => {
  const ended: number[] = [];
  const work = (n: number): Promise<number> => (n === 3 ? later(n, ended) : later(n, ended).then(() => fail(`item ${n}`)));
  await expect(allOf([1, 2, 3], work)).rejects.toThrow("item 1");
  expect(ended).toEqual([1, 2, 3]);
});
