import { describe, expect, test } from "vitest";
import { handlerProblems, type HandlerModule } from "../../../runtime/document/handler-problems.js";
import { parseDocument } from "../../../runtime/index.js";
import { graphText } from "../../support/graph-text.js";

function check(
  handlers: Readonly<Record<string, string>>,
  modules: Readonly<Record<string, HandlerModule>>,
  expected: readonly string[],
): void {
  const nodes = Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, { handler }]));
  const text = graphText({ nodes, edges: {} });
  const found = handlerProblems(parseDocument(text), (path) => modules[path]);
  expect(found.map(({ code, node, range }) => `${code} ${node} ${text.slice(range.start, range.end)}`)).toEqual(expected);
}

describe("handler problems", () => {
  test("a file that is not there is marked at its name", () =>
    check({ a: "./a.ts", b: "./b.ts#x" }, { "./a.ts": { found: "file" }, "./b.ts": { found: "missing" } }, ["HANDLER_MISSING b ./b.ts#x"]));

  test("nothing is said while nothing is known", () => check({ a: "./a.ts" }, {}, []));

  test("a file outside of the workspace", () =>
    check({ a: "../../a.ts" }, { "../../a.ts": { found: "outside" } }, ["HANDLER_OUTSIDE a ../../a.ts"]));

  test("an export that is not there, and a module that does not tell", () =>
    check(
      { a: "./m.ts", b: "./m.ts#go", c: "./m.ts#come", d: "./unclear.ts#any" },
      { "./m.ts": { found: "file", exports: new Set(["go"]) }, "./unclear.ts": { found: "file" } },
      ["HANDLER_EXPORT a ./m.ts", "HANDLER_EXPORT c ./m.ts#come"],
    ));

  test("a handler in parts has no default export, but exec", () =>
    check(
      { a: "./parts.ts", b: "./no-exec.ts" },
      {
        "./parts.ts": { found: "file", exports: new Set(["prep", "exec"]) },
        "./no-exec.ts": { found: "file", exports: new Set(["prep", "post"]) },
      },
      ["HANDLER_EXPORT b ./no-exec.ts"],
    ));

  test("a module that folds a channel: a function is expected, no handler in parts", () => {
    const reducer = (handler: string): object => ({ reducer: { handler } });
    const channels = { x: reducer("./gone.ts#fold"), y: reducer("./m.ts#no"), z: reducer("./m.ts#go"), p: reducer("./parts.ts") };
    const text = graphText({ channels, nodes: {}, edges: {} });
    const modules: Readonly<Record<string, HandlerModule>> = {
      "./gone.ts": { found: "missing" },
      "./m.ts": { found: "file", exports: new Set(["go"]) },
      "./parts.ts": { found: "file", exports: new Set(["exec"]) },
    };
    const found = handlerProblems(parseDocument(text), (path) => modules[path]);
    expect(found.map(({ code, range }) => `${code} ${text.slice(range.start, range.end)}`)).toEqual([
      "HANDLER_MISSING ./gone.ts#fold",
      "HANDLER_EXPORT ./m.ts#no",
      "HANDLER_EXPORT ./parts.ts",
    ]);
  });

  test("problems come in the order of the document", () => {
    const ids = Array.from({ length: 12 }, (_, i) => `n${i}`);
    const handlers = Object.fromEntries(ids.map((id) => [id, `./${id}.ts`]));
    const missing = Object.fromEntries(ids.map((id) => [`./${id}.ts`, { found: "missing" } as const]));
    check(
      handlers,
      missing,
      ids.map((id) => `HANDLER_MISSING ${id} ./${id}.ts`),
    );
  });
});
