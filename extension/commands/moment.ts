import type { Certificate } from "../../runtime/certify/certificate.js";
import { migratable } from "../run/migration-files.js";
import { pastGraph, type PastGraph } from "../run/past-graph.js";
import type { CheckpointRow } from "../views/checkpoint-rows.js";

type Place = Pick<CheckpointRow, "session" | "run" | "summary" | "inside">;

/** A checkpoint, and what is true of it now: rows may show what was true before the last edit. */
export interface Moment extends Place {
  /** What it is worth under the plan in force (of a run inside a task: the graph that the task runs now); undefined where it was made under that very plan. */
  readonly certificate: Certificate | undefined;
  /** The migration that it needs is there. */
  readonly migratable: boolean;
}

/** What is true of a checkpoint now, found on the spot. */
export function momentOf({ session, run, summary, inside }: Place): Moment {
  const place = { session, run, summary, inside };
  if (!inside && summary.revision === session.compiler.current?.plan.revision)
    return { ...place, certificate: undefined, migratable: false };
  const stands = session.run?.id === run.id ? session.run : run;
  const certificate = session.certificates.now(stands)?.all.get(summary.id);
  return { ...place, certificate, migratable: !inside && certificate?.verdict === "migrate" && migratable(session, summary.revision) };
}

/** The graph that it was made under, where the store has it; undefined of a run inside a task, whose graph is another document. */
export function graphAt({ session, summary, inside }: Moment): PastGraph | undefined {
  return inside ? undefined : pastGraph(session, summary);
}
