import { rmSync, symlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileVersion } from "../../../runtime/model/file-version.js";
import type { HandlerProcesses } from "../../../runtime/platform/handler-host.js";
import { ModuleSnapshots } from "../../../runtime/platform/modules/module-snapshots.js";
import type { HandlerOutcome } from "../../../runtime/ports.js";
import { handlerCall, recorder, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
let host: HandlerProcesses;
beforeAll(async () => {
  await harness.prepare();
  host = harness.host({ processes: 1 });
});
afterAll(() => harness.clean());

const never = new AbortController().signal;

/** A module in the version that it has now. */
function version(path: string): FileVersion {
  const found = new ModuleSnapshots(harness.workspace).version(path);
  if (found === undefined) throw new Error(`There is no ${path}.`);
  return found;
}

async function call(path: string, named: FileVersion, on = host): Promise<HandlerOutcome> {
  return on.call(handlerCall(path, "default", {}, { version: named }), recorder().events, never);
}

const run = async (path: string, named: FileVersion, on = host): Promise<unknown> => updateOf(await call(path, named, on));

describe("a call that names a version", () => {
  it("runs that one, whatever the file says by then", async () => {
    const path = harness.write("one.ts", "export default () => ({ v: 1 });");
    const one = version(path);
    harness.write("one.ts", "export default () => ({ v: 2 });");
    const two = version(path);
    expect([await run(path, two), await run(path, one), await run(path, two)]).toEqual([{ v: 2 }, { v: 1 }, { v: 2 }]);
    rmSync(path);
    expect([await run(path, one), await run(path, one, harness.host())]).toEqual([{ v: 1 }, { v: 1 }]);
  });

  it("runs that version of all that it imports, gone or not, whatever it imports it as", async () => {
    const imports = 'import "./deep/index.js";\nimport old from "./old.cjs";\nimport data from "./data.json" with { type: "json" };\n';
    const path = harness.write("many/a.ts", `${imports}export default async () => [old.v, old.late(), data.v, (await import("./b")).v];`);
    harness.write("many/old.cjs", 'exports.v = require("./older.js").w / 2;\nexports.late = () => require("./late.cjs").v;');
    const write = (n: number) => {
      harness.write("many/deep/index.ts", `globalThis.deep = ${n};`);
      harness.write("many/older.js", `exports.v = ${n};\nexports.w = require("./circle.cjs").w;`);
      harness.write("many/circle.cjs", `exports.w = require("./older.js").v + ${n};`);
      harness.write("many/late.cjs", `exports.v = ${n};`);
      harness.write("many/data.json", `{ "v": ${n} }`);
      harness.write("many/b.ts", `export const v: number = ${n} * globalThis.deep;`);
      return version(path);
    };
    const [one, two] = [write(1), write(2)];
    rmSync(harness.path("many"), { recursive: true });
    const result = async (named: FileVersion) => {
      const outcome = await host.call(handlerCall(path, "default", {}, { version: named, returns: "value" }), recorder().events, never);
      return outcome.ok ? outcome.result.value : outcome.error;
    };
    expect([await result(two), await result(one), await result(two)]).toEqual([
      [2, 2, 2, 4],
      [1, 1, 1, 1],
      [2, 2, 2, 4],
    ]);
  });

  it("loads what did not change once, so that what it keeps stays", async () => {
    harness.write("pool.ts", "let calls = 0;\nexport const next = () => (calls += 1);");
    const paths = ["left.ts", "right.ts"].map((file) =>
      harness.write(file, 'import { next } from "./pool.js";\nexport default () => ({ n: next() });'),
    ) as [string, string];
    expect([await run(paths[0], version(paths[0])), await run(paths[1], version(paths[1]))]).toEqual([{ n: 1 }, { n: 2 }]);
    harness.write("left.ts", 'import { next } from "./pool.js";\nexport default () => ({ n: next(), changed: true });');
    expect(await run(paths[0], version(paths[0]))).toEqual({ n: 3, changed: true });
  });

  it("finds what a module does not name as the files are", async () => {
    const path = harness.write("stray/a.ts", "export default async () => await import(`./${'b'}.ts`);");
    harness.write("stray/b.ts", "export const v = 1;");
    const named = version(path);
    expect([named.commands, await run(path, named)]).toEqual([true, { v: 1 }]);
    harness.write("stray/b.ts", "export const v = 22;");
    expect([version(path).version, await run(path, named)]).toEqual([named.version, { v: 22 }]);
  });

  it("is given it in each process once, and a process that comes later too", async () => {
    const pool = harness.host({ processes: 2 });
    const path = harness.write(
      "blocks.ts",
      "export default () => { const end = Date.now() + 300; while (Date.now() < end); return { p: process.pid }; };",
    );
    const named = version(path);
    harness.write("blocks.ts", "export default () => ({ p: 0 });");
    const results = await Promise.all(Array.from({ length: 4 }, () => run(path, named, pool)));
    const pids = new Set(results.map((result) => (result as { p: number }).p));
    expect([pids.size, pids.has(0), pool.counters.processes]).toEqual([2, false, 2]);
  });

  it("tells its errors at their place in it", async () => {
    const path = harness.write("wrong.ts", "export default () => {\n  throw new Error('no');\n};");
    const thrown = version(path);
    harness.write("wrong.ts", "\n\nexport default = 1;");
    const syntax = version(path);
    rmSync(path);
    expect(await call(path, thrown)).toMatchObject({
      error: { code: "HANDLER_FAILED", details: { file: "wrong.ts", line: 2, column: 9 } },
    });
    expect(await call(path, syntax)).toMatchObject({ error: { code: "HANDLER_LOAD", details: { file: "wrong.ts", line: 3 } } });
  });

  it("is refused outside of the workspace, and where only the name of the version is known", async () => {
    const outside = new ModuleSnapshots(harness.root).version(harness.write("../outside.ts", "export default () => ({ v: 1 });"));
    expect(await call(harness.path("../outside.ts"), outside as FileVersion)).toMatchObject({ error: { code: "HANDLER_OUTSIDE" } });
    const path = harness.write("stored.ts", "export default () => ({ v: 1 });");
    const { commands, version: name } = version(path);
    expect(await call(path, { commands, version: name })).toMatchObject({ error: { code: "HANDLER_LOAD" } });
  });
});

describe("the version of a module", () => {
  const of = (files: Readonly<Record<string, string>>, folder = "v"): FileVersion => {
    rmSync(harness.path(folder), { recursive: true, force: true });
    for (const [file, source] of Object.entries(files)) harness.write(`${folder}/${file}`, source);
    return version(harness.path(`${folder}/a.ts`));
  };
  const base = { "a.ts": 'import "./b";\n', "b/index.ts": 'import "../a";\nimport "./c.js";', "b/c.ts": "1;", "d.ts": "1;" };

  it("is that of its texts and of where they stand to one another, in any folder and at any time", () => {
    const versions = [of(base), of(base), of({ ...base, "d.ts": "2;" }), of(base, "else/where")].map((each) => each.version);
    expect(new Set(versions).size).toBe(1);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ["its text", { ...base, "a.ts": 'import "./b"\n' }],
    ["a text that it leads to", { ...base, "b/c.ts": "2;" }],
    ["a file that comes between", { ...base, "b.ts": "" }],
    ["a file that goes", { "a.ts": base["a.ts"], "b/index.ts": base["b/index.ts"] }],
  ])("is another one with %s", (_what, files) => {
    expect(of(files).version).not.toBe(of(base).version);
  });

  it("has nothing to do with packages, types and what is no module", () => {
    const more =
      'import "pkg";\nimport type { T } from "./types.ts";\n/** @type {import("./d.d.ts").T} */\nexport type { T } from "./types.ts";\n"./x.txt";';
    const files = { "a.ts": more, "node_modules/pkg/index.js": "", "types.ts": "1", "d.d.ts": "1", "x.txt": "1" };
    const changed = { "a.ts": more, "node_modules/pkg/index.js": "2", "types.ts": "2", "d.d.ts": "2", "x.txt": "2" };
    expect(of(changed).version).toBe(of(files).version);
  });

  it("is that of the file which a link leads to", () => {
    of(base);
    symlinkSync(harness.path("v"), harness.path("link"));
    expect(version(harness.path("link/a.ts")).version).toBe(version(harness.path("v/a.ts")).version);
  });

  it.each<readonly [boolean, string]>([
    [false, 'import { join } from "node:path";\nimport fs from "fs";\nexport default () => ({ a: join("a") });'],
    [false, 'import type { Handler } from "patchbay/runtime";\nexport default () => ({ action: 1 });'],
    [false, 'export default async () => ({ a: (await import("./b.ts")).a });'],
    [true, "export default (_state, ctx) => ctx.command({ goto: ['x'] });"],
    [true, "export default (_state, { command }) => command({});"],
    [true, 'import { x } from "some-package";'],
    [true, 'export { x } from "#x";'],
    [true, 'import "/absolute.ts";'],
    [true, "export default async (state) => (await import(state.path)).default();"],
    [true, "export default async () => await import(`./${name}.ts`);"],
    [true, 'const load = require("pkg");'],
    [true, 'import vm from "node:vm";'],
  ])("leaves room for commands: %s in %s", (commands, source) => {
    expect(of({ "a.ts": 'import "./main.ts";', "main.ts": source }).commands).toBe(commands);
  });
});
