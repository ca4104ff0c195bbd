/** `npm run kills [-- --kills 500 --seed N]`: kills runs at random instants and checks what they promise. */
import { withSetUp } from "./set-up.mjs";

await withSetUp(async () => {
  const { loadTypeScript } = await import("./build/load.mjs");
  const { main } = await loadTypeScript("test/faults/kills/main.ts", "kills");
  return main(process.argv.slice(2));
});
