import { fileURLToPath } from "node:url";
import { resolve } from "node:path";

const example = fileURLToPath(new URL("../", import.meta.url));

/** A path from this example's folder, absolute; an absolute one stays as it is. */
export function fromExample(path: string): string {
  return resolve(example, path);
}
