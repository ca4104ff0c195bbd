import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { inProject, root } from "../layout.mjs";

/**
 * Bundles a TypeScript program of the project into out/ and loads it. Packages stay outside of the bundle.
 *
 * @param {string} entry  path in the project
 * @param {string} name  of the bundle
 * @returns {Promise<any>} its exports
 */
export async function loadTypeScript(entry, name) {
  const outfile = inProject("out", "programs", `${name}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}
