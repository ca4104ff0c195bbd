import { basename } from "node:path";
import type { CheckpointStore } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import type { NodeId } from "../model/ids.js";
import { standBefore } from "../run/run-from.js";
import type { RunSession } from "../run/session.js";
import type { Arguments } from "./arguments.js";
import { ACTOR } from "./drive.js";
import type { GraphFile } from "./graph-file.js";
import { readReplay } from "./replay-option.js";
import { storedRun } from "./stored-run.js";

interface Asked {
  readonly graph: GraphFile;
  readonly run: string | undefined;
  readonly given: Arguments;
}

/** The run that `--from` is about: the one that is named, that of `--checkpoint`, or the newest of the graph. Throws `NOT_FOUND`, `USAGE`. */
export function runToGoOnWith({ graph, run, given }: Asked, store: CheckpointStore): string {
  const checkpoint = given.value("checkpoint");
  if (run !== undefined) return storedRun(store, run).id;
  if (checkpoint !== undefined) return store.load(checkpoint).run;
  const [newest] = store.runs(basename(graph.path), { limit: 1 });
  if (newest === undefined) throw new PatchbayError("USAGE", `--from goes on with a run, and the store has none of ${graph.given}.`);
  return newest.id;
}

/** Stands a run before the node that `--from` names. Throws as `standBefore` does. */
export function goOnFrom(session: RunSession, node: NodeId, { graph, given }: Asked, store: CheckpointStore): void {
  const checkpoint = given.value("checkpoint");
  const replay = readReplay(given, graph.document.graph);
  const more = { ...(checkpoint === undefined ? {} : { checkpoint }), ...(replay === undefined ? {} : { replay }) };
  standBefore(session, store, { node, actor: ACTOR, ...more });
}
