/** `npm run bench [-- --json] [-- NAME…]`: measures, and prints a table for each peer, or with `--json` one JSON object and nothing else on stdout. */
import { availableParallelism, loadavg } from "node:os";
import type { Benchmark } from "./benchmark.js";
import { blame } from "./blame.js";
import { canvas } from "./canvas.js";
import { certificates } from "./certificates.js";
import { debugging } from "./debug.js";
import { editLatency } from "./edit-latency.js";
import { handlerProcess } from "./handler-process.js";
import { openLatency } from "./open-latency.js";
import { parse } from "./parse.js";
import { history } from "./history.js";
import { merges } from "./merges.js";
import { loadPeer, peerName } from "./peer.js";
import { queue } from "./queue.js";
import { restore } from "./restore.js";
import { restoreLatency } from "./restore-latency.js";
import { softRecompile } from "./soft-recompile.js";
import { state } from "./state.js";
import { storage } from "./storage.js";
import { supersteps } from "./supersteps.js";
import { tablesText, type Row } from "./table.js";
import { workspace } from "./workspace.js";

const benchmarks: readonly Benchmark[] = [
  softRecompile,
  parse,
  certificates,
  queue,
  workspace,
  supersteps,
  state,
  restore,
  handlerProcess,
  storage,
  history,
  blame,
  merges,
  debugging,
  editLatency,
  restoreLatency,
  ...canvas,
  openLatency,
];

/** Measures what `args` name (nothing: all that Node.js is enough for) and prints it; gives the exit code: 0, 1 when a benchmark failed, 2 for bad usage. */
export async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((argument) => argument !== "--json");
  const unknown = names.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`No benchmark ${unknown.join(", ")}; there are ${benchmarks.map(({ name }) => name).join(", ")}.\n`);
    return 2;
  }
  const chosen = benchmarks.filter(({ name, apart }) => (names.length === 0 ? apart !== true : names.includes(name)));
  const results = await measureAll(chosen);
  process.stdout.write(args.includes("--json") ? jsonText(results) : titledTable(results));
  return results.length === chosen.length ? 0 : 1;
}

type Rows = readonly Row[];

/** The rows of each benchmark that succeeded. A failure is reported, and leaves the others their figures. */
async function measureAll(chosen: readonly Benchmark[]): Promise<readonly Rows[]> {
  const found = await loadPeer();
  if (found.missing !== undefined) process.stderr.write(`${found.missing}\n`);
  const results: Rows[] = [];
  for (const { name, run } of chosen) {
    process.stderr.write(`measuring ${name} …\n`);
    try {
      results.push(await run(found));
    } catch (error) {
      process.stderr.write(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
  }
  return results;
}

const machine = () => ({ node: process.versions.node, cpus: availableParallelism(), load: Number((loadavg()[0] ?? 0).toFixed(1)) });

function jsonText(results: readonly Rows[]): string {
  return `${JSON.stringify({ ...machine(), peer: peerName, rows: results.flat() }, null, 2)}\n`;
}

/** The load is told because a busy machine stretches what takes milliseconds more than what takes microseconds. */
function titledTable(results: readonly Rows[]): string {
  const { node, cpus, load } = machine();
  const busy = load > cpus + 1 ? ": a busy machine, these figures are not to be quoted" : "";
  return `Node.js ${node}, ${cpus} processors, load ${load}${busy}\n\n${tablesText(results.flat(), peerName)}`;
}
