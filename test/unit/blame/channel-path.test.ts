import { expect, test } from "vitest";
import { dottedOf, readPlace, settled, valueAt } from "../../../runtime/blame/channel-path.js";
import { pointerTo } from "../../../runtime/model/json-pointer.js";

test.each<[text: string, channel: string, pointer: string, dotted?: string]>([
  ["score", "score", ""],
  ["order.items[0].price", "order", "/items/0/price"],
  ["order/items/0/price", "order", "/items/0/price", "order.items[0].price"],
  ["messages[-1].text", "messages", "/-1/text", "messages.-1.text"],
  ['order["a \\" b"].c', "order", '/a " b/c'],
  ["order/a~1b/~0c", "order", "/a~1b/~0c", 'order["a/b"].~0c'.replace("~0", "~")],
  ["order/", "order", "/", 'order[""]'],
  ["a.b.c", "a", "/b/c"],
])("%s is a place", (text, channel, pointer, dotted = text) => {
  const place = readPlace(text);
  expect([place.channel, pointerTo(place.path), dottedOf(channel, pointer)]).toEqual([channel, pointer, dotted]);
});

test.each(["", "1a", "a b", "a[", "a[x]", "a.", 'a["x', 'a["\\x"]', "a..b", "a[0]x"])("%j is none", (text) => {
  expect(() => readPlace(text)).toThrow(expect.objectContaining({ code: "USAGE" }) as Error);
});

test("a path leads to what is there, and from the end of a list where it says so", () => {
  const value = { items: [{ n: 1 }, { n: 2 }], "-1": "name" };
  expect([valueAt(value, ["items", "1", "n"]), valueAt(value, ["items", "01"]), valueAt(value, ["toString"]), valueAt(3, ["x"])]).toEqual([
    2,
    undefined,
    undefined,
    undefined,
  ]);
  expect(settled(value, ["items", "-1", "n"])).toEqual(["items", "1", "n"]);
  expect(settled(value, ["-1"])).toEqual(["-1"]);
});
