/** @typedef {{ readonly passed: number, readonly failed: number }} Outcome  How many checks of a step held. */

/** A step that is one check. @param {number} code  exit code @returns {Outcome} */
export const single = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** @param {readonly Outcome[]} outcomes @returns {Outcome} */
export const total = (outcomes) => ({
  passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
  failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
});

/** The line that ends every test run. @param {Outcome} outcome */
export const summaryLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
