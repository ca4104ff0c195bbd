/** `npm run long [-- --supersteps 100000 --runs 10000]`: drives a long run and makes many, and checks that nothing grows and nothing is lost. */
import { withSetUp } from "./set-up.mjs";

await withSetUp(async () => {
  const { loadTypeScript } = await import("./build/load.mjs");
  const { main } = await loadTypeScript("test/faults/long/main.ts", "long");
  return main(process.argv.slice(2));
});
