import { existsSync } from "node:fs";
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from "@vscode/test-electron";
import { run } from "../../scripts/command.mjs";
import { cacheFolder } from "../../scripts/layout.mjs";
import { inPath } from "../../scripts/machine/browser.mjs";
import { type ProcessTree, startTree } from "./process-tree.js";
import type { Profile } from "./profile.js";

const RELEASES = "https://update.code.visualstudio.com/api/releases/stable";
const PROBE_MS = 4000;

/** Desktop VS Code, or why there is none. */
export type Desktop = { readonly executable: string } | { readonly missing: string };

/** Downloads desktop VS Code unless no window can be shown here or its server does not answer within seconds. */
export async function findDesktop(): Promise<Desktop> {
  if (!hasDisplay()) return { missing: "there is no display" };
  const answers = await fetch(RELEASES, { signal: AbortSignal.timeout(PROBE_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!answers) return { missing: "VS Code cannot be downloaded here" };
  return { executable: await downloadAndUnzipVSCode({ version: "stable", cachePath: `${cacheFolder}/vscode`, extractSync: true }) };
}

/** Whether a window can be shown, on a virtual screen if need be. */
export function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY) || inPath("xvfb-run") !== undefined;
}

/** Installs the extensions and opens a window on the folder; the window is closed with the tree. */
export async function startDesktop(
  executable: string,
  { userData, extensions }: Pick<Profile, "userData" | "extensions">,
  { vsix, folder, wait = false }: { readonly vsix: readonly string[]; readonly folder: string; readonly wait?: boolean },
): Promise<ProcessTree> {
  if (!existsSync(executable)) throw new Error(`VS Code is missing at ${executable}`);
  const folders = [`--user-data-dir=${userData}`, `--extensions-dir=${extensions}`];
  const asRoot = process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const [cli = executable, ...cliArgs] = /[\\/]code(?:\.cmd)?$/.test(executable)
    ? [executable]
    : resolveCliArgsFromVSCodeExecutablePath(executable);
  for (const path of vsix) {
    const { code, output } = await run(cli, [...cliArgs, ...asRoot, ...folders, "--force", "--install-extension", path], { quiet: true });
    if (code !== 0) throw new Error(`${path} was not installed:\n${output}`);
  }
  const window = [
    ...asRoot,
    ...folders,
    "--disable-workspace-trust",
    "--skip-welcome",
    "--skip-release-notes",
    ...(wait ? ["--wait"] : []),
    folder,
  ];
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY
    ? startTree("xvfb-run", ["-a", executable, ...window])
    : startTree(executable, window);
}
