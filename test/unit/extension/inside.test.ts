import { expect, test } from "vitest";
import { isInside } from "../../../extension/editor/inside.js";

test.each([
  ["/w", "/w/a", true],
  ["/w", "/w", false],
  ["/w", "/wide/a", false],
  ["/w", "/w/..a", true],
  ["/w", "/x/a", false],
])("isInside(%s, %s)", (root, path, inside) => expect(isInside(root, path)).toBe(inside));
