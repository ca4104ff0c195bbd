import type { Certificate, Verdict } from "../certify/certificate.js";
import type { Finding, Place } from "../certify/finding.js";
import { positionAt } from "../document/text.js";
import type { GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { counted, tableOf } from "./lists.js";
import type { Trial } from "./migration-trials.js";

/** What a run's checkpoints are worth. */
export interface CertifiedRun {
  readonly run: string;
  readonly certificates: readonly Certificate[];
  /** Checkpoint -> what came of trying its migrations. */
  readonly trials: ReadonlyMap<string, Trial>;
}

const verdicts: readonly Verdict[] = ["unaffected", "mapped", "migrate", "replay", "invalid"];

/** Prints a summary, and each checkpoint that is not as it was, with why and where. */
export function printCertificates(graph: GraphFile, runs: readonly CertifiedRun[], all: boolean, io: CliIo): void {
  const every = runs.flatMap(({ certificates }) => certificates);
  const counts = verdicts.map((verdict) => [verdict, every.filter((each) => each.verdict === verdict).length] as const);
  const told = counts.filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${verdict}`);
  io.out(
    `${graph.given}: ${counted(every.length, "checkpoint")} of ${counted(runs.length, "run")}${told.length === 0 ? "" : `: ${told.join(", ")}`}\n`,
  );
  for (const { run, certificates, trials } of runs) {
    const rows = certificates
      .filter(({ verdict }) => all || verdict !== "unaffected")
      .flatMap((each) => rowsOf(graph, each, trials.get(each.checkpoint)));
    if (rows.length > 0) io.out(`\nrun ${run}\n${tableOf(["checkpoint", "superstep", "verdict", "why", "where"], rows)}`);
  }
}

/** The same, whole. */
export function certificatesJson(graph: GraphFile, runs: readonly CertifiedRun[]): object {
  return {
    graph: graph.given,
    runs: runs.map(({ run, certificates, trials }) => ({
      run,
      checkpoints: certificates.map(({ findings, ...rest }) => {
        const migration = trials.get(rest.checkpoint);
        return {
          ...rest,
          findings: findings.map((finding) => ({ ...finding, at: placeIn(graph, finding.place) })),
          ...(migration === undefined ? {} : { migration }),
        };
      }),
    })),
  };
}

function rowsOf(graph: GraphFile, certificate: Certificate, trial: Trial | undefined): readonly (readonly string[])[] {
  const { checkpoint, superstep, verdict, findings, ancestor } = certificate;
  const whys: Pick<Finding, "message" | "place">[] = [...findings];
  const [first, ...others] = whys.map(({ message, place }) => [message, placeIn(graph, place)] as const);
  const advice = ancestor === undefined ? trialText(trial) : `Go back to ${ancestor.checkpoint}, after superstep ${ancestor.superstep}.`;
  return [
    [checkpoint, String(superstep), verdict, ...(first ?? ["", ""])],
    ...others.map((other) => ["", "", "", ...other]),
    ...(advice === "" ? [] : [["", "", "", advice, ""]]),
  ];
}

function trialText(trial: Trial | undefined): string {
  if (trial === undefined) return "";
  return trial.ok ? `Migrated by ${trial.modules.join(", ")}.` : trial.message;
}

/** `file:line:column` of what is there still; a thing that is gone has no place. */
function placeIn({ given, document }: GraphFile, place: Place): string {
  if (place.entity === "limits") return "";
  const { nodes, edges, channels } = document.ranges;
  const range = { node: nodes, edge: edges, channel: channels }[place.entity].get(place.id);
  if (range === undefined) return `${place.entity} ${place.id}`;
  const { line, column } = positionAt(document.text, range.key.start);
  return `${given}:${line}:${column}`;
}
