import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { npm } from "../../scripts/command.mjs";
import { inProject } from "../../scripts/layout.mjs";

/** Each plants one file in a copy of the project; the lint command must refuse it and name the file and the rule. */
const PLANTED: readonly (readonly [file: string, source: string, refusal: string])[] = [
  ["runtime/planted-1.ts", 'import { window } from "vscode"; export const x = window;', "runtime may not import"],
  ["runtime/planted-2.ts", 'import type { Uri } from "vscode"; export type X = Uri;', "runtime may not import"],
  ["runtime/planted-3.ts", 'export { useState } from "react";', "runtime may not import"],
  ["runtime/platform/planted.ts", 'export type X = import("../../extension/dispose.js").Disposable;', "runtime may not import"],
  ["runtime/planted-4.ts", 'export const x = import("reactflow");', "runtime may not import"],
  ["runtime/planted-5.ts", 'export * from "../webview/protocol/views.js";', "runtime may not import"],
  ["runtime/run/planted-1.ts", 'import { readFileSync } from "node:fs"; export const x = readFileSync;', "runtime core may not import"],
  ["runtime/run/planted-2.ts", 'import type { Stats } from "fs"; export type X = Stats;', "runtime core may not import"],
  [
    "runtime/run/planted-3.ts",
    'import type { Compiled } from "../compile/compiled.js"; export type X = Compiled;',
    "runtime/run may not import",
  ],
  [
    "runtime/compile/planted.ts",
    'import type { RunSession } from "../run/session.js"; export type X = RunSession;',
    "runtime/compile may not import",
  ],
  [
    "runtime/plan/planted.ts",
    'import type { RunSession } from "../run/session.js"; export type X = RunSession;',
    "runtime/plan may not import",
  ],
  ["runtime/model/planted.ts", 'import type { Plan } from "../plan/plan.js"; export type X = Plan;', "runtime/model may not import"],
  ["runtime/types/planted.ts", 'import type { Plan } from "../plan/plan.js"; export type X = Plan;', "runtime/types may not import"],
  ["runtime/run/planted-4.ts", "export const x = Date.now();", "may not use Date.now"],
  ["runtime/run/planted-5.ts", "export const x = new Date();", "may not use new Date()"],
  ["runtime/run/planted-6.ts", "export const { now } = Date;", "may not use Date"],
  ["runtime/run/planted-7.ts", "export const x = Math.random();", "may not use Math.random"],
  ["runtime/run/planted-8.ts", "export const x = performance.now();", "may not use performance"],
  ["runtime/run/planted-9.ts", "export const x = setTimeout(() => {}, 1);", "may not use setTimeout"],
  ["runtime/run/planted-10.ts", "export const x = globalThis.setInterval;", "may not use globalThis"],
  ["webview/planted-1.ts", 'import type { Uri } from "vscode"; export type X = Uri;', "webview may not import"],
  ["webview/planted-2.ts", 'import type { X } from "../extension/extension.js"; export type Y = X;', "webview may not import"],
  ["webview/planted-3.ts", 'export { readFileSync } from "node:fs";', "webview may not import"],
  ["webview/planted-4.ts", 'import type { Plan } from "../runtime/plan/plan.js"; export type X = Plan;', "webview may not import"],
  ["webview/planted-5.ts", "export const x = acquireVsCodeApi();", "may name acquireVsCodeApi"],
  ["webview/protocol/planted.ts", 'import type { ReactNode } from "react"; export type X = ReactNode;', "webview/protocol may not import"],
  ["extension/debug/adapter/planted.ts", 'import type { Uri } from "vscode"; export type X = Uri;', "debug adapter may not import"],
  ["extension/planted.ts", 'import { store } from "../webview/store/store.js"; export const x = store;', "extension may not import"],
];

/** What the same rules must let pass. */
const ALLOWED: readonly (readonly [file: string, source: string])[] = [
  ["runtime/platform/allowed.ts", 'import { readFileSync } from "node:fs"; export const x = [readFileSync, Date.now(), setTimeout];'],
  ["runtime/run/allowed.ts", "export const x = (performance: Date, at: number) => [performance, new Date(at), Math.max(at, 1)];"],
  ["webview/allowed.ts", 'import type { NodeDef } from "../runtime/model/graph.js"; export type X = NodeDef;'],
  ["extension/allowed.ts", 'import type { NodeView } from "../webview/protocol/views.js"; export type X = NodeView;'],
];

const CONFIGURATION = ["package.json", ".oxlintrc.json", "tsconfig.base.json", "tsconfig.json", "scripts"];
const FOLDERS = ["runtime", "extension", "webview"];

let copy = "";
let report: readonly string[] = [];

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), "patchbay-boundaries-"));
  for (const name of CONFIGURATION) cpSync(inProject(name), join(copy, name), { recursive: true });
  for (const name of FOLDERS) {
    mkdirSync(join(copy, name));
    cpSync(inProject(name, "tsconfig.json"), join(copy, name, "tsconfig.json"));
  }
  symlinkSync(inProject("node_modules"), join(copy, "node_modules"), "junction");
  for (const [file, source] of [...PLANTED, ...ALLOWED]) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), `${source}\n`);
  }
  const { code, output } = await npm(["run", "lint", "--silent", "--", "--format=unix"], { cwd: copy, quiet: true });
  if (code === 0) throw new Error("the lint command accepts what it must refuse");
  report = output.split("\n").filter((line) => line.includes("patchbay("));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

const findings = (file: string): readonly string[] => report.filter((line) => line.startsWith(`${file}:`));

describe("the lint command refuses", () => {
  test.for(PLANTED)("%s: %s", ([file, , refusal]) => {
    expect(findings(file).join("\n")).toContain(refusal);
  });
});

describe("the lint command lets pass", () => {
  test.for(ALLOWED)("%s: %s", ([file]) => {
    expect(findings(file)).toEqual([]);
  });
});
