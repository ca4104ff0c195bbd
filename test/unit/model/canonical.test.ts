import fc from "fast-check";
import { expect, test } from "vitest";
import { CanonicalBytes } from "../../../runtime/model/canonical-bytes.js";
import { canonical } from "../../../runtime/model/canonical.js";

const texts: readonly (readonly [unknown, string])[] = [
  [{ b: 1, a: [true, null, -0.5] }, '{"a":[true,null,-0.5],"b":1}'],
  [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
  [{}, "{}"],
  [[], "[]"],
  ['"\\\n\u007f', '"\\"\\\\\\n\u007f"'],
  [{ é: "😀", "\ud800": "\udc00" }, '{"é":"😀","\\ud800":"\\udc00"}'],
];

test.each(texts)("the canonical text of %j", (value, expected) => expect(canonical(value)).toBe(expected));

test("written as bytes it is the same text, whatever was written before", () => {
  const bytes = new CanonicalBytes();
  const decoder = new TextDecoder();
  const long = fc.string({ unit: "binary", maxLength: 3_000 });
  const wide = fc.dictionary(fc.string({ unit: "binary" }), fc.integer(), { minKeys: 17, maxKeys: 40 });
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.object(), long, wide)), (values) => {
      for (const value of values) expect(decoder.decode(bytes.of(value))).toBe(canonical(value));
    }),
  );
});
