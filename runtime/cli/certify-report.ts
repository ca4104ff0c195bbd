import type { Certificate, Verdict } from "../certify/certificate.js";
import type { Finding, Place } from "../certify/finding.js";
import { positionAt } from "../document/text.js";
import type { CertifiedInside } from "./certified-inside.js";
import type { GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { counted, tableOf } from "./lists.js";
import type { Trial } from "./migration-trials.js";

/** What a run's checkpoints are worth. */
export interface CertifiedRun {
  readonly run: string;
  readonly certificates: readonly Certificate[];
  /** The runs inside its tasks. */
  readonly inside: readonly CertifiedInside[];
  /** Checkpoint -> what came of trying its migrations. */
  readonly trials: ReadonlyMap<string, Trial>;
}

const verdicts: readonly Verdict[] = ["unaffected", "mapped", "migrate", "replay", "invalid"];

/** Prints a summary, and each checkpoint that is not as it was, with why and where. */
export function printCertificates(graph: GraphFile, runs: readonly CertifiedRun[], all: boolean, io: CliIo): void {
  const every = runs.flatMap(({ certificates }) => certificates);
  const counts = verdicts.map((verdict) => [verdict, every.filter((each) => each.verdict === verdict).length] as const);
  const sums = counts.filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${verdict}`);
  io.out(
    `${graph.given}: ${counted(every.length, "checkpoint")} of ${counted(runs.length, "run")}${sums.length === 0 ? "" : `: ${sums.join(", ")}`}\n`,
  );
  const told = (certificates: readonly Certificate[]): readonly Certificate[] =>
    certificates.filter(({ verdict }) => all || verdict !== "unaffected");
  for (const { run, certificates, inside, trials } of runs) {
    const rows = told(certificates).flatMap((each) => rowsOf((place) => placeIn(graph, place), each, trials.get(each.checkpoint)));
    if (rows.length > 0) io.out(`\nrun ${run}\n${tableOf(COLUMNS, rows)}`);
    for (const inner of inside) {
      if (inner.certificates === undefined) {
        if (all) io.out(`\nrun ${inner.run}, ${placeOfRun(run, inner)}\nIts graph cannot be had: ${inner.graph}\n`);
        continue;
      }
      const within = told(inner.certificates).flatMap((each) => rowsOf((place) => placeInside(inner.graph, place), each, undefined));
      if (within.length > 0) io.out(`\nrun ${inner.run}, ${placeOfRun(run, inner)}\n${tableOf(COLUMNS, within)}`);
    }
  }
}

const COLUMNS = ["checkpoint", "superstep", "verdict", "why", "where"] as const;

function placeOfRun(run: string, { task, slot }: CertifiedInside): string {
  return `inside ${task}${slot === undefined ? "" : `, item ${slot}`} of run ${run}`;
}

/** The same, whole. */
export function certificatesJson(graph: GraphFile, runs: readonly CertifiedRun[]): object {
  return {
    graph: graph.given,
    runs: runs.map(({ run, certificates, inside, trials }) => ({
      run,
      ...(inside.length === 0 ? {} : { inside: inside.map(insideJson) }),
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

function insideJson({ certificates, ...inner }: CertifiedInside): object {
  if (certificates === undefined) return { ...inner, checkpoints: null };
  const checkpoints = certificates.map(({ findings, ...rest }) => ({
    ...rest,
    findings: findings.map((finding) => ({ ...finding, at: placeInside(inner.graph, finding.place) })),
  }));
  return { ...inner, checkpoints };
}

function rowsOf(placeOf: (place: Place) => string, certificate: Certificate, trial: Trial | undefined): readonly (readonly string[])[] {
  const { checkpoint, superstep, verdict, findings, ancestor } = certificate;
  const whys: Pick<Finding, "message" | "place">[] = [...findings];
  const [first, ...others] = whys.map(({ message, place }) => [message, placeOf(place)] as const);
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

/** A place in a graph that only its name is known of here. */
function placeInside(graph: string, place: Place): string {
  return place.entity === "limits" ? graph : `${place.entity} ${place.id} of ${graph}`;
}
