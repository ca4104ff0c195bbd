// The program that is killed: runs a graph on a store, or goes on with it where it stands, to its end, and says on stdout what is safe.
import { writeSync } from "node:fs";
import { join } from "node:path";
import { createRuntime, openGraph, openSqliteStore, type RunSession } from "../../../runtime/index.js";
import { acknowledging } from "./acknowledging.js";
import type { Line, ProgramTerms } from "./protocol.js";
import { RUN } from "./protocol.js";

/** Runs that fail because their handler process was killed are gone on with, so often at most. */
const TRIES = 100;

const { folder, store: directory, handlerProcess, durability, fault, server, rounds } = JSON.parse(process.argv[2] ?? "") as ProgramTerms;
const tell = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const store = acknowledging(openSqliteStore(directory), tell, fault);
const runtime = createRuntime({ store, workspace: folder, handlerProcess, durability, limits: { processes: 2 } });
const graph = await openGraph(join(folder, "outer.patchbay.json"));
const session = store.run(RUN) === undefined ? runtime.start(graph, { run: RUN, input: { server, rounds } }) : runtime.resume(graph, RUN);
session.onDidChange(() => tell({ shown: session.frontier.superstep }));
await drive(session);
const { server: _, ...state } = session.channels;
tell({ ended: session.status, state, ...(session.frontier.error === undefined ? {} : { error: session.frontier.error }) });
await runtime.close();
store.close();

/** To the end: what is asked is approved, what failed is tried again. */
async function drive(run: RunSession): Promise<void> {
  for (let tries = 0; run.status !== "completed" && tries < TRIES; tries += 1) {
    for (const { key } of run.openQuestions) run.decide(key, { action: "approve", actor: "test" });
    await run.continue();
  }
}
