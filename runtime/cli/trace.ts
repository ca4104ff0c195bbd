import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import { traceEntries } from "../checkpoint/trace-entries.js";
import type { Collector } from "../platform/otlp/collector.js";
import { sendStored } from "../platform/otlp/send-stored.js";
import { systemClock } from "../platform/system-clock.js";
import type { TraceEvent } from "../trace/event.js";
import { firstOperand } from "./arguments.js";
import { collectorOf, collectorOptions } from "./collector-options.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import type { CliIo } from "./io.js";
import { counted } from "./lists.js";
import { openStore, storeFolder } from "./store-folder.js";
import { storedRun } from "./stored-run.js";
import { traceLine } from "./trace-line.js";
import { writeLines } from "./write-lines.js";

/** `patchbay trace RUN` */
export const trace: Command = {
  name: "trace",
  summary: "Print what happened in a run, one event a line, oldest first; what a restore has left behind is among it.",
  operands: ["RUN"],
  options: {
    store: common.store,
    json: { help: "Print each event as one JSON object a line, as `run --trace` writes them." },
    ...collectorOptions,
  },
  notes: [
    "The store is .patchbay in the current folder unless --store names another. Times are UTC.",
    "With --otlp nothing is printed: the run, its supersteps and its tasks are sent as spans, those of runs inside it, too. They are the",
    "same each time. Values of channels are not sent.",
  ].join("\n"),
  async run(given, io) {
    const collector = collectorOf(given);
    const store = openStore(storeFolder(given, io.cwd, io), io);
    try {
      const run = storedRun(store, firstOperand(given));
      if (collector === undefined) await writeLines(io.outStream(), linesOf(store, run, given.has("json") ? JSON.stringify : traceLine));
      else await send(store, run, collector, given.has("json"), io);
      return exit.ok;
    } finally {
      store.close();
    }
  },
};

function* linesOf(store: CheckpointStore, { id }: StoredRun, line: (event: TraceEvent) => string): Generator<string, void, void> {
  for (const { event } of traceEntries(store, id)) yield line(event);
}

async function send(store: CheckpointStore, run: StoredRun, collector: Collector, json: boolean, io: CliIo): Promise<void> {
  const { spans, rejected } = await sendStored(store, run, collector, systemClock);
  if (json) io.out(`${JSON.stringify({ run: run.id, spans, rejected })}\n`);
  else io.out(`Sent ${counted(spans, "span")}${rejected === 0 ? "" : `; the collector rejected ${rejected} of them`}.\n`);
}
