import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HandlerProcesses } from "../../../runtime/platform/handler-host.js";
import { callExport, callVersion, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
let host: HandlerProcesses;
beforeAll(() => harness.prepare());
afterAll(() => harness.clean());

/** Modules as calls find them: as their files are, or in the version that they have at the time of the call. */
const ways = {
  "as its file is": (on: HandlerProcesses, path: string) => callExport(on, path),
  "in the version that it has": (on: HandlerProcesses, path: string) => callVersion(on, path, harness.workspace),
};

describe.each(Object.entries(ways))("%s:", (_way, call) => {
  beforeAll(() => {
    rmSync(harness.workspace, { recursive: true, force: true });
    host = harness.host();
  });

  describe("a module", () => {
    it.each<readonly [string, Readonly<Record<string, string>>, unknown]>([
      ["a.js", { "a.js": "export default () => ({ v: 1 })" }, 1],
      ["a.mjs", { "a.mjs": "export default () => ({ v: 2 })" }, 2],
      ["a.cjs", { "a.cjs": "module.exports = () => ({ v: 3 })" }, 3],
      ["a.mts", { "a.mts": "export default (): { v: number } => ({ v: 4 })" }, 4],
      ["a.cts", { "a.cts": "module.exports = (): { v: number } => ({ v: 5 })" }, 5],
      ["old/a.ts", { "old/package.json": '{ "type": "commonjs" }', "old/a.ts": "export default () => ({ v: 6 })" }, 6],
      ["old/b.js", { "old/b.js": "export default () => ({ v: 7 })" }, 7],
      ["c.ts", { "c.ts": 'import { v } from "./c1.js";\nexport default () => ({ v })', "c1.ts": "export const v: number = 8;" }, 8],
      ["d.ts", { "d.ts": 'import { v } from "./d1";\nexport default () => ({ v })', "d1.ts": "export const v: number = 9;" }, 9],
      [
        "e.ts",
        { "e.ts": 'import { v } from "./e1/index.mjs";\nexport default () => ({ v })', "e1/index.mts": "export const v = 10 as const;" },
        10,
      ],
      ["f.ts", { "f.ts": 'import { v } from "./f1";\nexport default () => ({ v })', "f1/index.ts": "export const v = 11;" }, 11],
      ["g.ts", { "g.ts": 'import g1 from "./g1.js";\nexport default () => ({ v: g1.v })', "g1.js": "exports.v = 12;" }, 12],
      [
        "h.ts",
        {
          "h.ts": 'import { v } from "some-package";\nexport default () => ({ v })',
          "node_modules/some-package/package.json": '{ "type": "module", "exports": "./x.js" }',
          "node_modules/some-package/x.js": "export const v = 13;",
        },
        13,
      ],
      [
        "i.ts",
        { "i.ts": "enum E { A = 7, B }\nclass P { constructor(readonly v: number) {} }\nexport default () => ({ v: new P(E.B + 6).v })" },
        14,
      ],
      [
        "j.ts",
        { "j.ts": 'import data from "./j.json" with { type: "json" };\nexport default () => ({ v: data.v })', "j.json": '{ "v": 15 }' },
        15,
      ],
      ["k ü#1.ts", { "k ü#1.ts": "export default () => ({ v: 16 })" }, 16],
      [
        "l.ts",
        {
          "l.ts": "const load = async () => (await import('./l1.js')).v;\nexport default async () => ({ v: await load() })",
          "l1.ts": "export const v = 17;",
        },
        17,
      ],
      [
        "m.ts",
        {
          "m.ts":
            'import { readFileSync } from "node:fs";\nexport default () => ({ v: Number(readFileSync(new URL("./m.txt", import.meta.url), "utf8")) })',
          "m.txt": "18",
        },
        18,
      ],
    ])("%s is loaded", async (entry, files, expected) => {
      for (const [file, source] of Object.entries(files)) harness.write(file, source);
      expect(updateOf(await call(host, harness.path(entry)))).toEqual({ v: expected });
    });

    it("keeps its place in stacks where it had to be transformed", async () => {
      const path = harness.write(
        "enum.ts",
        "enum Level { Low, High }\ninterface Wide {\n  a: string;\n}\nexport default () => {\n  throw new Error(`bad ${Level[1]}`);\n};\n",
      );
      expect(await call(host, path)).toMatchObject({
        error: { message: "bad High", details: { file: "enum.ts", line: 6, column: 9 }, stack: expect.stringContaining(`${path}:6:9`) },
      });
    });
  });

  describe("a module that cannot be loaded", () => {
    it.each<readonly [string, Readonly<Record<string, string>>, string, object]>([
      [
        "wrong TypeScript",
        { "b1.ts": "export default () => {\n  const x: = 1;\n};" },
        "Unexpected token",
        { file: "b1.ts", line: 2, column: 12 },
      ],
      [
        "wrong JavaScript",
        { "b2.js": "export default () => {\n  return 1 +;\n};" },
        "Unexpected token",
        { file: "b2.js", line: 2, column: 13 },
      ],
      [
        "wrong syntax in an import",
        { "b3.ts": 'import "./b3b.js";\nexport default 1', "b3b.ts": "\n\nlet x = ;" },
        "",
        { file: "b3b.ts", line: 3, column: 9 },
      ],
      ["an early error", { "b4.ts": "const a = 1;\nconst a = 2;\nexport default () => a;" }, "already been declared", { file: "b4.ts" }],
      [
        "a throw",
        { "b5.ts": "export default 1;\nfunction deep(): never {\n  throw new Error('not configured');\n}\ndeep();" },
        "not configured",
        { file: "b5.ts", line: 3, column: 9 },
      ],
      ["a missing file", { "b6.ts": 'import "./nothing.js";\nexport default 1' }, "nothing.js", { file: "b6.ts" }],
      ["a missing package", { "b7.ts": 'import "no-such-package";\nexport default 1' }, "no-such-package", { file: "b7.ts" }],
      [
        "a missing name",
        { "b8.ts": 'import { x } from "./b8b.js";\nexport default () => x', "b8b.ts": "export const y = 1;" },
        "x",
        { file: "b8.ts", line: 1 },
      ],
      ["no code at all", { "b9.txt": "hello" }, "", { file: "b9.txt" }],
    ])("%s is reported with its place", async (_name, files, message, details) => {
      for (const [file, source] of Object.entries(files)) harness.write(file, source);
      const [entry = ""] = Object.keys(files);
      const outcome = await call(host, harness.path(entry));
      expect(outcome).toMatchObject({ ok: false, error: { code: "HANDLER_LOAD", details, message: expect.stringContaining(message) } });
      expect(outcome.ok ? "" : outcome.error.message).toContain("file" in details ? String(details.file) : "");
    });

    it("is loaded once it is mended, wherever the fault was", async () => {
      const path = harness.write("mend.ts", 'import { v } from "./mend1.js";\nexport default () => ({ v })');
      expect(await call(host, path)).toMatchObject({ error: { code: "HANDLER_LOAD" } });
      harness.write("mend1.ts", "export const v = ;");
      expect(await call(host, path)).toMatchObject({ error: { code: "HANDLER_LOAD", details: { file: "mend1.ts" } } });
      harness.write("mend1.ts", "export const v = 1;\nthrow new Error('no')");
      expect(await call(host, path)).toMatchObject({ error: { code: "HANDLER_LOAD", details: { file: "mend1.ts", line: 2 } } });
      harness.write("mend1.ts", "export const v = 5;");
      expect(updateOf(await call(host, path))).toEqual({ v: 5 });
    });
  });

  describe("a module that failed for a reason outside of it", () => {
    it("is tried again", async () => {
      const path = harness.write(
        "outer.ts",
        'import { readFileSync } from "node:fs";\nconst v = Number(readFileSync(new URL("./outer.txt", import.meta.url)));\nexport default () => ({ v });',
      );
      expect(await call(host, path)).toMatchObject({ error: { code: "HANDLER_LOAD", details: { file: "outer.ts", line: 2 } } });
      harness.write("outer.txt", "5");
      expect(updateOf(await call(host, path))).toEqual({ v: 5 });
    });
  });

  describe("a changed module", () => {
    it("is loaded anew with all that imports it, and nothing else is", async () => {
      const count = (name: string) => `globalThis.loads ??= {};\nglobalThis.loads.${name} = (globalThis.loads.${name} ?? 0) + 1;\n`;
      const path = harness.write(
        "r/entry.ts",
        `${count("entry")}import { v } from "./left.js";\nimport "./right.js";\nexport default () => ({ v, ...globalThis.loads });`,
      );
      harness.write("r/left.ts", `${count("left")}export { v } from "./leaf.js";`);
      harness.write("r/right.ts", count("right"));
      harness.write("r/leaf.ts", `${count("leaf")}export const v = "one";`);
      expect(updateOf(await call(host, path))).toEqual({ v: "one", entry: 1, left: 1, right: 1, leaf: 1 });
      expect(updateOf(await call(host, path))).toEqual({ v: "one", entry: 1, left: 1, right: 1, leaf: 1 });
      harness.write("r/leaf.ts", `${count("leaf")}export const v = "second";`);
      expect(updateOf(await call(host, path))).toEqual({ v: "second", entry: 2, left: 2, right: 1, leaf: 2 });
      harness.write("r/right.ts", `${count("right")}// changed`);
      expect(updateOf(await call(host, path))).toEqual({ v: "second", entry: 3, left: 2, right: 2, leaf: 2 });
    });

    it("is seen through every handler that imports it", async () => {
      harness.write("s/shared.ts", "export const v = 1;");
      const [one, two] = ["s/one.ts", "s/two.ts"].map((file) =>
        harness.write(file, 'import { v } from "./shared.js";\nexport default () => ({ v });'),
      ) as [string, string];
      expect([updateOf(await call(host, one)), updateOf(await call(host, two))]).toEqual([{ v: 1 }, { v: 1 }]);
      harness.write("s/shared.ts", "export const v = 22;");
      expect([updateOf(await call(host, one)), updateOf(await call(host, two))]).toEqual([{ v: 22 }, { v: 22 }]);
    });

    it("may be CommonJS, or be imported while the handler runs", async () => {
      harness.write("t/old.cjs", "exports.v = 1;");
      const path = harness.write(
        "t/entry.ts",
        'import old from "./old.cjs";\nexport default async () => ({ v: old.v, late: (await import("./late.js")).v });',
      );
      harness.write("t/late.ts", "export const v = 1;");
      expect(updateOf(await call(host, path))).toEqual({ v: 1, late: 1 });
      harness.write("t/old.cjs", "exports.v = 222;");
      harness.write("t/late.ts", "export const v = 3333;");
      expect(updateOf(await call(host, path))).toEqual({ v: 222, late: 3333 });
    });

    it("may form a circle", async () => {
      const path = harness.write("u/a.ts", 'import { b } from "./b.js";\nexport const a = 1;\nexport default () => ({ v: b() });');
      harness.write("u/b.ts", 'import { a } from "./a.js";\nexport const b = () => a;');
      expect(updateOf(await call(host, path))).toEqual({ v: 1 });
      harness.write("u/b.ts", 'import { a } from "./a.js";\nexport const b = () => a + 10;');
      expect(updateOf(await call(host, path))).toEqual({ v: 11 });
    });
  });
});

describe("a module as its file is", () => {
  it("that is deleted while loaded is missing at the next call", async () => {
    const path = harness.write("gone.ts", "export default () => ({ v: 1 })");
    expect(updateOf(await callExport(host, path))).toEqual({ v: 1 });
    rmSync(path);
    expect(await callExport(host, pathToFileURL(path).href)).toMatchObject({
      error: { code: "HANDLER_MISSING", details: { file: "gone.ts" } },
    });
  });
});
