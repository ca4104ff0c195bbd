import { expect, test } from "vitest";
import { exportsOf } from "../../../runtime/platform/module-exports.js";

const cases: readonly (readonly [string, readonly string[] | "unknown"])[] = [
  ["export default function f() {}", ["default"]],
  ["export default async (state) => ({})", ["default"]],
  ["export default class {}", ["default"]],
  ["export function a() {}\nexport async function b() {}\nexport function* c() {}", ["a", "b", "c"]],
  ["export const a = 1; export let b; export var $c;", ["a", "b", "$c"]],
  ["export { a, b as c, d as default };", ["a", "c", "default"]],
  ["export {\n  a,\n  type T,\n} from './x.ts';", ["a"]],
  ["export type T = string;\nexport interface I {}\nexport enum E { A }", ["E"]],
  ["// export default 1\n  /* export const a = 1\n */\nexport const b = 'x';", ["b"]],
  ["const a = /export/;", []],
  ["", []],
  ["export * from './x.ts';", "unknown"],
  ["export const { a, b } = parts;", "unknown"],
  ["module.exports = () => ({});", "unknown"],
  ["exports.run = () => ({});", "unknown"],
];

test.each(cases)("%s", (source, names) => {
  const found = exportsOf(source, "x.ts");
  expect(found === undefined ? "unknown" : [...found]).toEqual(names);
});

test("a CommonJS file by its name is unknown", () => {
  expect(exportsOf("", "x.cjs")).toBeUndefined();
});
