import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TypesKeeper } from "../../../extension/editor/types-keeper.js";
import { ManualClock } from "../../support/manual-clock.js";
import { temporaryFolder } from "../cli/command-line.js";

const WAIT_MS = 1000;

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let keeper: TypesKeeper;
let allowed: boolean;
let failures: string[];
beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  allowed = true;
  failures = [];
  keeper = new TypesKeeper(clock, { allowed: () => allowed, failed: (path) => failures.push(path) });
});
afterEach(() => folder.remove());

const at = (path: string): string => join(folder.path, path);
const graph = at.bind(undefined, "g.patchbay.json");
const types = (): string | undefined => {
  const path = at(".patchbay/types/g.d.ts");
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
};

function write(node: string, handler = '"kind": "code", "handler": "./a.ts"'): void {
  const edges = `{ "e": { "from": "@start", "to": "${node}" } }`;
  writeFileSync(graph(), `{ "patchbay": 1, "nodes": { "${node}": { ${handler} } }, "edges": ${edges} }`);
}

function tell(...all: readonly Parameters<TypesKeeper["tell"]>[1][]): void {
  for (const news of all) keeper.tell(graph(), news);
  clock.advance(WAIT_MS);
}

test("a graph that is saved gets types, and keeps them current", () => {
  write("first");
  tell("saved");
  expect(types()).toContain("readonly first:");
  write("second");
  tell("saved");
  expect(types()).toContain("readonly second:");
});

test("a graph that is opened gets none, but has those current that are there", () => {
  write("first");
  tell("opened");
  expect(types()).toBeUndefined();
  tell("saved", "opened");
  write("second");
  tell("opened");
  expect(types()).toContain("readonly second:");
});

test("a file that is current is not written again", () => {
  write("first");
  tell("saved");
  writeFileSync(at(".patchbay/types/g.d.ts"), String(types()).replaceAll("\n", "\r\n"));
  tell("saved");
  expect(types()).toContain("\r\n");
});

test("a graph without handlers gets no types", () => {
  write("first", '"kind": "barrier", "prompt": "?"');
  tell("saved");
  expect(existsSync(at(".patchbay"))).toBe(false);
});

test("a graph with errors keeps the types that it has", () => {
  write("first");
  tell("saved");
  write("second", '"kind": "code"');
  tell("saved");
  expect(types()).toContain("readonly first:");
});

test("types go with their graph, but not with a graph that is saved by being replaced", () => {
  write("first");
  tell("saved");
  tell("gone");
  expect(types()).toBeDefined();
  rmSync(graph());
  tell("gone");
  expect(types()).toBeUndefined();
});

test("nothing is written where it is not allowed", () => {
  write("first");
  allowed = false;
  tell("saved");
  expect(existsSync(at(".patchbay"))).toBe(false);
});

test("several changes at once are one", () => {
  write("first");
  tell("saved", "saved", "opened");
  expect(clock.waiting).toBe(0);
  expect(types()).toContain("readonly first:");
});

test("a folder that cannot be written is told of once", () => {
  write("first");
  writeFileSync(at(".patchbay"), "in the way");
  tell("saved");
  tell("saved");
  expect(failures).toEqual([graph()]);
  rmSync(at(".patchbay"));
  tell("saved");
  rmSync(at(".patchbay"), { recursive: true });
  writeFileSync(at(".patchbay"), "in the way");
  tell("saved");
  expect(failures).toHaveLength(2);
});

test("a file of somebody's own stays", () => {
  write("first");
  mkdirSync(at(".patchbay/types"), { recursive: true });
  writeFileSync(at(".patchbay/types/g.d.ts"), "mine");
  tell("saved");
  expect(types()).toBe("mine");
});

test("after its end it does nothing", () => {
  write("first");
  keeper.tell(graph(), "saved");
  keeper.dispose();
  clock.advance(WAIT_MS);
  expect(types()).toBeUndefined();
});
