import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { manyRuns } from "./many-runs.js";
import { oneRun } from "./one-run.js";

/** Drives a run of `--supersteps` and makes `--runs`, prints what they take, and gives the exit code: 1 where something grows or is lost. */
export async function main(args: readonly string[]): Promise<number> {
  const options = { supersteps: { type: "string", default: "100000" }, runs: { type: "string", default: "10000" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const folder = mkdtempSync(join(tmpdir(), "patchbay-long-"));
  try {
    const results = [
      await oneRun(join(folder, "one"), Number(values.supersteps)),
      await manyRuns(join(folder, "many"), Number(values.runs)),
    ];
    for (const { figures } of results) console.log(figures);
    const findings = results.flatMap((each) => each.findings);
    for (const finding of findings) console.log(`wrong: ${finding}`);
    return findings.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
