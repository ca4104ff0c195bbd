import { readdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HandlerProcesses } from "../../../runtime/platform/handler-host.js";
import { lostExport } from "../../../runtime/platform/modules/lost-export.js";
import { ModuleSnapshots, type ModuleCheck } from "../../../runtime/platform/modules/module-snapshots.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
let host: HandlerProcesses;
let modules: ModuleSnapshots;
let checked: string[] = [];
beforeAll(async () => {
  await harness.prepare();
  host = harness.host();
});
afterAll(() => harness.clean());
beforeEach(() => {
  // The folder stays: processes work in it.
  for (const name of readdirSync(harness.workspace)) rmSync(harness.path(name), { recursive: true });
  modules = new ModuleSnapshots(harness.workspace);
  checked = [];
});

/** As the editor checks: what the text tells, then the exports that graphs use. */
const check: ModuleCheck = async (path, snapshot) => {
  checked.push(path.slice(harness.workspace.length + 1));
  return (await host.check(snapshot)) ?? lostExport(snapshot, ["default"]);
};

const a = (): string => harness.path("a.ts");
const version = (path = a()): string | undefined => modules.version(path)?.version;
const refresh = async (...changed: string[]): Promise<readonly string[]> => [
  ...(await modules.refresh(check, changed.length === 0 ? undefined : changed.map((file) => harness.path(file)))),
];

