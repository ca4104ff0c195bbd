import { existsSync, readFileSync, rmSync } from "node:fs";
import { run } from "../command.mjs";
import { inProject } from "../layout.mjs";

/**
 * Runs one project of vitest.config.ts and counts its tests. A file that could not be loaded, and a run that came to no
 * result, count as one failure each.
 *
 * @param {string} project
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<import("./outcome.mjs").Outcome>}
 */
export async function vitest(project, env = {}) {
  const report = inProject("out", "test", `${project}.json`);
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run(
    process.execPath,
    [inProject("node_modules", "vitest", "vitest.mjs"), "run", "--project", project, ...reporters],
    { env },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const unloaded = testResults.filter((/** @type {any} */ file) => file.status === "failed" && file.assertionResults.length === 0).length;
  const failed = numFailedTests + unloaded;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}
