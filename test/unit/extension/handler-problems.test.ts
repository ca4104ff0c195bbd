import { describe, expect, it } from "vitest";
import { handlerExport, handlerPath, handlerProblems, isInside } from "../../../extension/editor/handler-problems.js";
import { parseDocument } from "../../../runtime/index.js";
import { graphText } from "../../support/graph-text.js";

const place = { directory: "/w/graphs", root: "/w" };

function check(
  handlers: Readonly<Record<string, string>>,
  exists: (path: string) => boolean | undefined,
  expected: readonly string[],
): void {
  const nodes = Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, { handler }]));
  const text = graphText({ nodes, edges: {} });
  const found = handlerProblems(parseDocument(text), place, exists);
  expect(found.map(({ code, node, range }) => `${code} ${node} ${text.slice(range.start, range.end)}`)).toEqual(expected);
}

describe("handlerProblems", () => {
  it("marks a file that is not there, at its name", () =>
    check({ a: "./a.ts", b: "./b.ts#x" }, (path) => path === "/w/graphs/a.ts", ["HANDLER_MISSING b ./b.ts#x"]));
  it("says nothing while it is not known whether a file is there", () => check({ a: "./a.ts" }, () => undefined, []));
  it("marks a file outside of the workspace, whether or not it is there", () =>
    check({ a: "../../a.ts", b: "../b.ts" }, () => true, ["HANDLER_OUTSIDE a ../../a.ts"]));
  it("lists problems in the order of the document", () => {
    const ids = Array.from({ length: 12 }, (_, i) => `n${i}`);
    check(
      Object.fromEntries(ids.map((id) => [id, `./${id}.ts`])),
      () => false,
      ids.map((id) => `HANDLER_MISSING ${id} ./${id}.ts`),
    );
  });
});

describe("handler names", () => {
  it.each([
    ["./a.ts", "/w/a.ts", "default"],
    ["./n/a.ts#go", "/w/n/a.ts", "go"],
  ])("%s", (handler, path, exportName) => expect([handlerPath("/w", handler), handlerExport(handler)]).toEqual([path, exportName]));

  it.each([
    ["/w", "/w/a", true],
    ["/w", "/w", false],
    ["/w", "/wide/a", false],
    ["/w", "/w/..a", true],
    ["/w", "/x/a", false],
  ])("isInside(%s, %s)", (root, path, inside) => expect(isInside(root, path)).toBe(inside));
});
