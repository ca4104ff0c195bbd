import { isAbsolute, relative } from "node:path";

/** Whether a path is inside a folder, as far as names tell. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && !isAbsolute(way) && way.split(/[\\/]/, 1)[0] !== "..";
}
