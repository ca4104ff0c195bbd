import type { CompileRecord } from "../compile/compile-record.js";
import { GraphCompiler } from "../compile/graph-compiler.js";
import { CompileQueue } from "../compile/queue.js";
import { PatchbayError } from "../errors.js";
import { systemClock } from "../platform/system-clock.js";
import type { Arguments } from "./arguments.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { printProblems, readGraph, type GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { counted } from "./lists.js";

/** `patchbay compile --from OLD --to NEW` */
export const compile: Command = {
  name: "compile",
  summary: "Compile one version of a graph from another; say what it takes: nothing, a soft or a hard recompile.",
  operands: [],
  options: {
    from: { value: "OLD", help: "The graph whose plan is in force." },
    to: { value: "NEW", help: "The graph that it becomes." },
    json: common.json,
  },
  async run(given, io) {
    const graphs = ["from", "to"].map((name) => readGraph(required(given, name), io));
    for (const graph of graphs) printProblems(graph, io);
    const [from, to] = graphs;
    if (from === undefined || to === undefined || !from.document.valid || !to.document.valid) return exit.usage;
    const record = await recompile(from, to);
    print(record, given.has("json"), io);
    return record.success ? exit.ok : exit.failed;
  },
};

function required(given: Arguments, name: string): string {
  const value = given.value(name);
  if (value === undefined) throw new PatchbayError("USAGE", "patchbay compile: it needs both --from OLD and --to NEW.");
  return value;
}

type Recompile = Pick<CompileRecord, "class" | "reasons" | "recomputed" | "micros" | "success" | "error">;

const nothing: Recompile = { class: "none", reasons: [], recomputed: 0, micros: 0, success: true };

async function recompile(from: GraphFile, to: GraphFile): Promise<Recompile> {
  const compiler = new GraphCompiler(to.given, new CompileQueue(systemClock, { mode: "inline" }), systemClock);
  compiler.update(from.document);
  const before = compiler.history[0];
  compiler.update(to.document);
  // A hard change waits in the queue when the graph asks for that; here nothing else comes.
  await compiler.compileNow();
  const [record = nothing] = compiler.history;
  compiler.dispose();
  return record === before ? nothing : record;
}

function print(record: Recompile, json: boolean, io: CliIo): void {
  const { class: grade, reasons, recomputed, error } = record;
  const ms = record.micros / 1000;
  if (json) {
    io.out(`${JSON.stringify({ class: grade, reasons, recomputed, ms, ...(error === undefined ? {} : { error }) })}\n`);
    return;
  }
  io.out(
    grade === "none" ? "none: the plan stays as it is\n" : `${grade}: ${counted(recomputed, "node")} recomputed in ${ms.toFixed(3)} ms\n`,
  );
  for (const reason of reasons) io.out(`  ${reason}\n`);
  if (error !== undefined) io.err(`error: ${error.code} ${error.message}\n`);
}
