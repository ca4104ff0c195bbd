import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PatchbayError } from "../../runtime/errors.js";
import { GRAPH_SUFFIX, stemOf } from "../editor/graph-uri.js";
import type { GraphSession } from "./graph-session.js";

/** What a graph is called that was forked at a superstep; `place` tells several apart, from 1. */
export function forkName(name: string, superstep: number, place: number): string {
  const stem = stemOf(name).replace(/ \(superstep \d+\)(?: \d+)?$/, ""); // a fork of a fork is no longer a name than a fork
  return `${stem} (superstep ${superstep})${place === 1 ? "" : ` ${place}`}${GRAPH_SUFFIX}`;
}

/** A moment of a run that becomes a graph of its own. */
export interface Forking {
  readonly checkpoint: string;
  readonly superstep: number;
  /** The document of then. */
  readonly text: string;
}

/**
 * Writes the document of then beside a graph, and makes a run of it with the history that leads to the checkpoint. The run that it is of
 * stays as it is. Gives the path. Throws `UNTRUSTED`, `STORE`, `NOT_FOUND`, `CORRUPTED`; then no file is left.
 */
export function forkIntoFile(session: GraphSession, { checkpoint, superstep, text }: Forking): string {
  const directory = session.archive.directory();
  for (let place = 1; ; place += 1) {
    const name = forkName(session.source.name, superstep, place);
    const path = join(directory, name);
    if (!writeNew(path, text)) continue;
    try {
      session.copyInto(name, checkpoint);
      return path;
    } catch (thrown) {
      rmSync(path, { force: true });
      throw thrown;
    }
  }
}

/** Whether a file was written: one that is there stays as it is. */
function writeNew(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return false;
    throw new PatchbayError("STORE", `${path} cannot be written.`, { path }, cause);
  }
}
