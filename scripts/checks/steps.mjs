import { packVsix, vsixPath } from "../build/vsix.mjs";
import { npm, run } from "../command.mjs";
import { inProject, root } from "../layout.mjs";
import { ensureBrowser } from "../machine/browser.mjs";
import { single } from "./outcome.mjs";
import { vitest } from "./vitest.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} what  what a reader sees
 * @property {readonly string[]} [needs]  steps without which this one says nothing
 * @property {() => Promise<import("./outcome.mjs").Outcome>} run
 */

/** Each has a tsconfig.json with its own `lib` and `types`. */
const TYPED = ["runtime", "extension", "webview", "test", "scripts", "examples", "bench"];

/** Runs an npm script, whose output shows only when it fails. @param {string} name */
async function script(name) {
  const { code, output } = await npm(["run", "--silent", name], { quiet: true });
  if (code !== 0) console.error(output);
  return single(code);
}

async function typecheck() {
  let failed = 0;
  for (const folder of TYPED) {
    const { code, output } = await run(process.execPath, [inProject("node_modules", "typescript", "bin", "tsc"), "-p", folder], {
      quiet: true,
    });
    if (code !== 0) console.error(output);
    failed += code === 0 ? 0 : 1;
  }
  return single(failed);
}

/** A vitest project that drives VS Code in a browser. @param {string} project */
const inBrowser = async (project) => vitest(project, { CHROME_PATH: await ensureBrowser() });

/** Everything that `npm test` does, in order. @type {readonly Step[]} */
export const steps = [
  { name: "format", what: "formatting (oxfmt)", run: () => script("format:check") },
  { name: "lint", what: "lint and boundaries (oxlint)", run: () => script("lint") },
  { name: "typecheck", what: "types (tsc for each folder)", run: typecheck },
  { name: "knip", what: "unused files, exports and packages (knip)", run: () => script("knip") },
  { name: "build", what: "bundles (esbuild)", run: async () => single((await npm(["run", "--silent", "build"])).code) },
  { name: "unit", what: "unit, property, golden, conformance and webview tests", needs: ["build"], run: () => vitest("unit") },
  { name: "peers", what: "LangGraph.js's own tests of checkpoint savers", run: () => vitest("peers") },
  { name: "package", what: "VSIX", needs: ["build"], run: async () => single(await packVsix(root, vsixPath)) },
  { name: "boundaries", what: "planted imports, content of the VSIX", needs: ["package"], run: () => vitest("build") },
  { name: "host", what: "tests in the extension host of a real VS Code", needs: ["package"], run: () => inBrowser("host") },
  { name: "e2e", what: "a person at work in a real VS Code", needs: ["package"], run: () => inBrowser("e2e") },
];
