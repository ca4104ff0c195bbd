import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that the handlers of a folder's graphs stay in: the nearest one upwards with a `.git` or `package.json`, else itself. */
export function workspaceOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git")) || existsSync(join(at, "package.json"))) return at;
    if (dirname(at) === at) return folder;
  }
}
