import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { compileGraph } from "../compile/full.js";
import { parseDocument } from "../document/parse.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import { PatchbayError } from "../errors.js";
import type { Problem } from "../model/problem.js";
import type { Plan } from "../plan/plan.js";
import { FileGraphs } from "./file-graphs.js";
import { ModuleSnapshots } from "./modules/module-snapshots.js";
import { workspaceOf } from "./workspace.js";

/** A graph read from a file. */
export interface OpenedGraph {
  /** Absolute path of the document. */
  readonly path: string;
  /** File name without folder: what stores list its runs under. */
  readonly name: string;
  readonly folder: string;
  readonly document: ParsedDocument;
  readonly problems: readonly Problem[];
  /** Absent while a problem is an error. */
  readonly plan?: Plan;
}

/**
 * Reads, checks and compiles a graph, with the modules and graphs that its nodes run as they are now: to run them as they are later,
 * open it again. A broken document is a value with problems; throws `NOT_FOUND` when the file cannot be read.
 */
export async function openGraph(path: string): Promise<OpenedGraph> {
  const file = resolve(path);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new PatchbayError("NOT_FOUND", `${path} cannot be read.`, { path }, error);
  });
  const document = parseDocument(text);
  const { problems, valid } = document;
  const folder = dirname(file);
  const workspace = workspaceOf(folder);
  const files = new FileGraphs({ workspace, modules: new ModuleSnapshots(workspace) }).files(folder);
  return {
    path: file,
    name: basename(file),
    folder,
    document,
    problems,
    ...(valid ? { plan: compileGraph(document.graph, files.version) } : {}),
  };
}
