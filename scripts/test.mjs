/** `npm test [-- STEP…]`: sets up, then checks everything, or the steps named and what they need. */
import { withSetUp } from "./set-up.mjs";

await withSetUp(async () => {
  const { runSteps } = await import("./checks/run-steps.mjs");
  return runSteps(process.argv.slice(2));
});
