import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../scripts/command.mjs";
import { inProject, projectNode } from "../../scripts/layout.mjs";
import { installedCodeServer } from "./code-server-install.js";

/** Puts VSIX files into the extensions of a fresh profile as VS Code installs them, which is done once for each set of files. */
export async function placeExtensions(folder: string, vsix: readonly string[]): Promise<void> {
  cpSync(await installedOnce(vsix), folder, { recursive: true });
}

const KEPT = inProject("out", "test", "extensions");
const DAY_MS = 24 * 3_600_000;

/** The folder with these installed: named for what is in the files, so that what was built anew is installed anew. */
async function installedOnce(vsix: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of vsix) hash.update(readFileSync(file));
  const installed = join(KEPT, hash.digest("hex").slice(0, 16));
  if (existsSync(installed)) return installed;
  removeOld();
  const partial = `${installed}.partial-${String(process.pid)}`;
  const [data, extensions] = [join(partial, "user-data"), join(partial, "extensions")];
  for (const folder of [data, extensions]) mkdirSync(folder, { recursive: true });
  for (const file of vsix) await installExtension([`--user-data-dir=${data}`, `--extensions-dir=${extensions}`], file);
  try {
    renameSync(extensions, installed);
  } catch (error) {
    if (!existsSync(installed)) throw error; // somebody else was faster
  }
  rmSync(partial, { recursive: true, force: true });
  return installed;
}

/** Removes what earlier builds left. */
function removeOld(): void {
  mkdirSync(KEPT, { recursive: true });
  for (const name of readdirSync(KEPT)) {
    const path = join(KEPT, name);
    if (statSync(path).mtimeMs < Date.now() - DAY_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Installs a VSIX file with code-server's own command. `folders` are the options that name its folders. */
export async function installExtension(folders: readonly string[], vsix: string): Promise<void> {
  const options = [await installedCodeServer(), ...folders, "--force", "--install-extension", vsix];
  const { code, output } = await run(projectNode, options, { quiet: true });
  if (code !== 0 || !output.includes("successfully installed")) throw new Error(`${vsix} was not installed:\n${output}`);
}