describe("a saved module", () => {
  beforeEach(() => {
    harness.write("lib/shared.ts", "export const n = 1;");
    harness.write("a.ts", 'import { n } from "./lib/shared.js";\nexport default () => ({ n });');
    harness.write("b.ts", 'import "./lib/shared.js";\nexport default () => ({});');
    harness.write("c.ts", "export default () => ({});");
    for (const file of ["a.ts", "b.ts", "c.ts"]) modules.version(harness.path(file));
  });

  it("is in force from the refresh on, and not before", async () => {
    const before = version();
    harness.write("a.ts", "export default () => ({ n: 2 });");
    expect(version()).toBe(before);
    expect(await refresh("a.ts")).toEqual([a()]);
    expect(version()).not.toBe(before);
    expect(await refresh("a.ts")).toEqual([]);
  });

  it("is looked at where something leads to it, and nowhere else", async () => {
    harness.write("lib/shared.ts", "export const n = 22;");
    expect(await refresh("lib/shared.ts")).toEqual([a(), harness.path("b.ts")]);
    expect(checked).toEqual(["a.ts", "b.ts"]);
    harness.write("c.ts", "export default () => ({ c: 1 });");
    expect(await refresh("lib/shared.ts", "elsewhere.ts", "lib/other.txt")).toEqual([]);
  });

  it("is the version that it was when it is saved as it was", async () => {
    const before = modules.version(a());
    harness.write("lib/shared.ts", "export const n = 22;");
    await refresh();
    harness.write("lib/shared.ts", "export const n = 1;");
    await refresh();
    expect(version()).toBe(before?.version);
    harness.write("lib/shared.ts", "export const n = 1;"); // another time, the same text
    expect([await refresh(), checked.length]).toEqual([[], 4]);
  });

  it.each<readonly [string, () => void, string, object]>([
    [
      "does not parse",
      () => harness.write("a.ts", "export default () => {\n  return 1 +;\n};"),
      "Expression expected",
      { file: "a.ts", line: 2 },
    ],
    [
      "leads to what does not parse",
      () => harness.write("lib/shared.ts", "export const n: = 1;"),
      "lib/shared.ts:1",
      { file: "lib/shared.ts" },
    ],
    [
      "imports what is not there",
      () =>
        harness.write("a.ts", 'import type { T } from "./no-types";\nimport { n } from "./lib/none.js";\nexport default () => ({ n });'),
      '"./lib/none.js" leads nowhere',
      { file: "a.ts", line: 2, column: 19 },
    ],
    ["has lost its export", () => harness.write("a.ts", "export const other = () => ({});"), "no default export", { export: "default" }],
    ["leads to what is gone", () => rmSync(harness.path("lib")), "leads nowhere", { file: "a.ts" }],
    ["is gone", () => rmSync(a()), "no such file", { file: a() }],
  ])("that %s leaves the last good version in force, says so, and is in force when mended", async (what, harm, message, details) => {
    const before = version();
    if (what.endsWith("is gone")) rmSync(harness.path("lib"), { recursive: true });
    if (what !== "leads to what is gone") harm();
    expect(await refresh("a.ts", "lib")).toContain(a());
    expect([version(), modules.fault(a())]).toEqual([
      before,
      { code: expect.stringMatching(/^HANDLER_/), message: expect.stringContaining(message), details: expect.objectContaining(details) },
    ]);
    expect(modules.fault(a())?.message).toMatch(/The last good version, saved at \d\d:\d\d:\d\d, stays in force\.$/);
    harness.write("lib/shared.ts", "export const n = 7;");
    harness.write("a.ts", 'import { n } from "./lib/shared.js";\nexport default () => ({ n });');
    expect(await refresh("a.ts", "lib/shared.ts")).toContain(a());
    expect([version() === before, modules.fault(a())]).toEqual([false, undefined]);
  });

  it("that is broken, and then saved as it was, is as it was", async () => {
    const before = version();
    harness.write("a.ts", "export default {");
    await refresh();
    harness.write("a.ts", 'import { n } from "./lib/shared.js";\nexport default () => ({ n });');
    expect([await refresh(), version(), modules.fault(a())]).toEqual([[a()], before, undefined]);
  });

  it("takes the place of one that never was any good, whatever it is itself", async () => {
    harness.write("new.ts", "export default {");
    const path = harness.path("new.ts");
    const first = version(path);
    harness.write("new.ts", "export default [");
    await refresh();
    expect([version(path) === first, modules.fault(path)]).toEqual([false, undefined]);
    harness.write("new.ts", "export default () => ({});");
    await refresh();
    harness.write("new.ts", "export default {");
    await refresh();
    expect(modules.fault(path)?.code).toBe("HANDLER_LOAD");
  });

  it("may come from elsewhere in a folder that was renamed", async () => {
    renameSync(harness.path("lib"), harness.path("gone"));
    expect(await refresh("lib", "gone")).toEqual([a(), harness.path("b.ts")]);
    renameSync(harness.path("gone"), harness.path("lib"));
    expect([await refresh("lib", "gone"), modules.fault(a())]).toEqual([[a(), harness.path("b.ts")], undefined]);
  });

  it("is checked without being run, whatever its syntax", async () => {
    const run = "globalThis.process.exit(3);\n";
    const files = {
      "a.ts": `${run}enum E { A }\nimport { n } from "./lib/shared.js";\nimport { x } from "./old.cjs";\nexport default () => ({ n, x, e: E.A });`,
      "old.cjs": `${run}if (true) return;\nwith ({}) {}`,
      "lib/shared.ts": `${run}/*\nimport "./nowhere";\n*/\nimport data from "../data.json" with { type: "json" };\nexport const n = data;`,
      "data.json": "{}",
    };
    for (const [file, source] of Object.entries(files)) harness.write(file, source);
    expect([await refresh(), modules.fault(a()), host.counters.calls]).toEqual([[a(), harness.path("b.ts")], undefined, 0]);
    harness.write("data.json", "{");
    await refresh("data.json");
    expect(modules.fault(a())?.details).toMatchObject({ file: "data.json" });
  });

  it("is no module of the workspace outside of it, or where there is none", () => {
    harness.write("../outside.ts", "export default 1;");
    const paths = ["../outside.ts", "none.ts", "lib", "readme.txt"].map((file) => harness.path(file));
    expect(paths.map((path) => modules.version(path))).toEqual(Array(4).fill(undefined));
    expect(dirname(paths[0] ?? "")).not.toBe(harness.workspace);
  });
});
