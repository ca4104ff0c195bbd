import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { run } from "../command.mjs";
import { inProject, root } from "../layout.mjs";

const { version } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));

/** Where `npm run package` puts the extension. */
export const vsixPath = inProject("out", `patchbay-${version}.vsix`);

/** Packs the extension in `folder`, of which everything is bundled, into one VSIX. @param {string} folder @param {string} target @returns {Promise<number>} exit code */
export async function packVsix(folder, target) {
  mkdirSync(join(target, ".."), { recursive: true });
  const links = ["--allow-missing-repository", "--no-rewrite-relative-links"];
  const vsce = inProject("node_modules", "@vscode", "vsce", "vsce");
  const { code, output } = await run(process.execPath, [vsce, "package", "--no-dependencies", ...links, "--out", target], {
    cwd: folder,
    quiet: true,
  });
  if (code === 0) console.log(`  ${relative(root, target)} ${(statSync(target).size / 1024).toFixed(1)} KB`);
  else console.error(output);
  return code;
}
