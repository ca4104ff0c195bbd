/** `npm start`: sets up, builds, runs the example without an editor, then opens VS Code on the examples. `-- --no-open` stops before. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./command.mjs";
import { inProject, root } from "./layout.mjs";
import { withSetUp } from "./set-up.mjs";

/** Runs the example in a store of its own, which answers the questions it asks. */
async function runExample() {
  const store = mkdtempSync(join(tmpdir(), "patchbay-start-"));
  const graph = join("examples", "refund-triage", "refund-triage.patchbay.json");
  try {
    console.log(`\npatchbay run ${graph} --decide approve=approve`);
    const { code } = await run(process.execPath, [
      inProject("dist", "cli.js"),
      "run",
      graph,
      "--store",
      store,
      "--decide",
      "approve=approve",
    ]);
    return code;
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}

await withSetUp(async () => {
  const { packVsix, vsixPath } = await import("./build/vsix.mjs");
  const { buildAll } = await import("./build/bundle.mjs");
  console.log("Building.");
  const built = await buildAll([]);
  if (built !== 0) return built;
  const ran = await runExample();
  if (ran !== 0 || process.argv.includes("--no-open")) return ran;
  const packed = await packVsix(root, vsixPath);
  if (packed !== 0) return packed;
  const { loadTypeScript } = await import("./build/load.mjs");
  const { openEditor } = await loadTypeScript("test/host/open-editor.ts", "open-editor");
  return openEditor();
});
