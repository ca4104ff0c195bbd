import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {Readonly<Record<string, { version?: string, optional?: boolean, os?: string[], cpu?: string[] }>>} Packages */

/** @param {string} path @returns {Packages} */
const packagesOf = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : {});

/** Whether the node_modules of a folder hold what its package-lock.json names. Dates are no evidence: a clone or a copy sets them anew. @param {string} folder */
export function isInstalled(folder) {
  const wanted = packagesOf(join(folder, "package-lock.json"));
  const present = packagesOf(join(folder, "node_modules", ".package-lock.json"));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional === true || present[path]?.version === version,
  );
}
