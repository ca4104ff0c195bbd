import { PatchbayError } from "../errors.js";
import { firstOperand } from "./arguments.js";
import { collectorOptions } from "./collector-options.js";
import { common, type Command, type Option } from "./command.js";
import { readDecisions } from "./decisions.js";
import { exit } from "./exit.js";
import { printProblems, readGraph } from "./graph-file.js";
import { readInput } from "./input.js";
import { readOverrides } from "./overrides.js";
import { readSaveEvery, saveEveryOption } from "./save-every.js";
import { replaying } from "./replay-option.js";
import { storeFolder } from "./store-folder.js";
import { runNode } from "./run-node.js";
import { takeRun } from "./take-run.js";
import { readNode, untilOption } from "./until.js";

/** Options of commands that take a run on. */
export const steering = {
  decide: {
    value: "KEY=JSON",
    multiple: true,
    help: 'Answer a question (KEY: the barrier, or NODE/KEY of a handler or inside a subgraph): "approve" or {"action":"approve","value":…}.',
  },
  override: {
    value: "NODE=TARGET",
    multiple: true,
    help: "From NODE go to TARGET, whatever its edges say; several for several targets.",
  },
  until: untilOption,
  "checkpoint-every": saveEveryOption,
  "graph-mode": {
    value: "strict|certified|force",
    help: "How much the graph of a stored run may have changed: not at all; as far as nothing is lost (default); whatever is lost.",
  },
  durability: {
    value: "sync|async|exit",
    help: "When what was done is safe from a killed process: with each checkpoint; before the run waits for anything (default); when it stops.",
  },
  ...replaying,
  json: common.json,
  trace: { value: "FILE", help: "Write the run's trace, one event a line." },
  ...collectorOptions,
} as const satisfies Record<string, Option>;

/** What help says about them. */
export const steeringNotes = [
  "A decision is kept until its question is asked, and answers it each time it is asked in this invocation.",
  "It may be the bare action too: --decide review=approve.",
  "An override is kept with the run. NODE may be @start, TARGET @end. A node's own goto and its failures go before.",
  "Ctrl+C lets what is at work finish, starts nothing new, and leaves the run paused. Pressed again, it cancels the run at once",
  "and keeps its checkpoints; a third time, it ends the process.",
  "With --otlp, spans are sent as they end; the run does not wait for the collector, and goes on without it.",
  "On a terminal, stderr shows what is at work; CI, NO_COLOR or TERM=dumb turn that off.",
].join("\n");

const nodeNotes = [
  "With --node, the node is given what it was given last in the newest run of the graph (in --run, at --checkpoint), with the channels of",
  "--input on top; with --input alone, those and defaults. Exit status: 0 done, 10 it asks, 1 failed.",
  "With --from, --run names the run, else it is that of --checkpoint, else the newest one; the node runs, whatever is recorded of it.",
].join("\n");

/** `patchbay run GRAPH` */
export const run: Command = {
  name: "run",
  summary: "Run a graph until it is completed, fails, or waits for a decision; or go on with a stored run.",
  operands: ["GRAPH"],
  options: {
    input: { value: "JSON|@FILE|-", help: "Channel -> first value, as JSON, from a file, or from stdin." },
    store: { value: "DIR", help: "The folder that holds patchbay.db. Default: .patchbay beside the graph." },
    run: { value: "ID", help: "Go on with this run; a new run gets this id. With --node: the run to take its input from." },
    node: { value: "NODE", help: "Run this node alone: no run moves by it, and nothing is written to the store." },
    from: {
      value: "NODE",
      help: "Go on from this node: the run stands where the node was due last, and takes what is recorded for what came before.",
    },
    checkpoint: {
      value: "ID",
      help: "With --node: the checkpoint to take its input from. With --from: the one to go on from, whatever is due there.",
    },
    ...steering,
  },
  notes: `${steeringNotes}\n${nodeNotes}`,
  async run(given, io) {
    const graph = readGraph(firstOperand(given), io);
    printProblems(graph, io);
    if (!graph.valid) return exit.usage;
    const until = readNode("until", given.value("until"), graph.document.graph);
    const decisions = readDecisions(given.values("decide"), graph.document.graph);
    const overrides = readOverrides(given.values("override"), graph.document.graph);
    const input = await readInput(given.value("input"), io);
    const folder = storeFolder(given, graph.folder, io);
    const node = readNode("node", given.value("node"), graph.document.graph);
    if (node !== undefined) return runNode({ graph, node, folder, given, decisions, input, io });
    const from = readNode("from", given.value("from"), graph.document.graph);
    if (from === undefined && given.has("checkpoint"))
      throw new PatchbayError("USAGE", "--checkpoint goes with --node or --from; `restore` takes a run back to one.");
    return takeRun({
      graph,
      folder,
      given,
      run: given.value("run"),
      from,
      course: { decisions, until, saveEvery: readSaveEvery(given.value("checkpoint-every")) },
      overrides,
      input,
      io,
    });
  },
};
