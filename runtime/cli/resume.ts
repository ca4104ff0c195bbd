import { firstOperand } from "./arguments.js";
import { common, type Command } from "./command.js";
import { readDecisions } from "./decisions.js";
import { exit } from "./exit.js";
import { printProblems, readGraph } from "./graph-file.js";
import { graphOfRun } from "./graph-of-run.js";
import { readOverrides } from "./overrides.js";
import { steering, steeringNotes } from "./run.js";
import { readSaveEvery } from "./save-every.js";
import { storeFolder, withStore } from "./store-folder.js";
import { storedRun } from "./stored-run.js";
import { takeRun } from "./take-run.js";
import { readNode } from "./until.js";

/** `patchbay resume RUN` */
export const resume: Command = {
  name: "resume",
  summary: "Go on with a stored run: where it paused, where it failed, or with the answer to its question.",
  operands: ["RUN"],
  options: {
    graph: { value: "GRAPH", help: "The run's graph. Default: the one of its name beside the store, or in the current folder." },
    store: common.store,
    ...steering,
  },
  notes: [
    steeringNotes,
    "With --until, a run that stands before NODE goes on until NODE is due again.",
    "The store is .patchbay in the current folder unless --store names another.",
  ].join("\n"),
  run(given, io) {
    const { id, graph: name } = withStore(given, io, (store) => storedRun(store, firstOperand(given)));
    const graph = readGraph(given.value("graph") ?? graphOfRun(id, name, storeFolder(given, io.cwd, io), io), io);
    printProblems(graph, io);
    if (!graph.valid) return exit.usage;
    const until = readNode("until", given.value("until"), graph.document.graph);
    const decisions = readDecisions(given.values("decide"), graph.document.graph);
    const overrides = readOverrides(given.values("override"), graph.document.graph);
    const folder = storeFolder(given, io.cwd, io);
    return takeRun({
      graph,
      folder,
      given,
      run: id,
      from: undefined,
      course: { decisions, until, saveEvery: readSaveEvery(given.value("checkpoint-every")) },
      overrides,
      input: undefined,
      io,
    });
  },
};
