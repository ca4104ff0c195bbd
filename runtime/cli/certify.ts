import { basename } from "node:path";
import { Certifier, type Certificate } from "../certify/certificate.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { storedPlans } from "../compile/stored-plans.js";
import { firstOperand, type Arguments } from "./arguments.js";
import { certifyInside } from "./certified-inside.js";
import { certificatesJson, printCertificates, type CertifiedRun } from "./certify-report.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { compiled, printProblems, readGraph, type GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { limitOf, limitOption } from "./lists.js";
import { tryMigrations, type Trial } from "./migration-trials.js";
import { writeMigrations } from "./migration-files.js";
import { openStore, storeFolder } from "./store-folder.js";
import { storedRun } from "./stored-run.js";

/** `patchbay certify GRAPH` */
export const certify: Command = {
  name: "certify",
  summary: "Say what every stored checkpoint of a graph is worth under the graph as it is now, and try its migrations on them.",
  operands: ["GRAPH"],
  options: {
    store: { value: "DIR", help: "The folder that holds patchbay.db. Default: .patchbay beside the graph." },
    run: { value: "ID", help: "Only this run." },
    all: { help: "List the checkpoints that are not affected, too." },
    "write-migration": {
      help: "Write a migration for each layout of channels that needs one and has none, to migrations/NAME/ beside the graph.",
    },
    limit: { ...limitOption, help: "Look at so many runs at most, the newest. Default 100." },
    json: common.json,
  },
  notes: [
    "unaffected: goes on as it would have. mapped: goes on by the graph of now. migrate: its values need a migration first.",
    "replay: cannot go on; the checkpoint named before it can. invalid: neither.",
    "Runs inside tasks are listed apart, under the graph that their task runs now: where their checkpoints stand is where one can go back",
    "to inside. What keeps the run around them from going on is told with that run.",
    "A migration is tried in a handler process, and changes nothing. The exit status is 0 if every checkpoint of the graph's own runs can",
    "go on, 1 if not.",
  ].join("\n"),
  async run(given, io) {
    const graph = readGraph(firstOperand(given), io);
    printProblems(graph, io);
    if (!graph.valid) return exit.usage;
    const store = openStore(storeFolder(given, graph.folder, io), io);
    try {
      const runs = await certifiedRuns(graph, store, given, io);
      if (given.has("json")) io.out(`${JSON.stringify(certificatesJson(graph, runs))}\n`);
      else printCertificates(graph, runs, given.has("all"), io);
      return runs.every(({ certificates, trials }) => certificates.every((each) => canGoOn(each, trials))) ? exit.ok : exit.failed;
    } finally {
      store.close();
    }
  },
};

async function certifiedRuns(graph: GraphFile, store: CheckpointStore, given: Arguments, io: CliIo): Promise<readonly CertifiedRun[]> {
  const { plan } = compiled(graph);
  const named = given.value("run");
  const runs = named === undefined ? store.runs(basename(graph.path), { limit: limitOf(given) }) : [storedRun(store, named)];
  const certifier = new Certifier(store, storedPlans(store));
  const now = { plan, graphs: graph.graphs.of(graph.folder) };
  const certified = runs.map(({ id }) => ({
    run: id,
    certificates: certifier.run(id, plan, now.graphs),
    inside: certifyInside(store, certifier, id, now, limitOf(given)),
  }));
  const needy = certified.flatMap(({ certificates }) => certificates.filter(({ verdict }) => verdict === "migrate"));
  if (given.has("write-migration")) writeMigrations(graph, store, needy, io);
  const trials = await tryMigrations(graph, store, plan, needy, io);
  return certified.map((each) => ({ ...each, trials }));
}

function canGoOn({ checkpoint, verdict }: Certificate, trials: ReadonlyMap<string, Trial>): boolean {
  if (verdict === "migrate") return trials.get(checkpoint)?.ok === true;
  return verdict === "unaffected" || verdict === "mapped";
}
