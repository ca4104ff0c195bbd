import { PatchbayError } from "../errors.js";
import type { CompileSettings } from "../model/graph.js";
import { systemClock } from "../platform/system-clock.js";
import type { Arguments } from "./arguments.js";
import { common, type Command } from "./command.js";
import { compileFolders } from "./compile-folders.js";
import { compileJson, compileLines } from "./compile-report.js";
import { compileSteps } from "./compile-steps.js";
import { exit } from "./exit.js";
import { printProblems, readGraph, type GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";

const strategies: readonly CompileSettings["strategy"][] = ["auto", "hard", "soft"];

/** `patchbay compile [FOLDER|GRAPH…]`, `patchbay compile --from OLD --to NEW` */
export const compile: Command = {
  name: "compile",
  summary:
    "Compile all graphs of folders; or one version of a graph from another, and say what it takes: nothing, a soft or a hard recompile.",
  operands: ["[FOLDER|GRAPH…]"],
  options: {
    from: { value: "OLD", help: "The graph whose plan is in force." },
    to: { value: "NEW", multiple: true, help: "The graph that it becomes; may be repeated: each is compiled from the one before it." },
    strategy: { value: "STRATEGY", help: "auto, hard or soft, in place of what the graphs say." },
    json: common.json,
  },
  notes: "Without --from and --to: compiles what is given, or the current folder. Problems go to stderr, one a line. Ctrl+C cancels.",
  async run(given, io) {
    if (["from", "to", "strategy"].every((name) => !given.has(name)))
      return compileFolders(given.operands.length === 0 ? ["."] : given.operands, given.has("json"), io);
    if (given.operands.length > 0)
      throw new PatchbayError("USAGE", "patchbay compile: give either folders and graphs, or --from OLD and --to NEW.");
    const versions = readVersions([required(given, "from"), ...requiredAll(given, "to")], io);
    for (const version of versions) printProblems(version, io);
    if (versions.some(({ document }) => !document.valid)) return exit.usage;
    const outcome = await compileSteps(versions, strategyOf(given), systemClock);
    if (given.has("json")) io.out(`${JSON.stringify(compileJson(outcome))}\n`);
    else for (const line of compileLines(outcome)) io.out(`${line}\n`);
    const errors = outcome.steps.flatMap(({ error }) => error ?? []);
    if (!given.has("json")) for (const { code, message } of errors) io.err(`error: ${code} ${message}\n`);
    return errors.length === 0 ? exit.ok : exit.failed;
  },
};

/** Each version shares with the one before it what the two have in common, as an edited document does. */
function readVersions(paths: readonly string[], io: CliIo): readonly GraphFile[] {
  const versions: GraphFile[] = [];
  for (const path of paths) versions.push(readGraph(path, io, versions.at(-1)));
  return versions;
}

function required(given: Arguments, name: string): string {
  const value = given.value(name);
  if (value === undefined) throw new PatchbayError("USAGE", "patchbay compile: it needs both --from OLD and --to NEW.");
  return value;
}

function requiredAll(given: Arguments, name: string): readonly string[] {
  required(given, name);
  return given.values(name);
}

function strategyOf(given: Arguments): CompileSettings["strategy"] | undefined {
  const text = given.value("strategy");
  const found = strategies.find((strategy) => strategy === text);
  if (text !== undefined && found === undefined)
    throw new PatchbayError("USAGE", `--strategy ${text}: give one of ${strategies.join(", ")}.`);
  return found;
}
