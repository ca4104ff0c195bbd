/** `npm run bench [-- --json]`: measures Patchbay beside its peers and prints one table. */
import { withSetUp } from "./set-up.mjs";

await withSetUp(async () => {
  const { bundle } = await import("./build/bundle.mjs");
  await bundle("handler-process"); // what is measured is what the sources say now
  const { loadTypeScript } = await import("./build/load.mjs");
  const { main } = await loadTypeScript("bench/main.ts", "bench");
  return main(process.argv.slice(2));
});
