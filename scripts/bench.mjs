/** `npm run bench [-- --json]`: measures Patchbay beside its peers and prints one table. */
import { withSetUp } from "./set-up.mjs";

await withSetUp(async () => {
  const { loadTypeScript } = await import("./build/load.mjs");
  const { main } = await loadTypeScript("bench/main.ts", "bench");
  return main(process.argv.slice(2));
});
