import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../unit/platform/bundle.js";
import { linesOf, SILENT_FOR_MS } from "./lines-of.js";
import { makeSoundStore } from "./sound-store.js";

// Stores are damaged in a process of their own, so that neither a crash nor a loop without end takes this one with it. More of them:
// PATCHBAY_SEEDS=5000 and a first one, PATCHBAY_SEED=1000.

const first = Number(process.env["PATCHBAY_SEED"] ?? 0);
const seeds = Number(process.env["PATCHBAY_SEEDS"] ?? 30);

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "patchbay-fuzz-"));
  for (const name of ["halfway", "work"]) mkdirSync(join(folder, name));
  await makeSoundStore(join(folder, "closed"), join(folder, "halfway"));
  program = await bundle("test/faults/fuzz/store-process.ts", join(folder, "stores.mjs"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a damaged store", () => {
  it(
    "is read as far as it can be, and refused with a code where it cannot",
    async () => {
      const folders = ["closed", "halfway", "work"].map((name) => join(folder, name));
      const lines = await linesOf(program, [...folders, String(first), String(first + seeds)]);
      expect(lines.filter((line) => line["sound"] !== undefined)).toEqual([{ sound: [] }, { sound: [] }]);
      const cases = lines.filter((line) => line["seed"] !== undefined);
      expect(cases.filter(({ findings }) => !Array.isArray(findings) || findings.length > 0)).toEqual([]);
      expect([cases.length, lines.at(-1)]).toEqual([seeds, cases.at(-1)]); // else it crashed, or hung, in what it told last
    },
    seeds * SILENT_FOR_MS,
  );
});
