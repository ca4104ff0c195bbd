import { describe, expect, test } from "vitest";
import { runHostSuite } from "./host-suite.js";

const { host, results } = await runHostSuite();

describe(`in the extension host (${host})`, () => {
  test.for(results)("$name", ({ error }) => {
    expect(error).toBeUndefined();
  });
});
