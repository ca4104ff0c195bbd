import { expect, test } from "vitest";
import { namesIn } from "../../../runtime/expression/cel.js";

const free = (source: string): readonly string[] | undefined => namesIn(source)?.map(({ name, start }) => `${name}@${String(start)}`);

test("names are found at their places", () => {
  expect(free("order.total > limit")).toEqual(["order@0", "limit@14"]);
  expect(free("[a, {'k': b}][0] == (c ? d : -e) || !f || g['order']")).toEqual(["a@1", "b@10", "c@21", "d@25", "e@30", "f@37", "g@42"]);
  expect(free("size(order) + text.substring(start)")).toEqual(["order@5", "text@14", "start@29"]);
  expect(free("has(order.total)")).toEqual(["order@4"]);
});

test("a name that a macro gives is not taken from outside", () => {
  expect(free("items.filter(order, order.total > limit).map(x, x.id)")).toEqual(["items@0", "limit@34"]);
  expect(free("order.exists(order, order > 1) && order > 2")).toEqual(["order@0", "order@34"]);
});

test("what cannot be read has no names", () => {
  expect(free("order.")).toBeUndefined();
});
