import { mkdirSync, writeFileSync } from "node:fs";
import { inProject } from "../layout.mjs";
import { single, summaryLine, total } from "./outcome.mjs";
import { steps } from "./steps.mjs";

/** @typedef {import("./steps.mjs").Step} Step */

/** The steps asked for, and those that they need. @param {readonly string[]} names  none: all @returns {readonly Step[]} */
function select(names) {
  const wanted = new Set(names);
  for (const { name, needs = [] } of steps.toReversed()) if (wanted.has(name)) for (const need of needs) wanted.add(need);
  return names.length === 0 ? steps : steps.filter(({ name }) => wanted.has(name));
}

/** @param {Step} step */
async function perform(step) {
  try {
    return await step.run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return single(1);
  }
}

/**
 * Runs the steps one after the other, those after a failure too unless they need what failed, and ends with the summary.
 *
 * @param {readonly string[]} names
 * @returns {Promise<number>} exit code
 */
export async function runSteps(names) {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(", ")}. The steps are ${steps.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  /** @type {Map<string, { outcome: import("./outcome.mjs").Outcome, line: string }>} */
  const done = new Map();
  for (const step of select(names)) {
    console.log(`\n=== ${step.name}: ${step.what}`);
    const missing = (step.needs ?? []).find((need) => (done.get(need)?.outcome.failed ?? 0) > 0);
    const start = performance.now();
    const outcome = missing === undefined ? await perform(step) : single(1);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const line = `${step.name.padEnd(12)}${summaryLine(outcome).padEnd(26)}${missing === undefined ? `${seconds} s` : `not run: ${missing} failed`}`;
    console.log(`=== ${line}`);
    done.set(step.name, { outcome, line });
  }
  const all = total([...done.values()].map(({ outcome }) => outcome));
  console.log(`\n${[...done.values()].map(({ line }) => line).join("\n")}\n\n${summaryLine(all)}`);
  mkdirSync(inProject("out", "test"), { recursive: true });
  writeFileSync(inProject("out", "test", "summary.txt"), `${summaryLine(all)}\n`);
  return all.failed === 0 ? 0 : 1;
}
