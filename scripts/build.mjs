/** `npm run build [-- TARGET…] [-- --watch]`: makes dist/. */
import { withSetUp } from "./set-up.mjs";

await withSetUp(async () => {
  const { buildAll, watch } = await import("./build/bundle.mjs");
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
  if (!process.argv.includes("--watch")) return buildAll(names);
  await watch(names);
  return 0;
});
