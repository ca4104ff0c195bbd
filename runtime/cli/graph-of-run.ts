import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PatchbayError } from "../errors.js";
import type { CliIo } from "./io.js";
import { shortPath } from "./store-folder.js";

/** The file of a run's graph, by its name: a store lies beside the graphs of its runs unless it was named. Throws `USAGE`. */
export function graphOfRun(run: string, name: string, folder: string, io: CliIo): string {
  const found = [dirname(folder), io.cwd].map((each) => join(each, name)).find((path) => existsSync(path));
  if (found !== undefined) return shortPath(found, io);
  throw new PatchbayError("USAGE", `Run ${run} is a run of ${name}, which is not beside the store. Name its file with --graph GRAPH.`);
}
