import { expect, test } from "vitest";
import { starterHandler } from "../../../extension/commands/starter-handler.js";
import { parseDocument } from "../../../runtime/document/parse.js";
import { graphTypes } from "../../../runtime/types/graph-types.js";
import { compile, strictest } from "../types/compile.js";

const document = `{ "patchbay": 1, "nodes": { "look-up": { "kind": "code", "handler": "./nodes/a.ts" } }, "edges": { "e": { "from": "@start", "to": "look-up" } } }`;
const types = graphTypes(parseDocument(document).graph, "shop");

test.each(["./nodes/a.ts", "./nodes/a.ts#named", "a.mts", "./a.js", "./deep/er/a.mjs#named"])(
  "a new handler %s compiles",
  async (handler) => {
    const [path = "", named] = handler.split("#");
    const text = starterHandler({ handler, node: "look-up", typesOf: "shop" });
    expect(text).toContain(named === undefined ? "export default async function (" : "export async function named(");
    expect(text).toContain('.patchbay/types/shop.d.ts"');
    const files = { ".patchbay/types/shop.d.ts": types, [path.replace(/^\.\//, "")]: text };
    expect(await compile(files, { ...strictest, allowJs: true, checkJs: true })).toEqual([]);
  },
);

test.each([
  ["where there are none", { handler: "./a.ts", node: "n" }],
  ["for a module outside of the graph's folder", { handler: "../a.ts", node: "n", typesOf: "shop" }],
])("a new handler has no types %s", (_where, use) => {
  expect(starterHandler(use)).toBe("export default async function (state, ctx) {\n  return {};\n}\n");
});
