import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fileMigrations, migrationsFolder } from "../../../runtime/platform/file-migrations.js";

const [a, b, c, d] = ["a", "b", "c", "d"].map((letter) => letter.repeat(12));

/** The files that lead from one layout to another, of those in the folder. */
function check(files: readonly string[], from: string | undefined, to: string | undefined, expected: readonly string[] | undefined): void {
  const home = mkdtempSync(join(tmpdir(), "patchbay-migrations-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const folder = migrationsFolder(home, "graph");
  mkdirSync(folder, { recursive: true });
  for (const file of files) writeFileSync(join(folder, file), "");
  const way = fileMigrations(folder).way(from ?? "", to ?? "");
  expect(way?.map((file) => basename(file))).toEqual(expected);
}

test("the shortest way is taken, over as many files as it needs", () => {
  const steps = [`${a}-${b}.ts`, `${b}-${c}-rename the draft.ts`, `${c}-${d}.mjs`];
  check(steps, a, b, [`${a}-${b}.ts`]);
  check(steps, a, d, steps);
  check([...steps, `${a}-${c}.js`], a, d, [`${a}-${c}.js`, `${c}-${d}.mjs`]);
  check([...steps, `${b}-${a}.ts`], b, d, [`${b}-${c}-rename the draft.ts`, `${c}-${d}.mjs`]);
  check(steps, b, b, []);
});

test("where none leads there, there is no way", () => {
  check([], a, b, undefined);
  check([`${a}-${b}.ts`], b, a, undefined);
  check([`${a}-${b}.txt`, `${a}-${b}`, `x${a}-${b}.ts`, "README.md"], a, b, undefined);
  expect(fileMigrations(join(tmpdir(), "patchbay-no-such-folder")).way("a", "b")).toBeUndefined();
});
