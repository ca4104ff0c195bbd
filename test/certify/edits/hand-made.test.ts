import { describe, expect, test } from "vitest";
import { handMade } from "./all.js";
import { check } from "./check.js";

describe.each(Object.entries(handMade))("edits of %s", (_, edits) => {
  test.each(edits.map((edit) => [edit.name, edit] as const))("%s", async (_name, edit) => {
    await check(edit);
  });
});

test("each edit has a name of its own", () => {
  const names = Object.values(handMade).flatMap((edits) => edits.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});
