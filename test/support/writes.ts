import fc from "fast-check";
import { reducers } from "../../runtime/channels/reducers.js";
import type { ReducerName } from "../../runtime/model/graph.js";
import type { JsonValue } from "../../runtime/model/json.js";

/** Every reducer that folds by itself: a new one is tested as soon as it is in the table. */
export const reducerNames = (Object.keys(reducers) as readonly ReducerName[]).filter((name) => reducers[name].apart !== true);

/** Values that JSON keeps as they are: no -0, no `__proto__`. */
const json: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, "", "a", "é😀", 0, 1, 2, "1", [], {}, [1], { a: 1, b: 2 }, { b: 2, a: 1 }),
  fc.array(fc.nat(3), { maxLength: 3 }),
);
const id = fc.constantFrom<JsonValue>("a", "b", "c", 1, "1", 2);
const named = fc.record({ id, n: fc.nat(9) });
const message = fc.oneof(
  { weight: 5, arbitrary: named },
  { weight: 2, arbitrary: fc.record({ text: fc.constantFrom("x", "y") }) },
  { weight: 3, arbitrary: fc.record({ remove: id }) },
  { weight: 1, arbitrary: fc.constant({ remove: true }) },
);
const fields = fc.dictionary(fc.constantFrom("a", "b", "c", "10", "2", "toString"), fc.option(json, { freq: 3 }), {
  noNullPrototype: true,
});

function items(item: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> {
  return fc.oneof(item, fc.array(item, { maxLength: 5 }));
}

/** A random write that the reducer takes. `whole`: numbers without fractions, whose sums do not depend on the order. */
export function anyWrite(name: ReducerName, options: { readonly whole?: boolean } = {}): fc.Arbitrary<JsonValue> {
  const number = options.whole === true ? fc.integer({ min: -1000, max: 1000 }) : fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  switch (name) {
    case "last":
    case "latest":
    case "ephemeral":
    case "handler":
      return json;
    case "append":
    case "union":
      return items(fc.oneof(json, named));
    case "merge":
      return fields;
    case "messages":
      return items(message);
    case "sum":
    case "min":
    case "max":
      return number.map((each) => each + 0);
  }
}

/** A random default that a document may give, or none; `whole` as for writes. */
export function defaultOf(name: ReducerName, options: { readonly whole?: boolean } = {}): fc.Arbitrary<JsonValue | undefined> {
  const listed = fc.array(name === "messages" ? message : json, { maxLength: 3 });
  const some = ["append", "union", "messages"].includes(name) ? listed : anyWrite(name, options);
  return fc.option(some, { nil: undefined });
}
