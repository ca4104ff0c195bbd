import { expect, test } from "vitest";
import { Dependents } from "../../../runtime/compile/workspace/dependents.js";

/** Dependents from lines such as `/a: ./x.ts=/x.ts`. */
function dependentsOf(lines: Readonly<Record<string, Readonly<Record<string, string>>>>): Dependents {
  const dependents = new Dependents();
  for (const [graph, needs] of Object.entries(lines)) dependents.set(graph, new Map(Object.entries(needs)));
  return dependents;
}

const check = (dependents: Dependents, path: string, expected: Readonly<Record<string, string>>): void =>
  expect(Object.fromEntries(dependents.of(path).map(({ graph, reason }) => [graph, reason]))).toEqual(expected);

test("those who run a file, those who contain them, and nobody else", () => {
  const dependents = dependentsOf({
    "/inner": { "/x.ts": "./x.ts" },
    "/outer": { "/inner": "./inner", "/y.ts": "./y.ts" },
    "/outermost": { "/outer": "../outer" },
    "/other": { "/y.ts": "./y.ts" },
  });
  check(dependents, "/x.ts", { "/inner": "./x.ts changed", "/outer": "graph ./inner changed", "/outermost": "graph ../outer changed" });
  check(dependents, "/y.ts", { "/outer": "./y.ts changed", "/other": "./y.ts changed", "/outermost": "graph ../outer changed" });
  check(dependents, "/outer", { "/outermost": "graph ../outer changed" });
  check(dependents, "/outermost", {});
  check(dependents, "/z.ts", {});
});

test("graphs that contain one another, and themselves", () => {
  const dependents = dependentsOf({ "/a": { "/b": "./b", "/a": "./a" }, "/b": { "/a": "./a", "/x.ts": "./x.ts" } });
  check(dependents, "/a", { "/b": "graph ./a changed" });
  check(dependents, "/x.ts", { "/b": "./x.ts changed", "/a": "graph ./b changed" });
});

test("what a graph needed before, it needs no more", () => {
  const dependents = dependentsOf({ "/a": { "/x.ts": "./x.ts" } });
  dependents.set("/a", new Map([["/y.ts", "./y.ts"]]));
  check(dependents, "/x.ts", {});
  check(dependents, "/y.ts", { "/a": "./y.ts changed" });
  dependents.delete("/a");
  check(dependents, "/y.ts", {});
  expect([...dependents.paths]).toEqual([]);
});
