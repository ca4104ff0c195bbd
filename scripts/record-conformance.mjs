/** `npm run conformance:record`: asks LangGraph.js anew what it does with the small graphs of the conformance test. */
import { withSetUp } from "./set-up.mjs";

await withSetUp(async () => {
  const { loadTypeScript } = await import("./build/load.mjs");
  const { main } = await loadTypeScript("bench/record-conformance.ts", "record-conformance");
  return main();
});
