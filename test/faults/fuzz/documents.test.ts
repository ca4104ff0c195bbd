import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../unit/platform/bundle.js";
import { linesOf, SILENT_FOR_MS } from "./lines-of.js";
import { oddTexts } from "./odd-texts.js";

// More of them: PATCHBAY_SEEDS=50000 and a first one, PATCHBAY_SEED=1000.

const first = Number(process.env["PATCHBAY_SEED"] ?? 0);
const seeds = Number(process.env["PATCHBAY_SEEDS"] ?? 150);

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "patchbay-fuzz-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a text that no person wrote", () => {
  it(
    "is read, checked, compiled and edited, or its problems are told at their places",
    async () => {
      const program = await bundle("test/faults/fuzz/documents-process.ts", join(folder, "documents.mjs"));
      const examples = globSync("examples/*/*.patchbay.json").toSorted();
      const lines = await linesOf(program, [String(first), String(first + seeds), ...examples]);
      const read = lines.filter((line) => line["name"] !== undefined);
      expect(read.filter(({ findings }) => !Array.isArray(findings) || findings.length > 0)).toEqual([]);
      expect([read.length, lines.at(-1)]).toEqual([Object.keys(oddTexts).length + seeds, read.at(-1)]); // else it crashed, or hung
    },
    seeds * SILENT_FOR_MS,
  );
});
