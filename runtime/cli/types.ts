import { PatchbayError } from "../errors.js";
import { lookAtTypes, writeTypes, type TypesFile, type TypesStatus } from "../platform/types-file.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { printProblems, readGraph, type GraphFile } from "./graph-file.js";
import { reasonOf } from "./text-file.js";
import { shortPath } from "./store-folder.js";

/** `patchbay types GRAPH…` */
export const types: Command = {
  name: "types",
  summary: "Write the TypeScript types of graphs' channels and handlers, to .patchbay/types beside each graph.",
  operands: ["GRAPH…"],
  options: {
    check: { help: "Write nothing; exit with 1 if a file is not what it should be." },
    json: common.json,
  },
  notes: "A handler imports them with `import type`; the file itself says how. Keep them in git, and --check them where you test.",
  run(given, io) {
    // Handlers may be missing still: their types come first.
    const graphs = given.operands.map((path) => readGraph(path, io)).map((graph) => ({ ...graph, problems: graph.document.problems }));
    for (const graph of graphs) printProblems(graph, io);
    if (!graphs.every(isValid)) return exit.usage;
    const check = given.has("check");
    const files = graphs.map((graph) => ({ graph, file: bringUpToDate(graph, check) }));
    const current = files.every(({ file }) => isCurrent(file.status, check));
    if (given.has("json")) {
      const list = files.map(({ graph, file }) => ({
        file: graph.given,
        types: shortPath(file.path, io),
        status: said(file.status, check),
      }));
      io.out(`${JSON.stringify({ current, graphs: list })}\n`);
    } else for (const { graph, file } of files) io.out(`${graph.given}: ${shortPath(file.path, io)} ${words[said(file.status, check)]}\n`);
    return current ? exit.ok : exit.failed;
  },
};

type Said = TypesStatus | "written";

const words: Readonly<Record<Said, string>> = {
  current: "is current",
  written: "is written",
  stale: "is not current; run `patchbay types` without --check",
  missing: "is missing; run `patchbay types` without --check",
  foreign: "was not made by Patchbay and stays as it is; move it away",
};

function isValid({ problems }: GraphFile): boolean {
  return problems.every(({ severity }) => severity !== "error");
}

function bringUpToDate(graph: GraphFile, check: boolean): TypesFile {
  try {
    const file = lookAtTypes(graph.path, graph.document.graph);
    if (!check) writeTypes(file);
    return file;
  } catch (error) {
    throw new PatchbayError("STORE", `The types of ${graph.given} cannot be written: ${reasonOf(error)}.`, {}, error);
  }
}

function isCurrent(status: TypesStatus, check: boolean): boolean {
  return status === "current" || (!check && status !== "foreign");
}

function said(status: TypesStatus, check: boolean): Said {
  return !check && (status === "stale" || status === "missing") ? "written" : status;
}
