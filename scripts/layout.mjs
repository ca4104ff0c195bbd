import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder above this one that holds package-lock.json; searched for, since this file also runs from bundles in out/. @param {string} folder @returns {string} */
const projectAbove = (folder) => (existsSync(join(folder, "package-lock.json")) ? folder : projectAbove(dirname(folder)));

/** Folder of the project. */
export const root = projectAbove(dirname(fileURLToPath(import.meta.url)));

/** A path in the project. @param {readonly string[]} parts */
export const inProject = (...parts) => join(root, ...parts);

/** Node.js as the npm package `node` installs it. */
export const projectNode = inProject("node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** Where downloads that outlive a clone are kept. */
export const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "patchbay");
