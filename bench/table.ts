import type { Sample } from "./measure.js";

/** Whether a smaller or a larger figure is the better one. */
export type Better = "less" | "more";

/** One line of the table, as `--json` prints it. */
export interface Row {
  readonly name: string;
  readonly ours: number | null;
  readonly peer: number | null;
  /** How many times better ours is; below 1 the peer is. */
  readonly ratio: number | null;
  readonly unit: string;
  /** What stands beside ours, where that is not the peer of the whole. */
  readonly peerName?: string;
  readonly note?: string;
  /** 10th and 90th percentile, where the figure is a median. */
  readonly oursSpread?: Spread;
  readonly peerSpread?: Spread;
}

type Spread = readonly [p10: number, p90: number];

/** What a row is made from. */
export interface RowDraft {
  readonly name: string;
  readonly unit: string;
  readonly better: Better;
  /** A number where nothing varies. */
  readonly ours: Sample | number | undefined;
  readonly peer?: Sample | number | undefined;
  readonly peerName?: string;
  readonly note?: string | undefined;
}

/** Makes a row. */
export function row({ name, unit, better, ours: oursDraft, peer: peerDraft, peerName, note }: RowDraft): Row {
  const ours = figure(oursDraft);
  const peer = figure(peerDraft);
  const ratio = ours === null || peer === null ? null : better === "less" ? peer / ours : ours / peer;
  const oursSpread = spread(oursDraft);
  const peerSpread = spread(peerDraft);
  return {
    name,
    ours,
    peer,
    ratio: ratio === null ? null : rounded(ratio),
    unit,
    ...(peerName === undefined ? {} : { peerName }),
    ...(note === undefined ? {} : { note }),
    ...(oursSpread === undefined ? {} : { oursSpread }),
    ...(peerSpread === undefined ? {} : { peerSpread }),
  };
}

/** The rows as text in columns, notes below: a table for each peer. `peerName`: of rows that do not say. */
export function tablesText(rows: readonly Row[], peerName: string): string {
  const byPeer = Object.entries(Object.groupBy(rows, (each) => each.peerName ?? peerName));
  return byPeer.map(([name, those = []]) => tableText(those, name)).join("\n");
}

function tableText(rows: readonly Row[], peerName: string): string {
  const notes = [...new Set(rows.flatMap((each) => each.note ?? []))];
  const mark = (note: string | undefined): string => (note === undefined ? "" : ` [${notes.indexOf(note) + 1}]`);
  const cells = [
    ["", "Patchbay", "p10-p90", peerName, "p10-p90", "ratio", "unit"],
    ...rows.map((each) => [
      each.name + mark(each.note),
      shown(each.ours),
      spreadText(each.oursSpread),
      shown(each.peer),
      spreadText(each.peerSpread),
      each.ratio === null ? "" : `${shown(each.ratio)}x`,
      each.unit,
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => aligned(cell, widths[column] ?? 0, column))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, "", ...notes.map((note, index) => `[${index + 1}] ${note}\n`)].join("\n");
}

/** Names and units to the left, figures to the right. */
function aligned(cell: string, width: number, column: number): string {
  return column === 0 || column === 6 ? cell.padEnd(width) : cell.padStart(width);
}

function figure(value: Sample | number | undefined): number | null {
  if (value === undefined) return null;
  return rounded(typeof value === "number" ? value : value.median);
}

function spread(value: Sample | number | undefined): Spread | undefined {
  return typeof value === "object" ? [rounded(value.p10), rounded(value.p90)] : undefined;
}

/** Three digits that mean something; whole numbers stay whole. */
function rounded(value: number): number {
  return Number.isInteger(value) || Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}

function shown(value: number | null): string {
  return value === null ? "-" : value.toLocaleString("en-US", { maximumSignificantDigits: 8 });
}

function spreadText(value: Spread | undefined): string {
  return value === undefined ? "" : `${shown(value[0])}-${shown(value[1])}`;
}
