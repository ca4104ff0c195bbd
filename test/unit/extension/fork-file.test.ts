import { expect, test } from "vitest";
import { forkName } from "../../../extension/run/fork-file.js";

test.each([
  ["shop.patchbay.json", 4, 1, "shop (superstep 4).patchbay.json"],
  ["shop.patchbay.json", 4, 2, "shop (superstep 4) 2.patchbay.json"],
  ["shop (superstep 4).patchbay.json", 6, 1, "shop (superstep 6).patchbay.json"],
  ["shop (superstep 4) 3.patchbay.json", 0, 2, "shop (superstep 0) 2.patchbay.json"],
  ["a (superstep one).patchbay.json", 1, 1, "a (superstep one) (superstep 1).patchbay.json"],
])("%s at superstep %d, number %d, is %s", (name, superstep, place, fork) => expect(forkName(name, superstep, place)).toBe(fork));
