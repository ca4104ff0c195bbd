import * as vscode from "vscode";
import { compileStatistics, type CompileDurations, type CompileStatistics } from "../../runtime/compile/statistics.js";
import type { CompileRecord } from "../../runtime/compile/compile-record.js";
import { formatMicros } from "./durations.js";

/** What the compiles that are remembered came to. */
export interface StatisticsRow {
  readonly kind: "statistics";
  readonly statistics: CompileStatistics;
}

/** The statistics of some compiles; none of none. */
export function statisticsRows(records: readonly CompileRecord[]): readonly StatisticsRow[] {
  return records.length === 0 ? [] : [{ kind: "statistics", statistics: compileStatistics(records) }];
}

/** The item above the figures: what matters most of them. */
export function statisticsItem({ statistics }: StatisticsRow): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Statistics"), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = "statistics";
  const { savedMicros } = statistics;
  const saved = savedMicros === undefined || savedMicros <= 0 ? "" : vscode.l10n.t("saved {0}", formatMicros(savedMicros));
  item.description = [compilesText(statistics.compiles), saved].filter(Boolean).join(" · ");
  item.tooltip = vscode.l10n.t("Of the compiles of this graph that are remembered: the last {0}.", statistics.compiles);
  item.iconPath = new vscode.ThemeIcon("graph");
  return item;
}

/** The figures, one line each. */
export function statisticsLines(statistics: CompileStatistics): readonly string[] {
  const { soft, hard, refused, failed, hitRate } = statistics;
  return [
    ...durationsLine(vscode.l10n.t("soft"), soft),
    ...durationsLine(vscode.l10n.t("hard"), hard),
    ...(hitRate === undefined ? [] : [vscode.l10n.t("Soft share of the recompiles: {0} %", Math.round(hitRate * 100))]),
    ...savedLine(statistics),
    ...(refused === 0 ? [] : [vscode.l10n.t("Refused: {0}", refused)]),
    ...(failed === 0 ? [] : [vscode.l10n.t("Failed: {0}", failed)]),
  ];
}

function durationsLine(name: string, durations: CompileDurations | undefined): readonly string[] {
  if (durations === undefined) return [];
  const { count, last, mean, p50, p95 } = durations;
  const [l, m, half, most] = [last, mean, p50, p95].map(formatMicros);
  return [vscode.l10n.t("{0}: {1} · last {2} · mean {3} · p50 {4} · p95 {5}", name, count, l ?? "", m ?? "", half ?? "", most ?? "")];
}

/** Measured against full compiles of the same graph, or not at all. */
function savedLine({ savedMicros, notMeasured, soft }: CompileStatistics): readonly string[] {
  if (soft === undefined) return [];
  if (savedMicros === undefined) return [vscode.l10n.t("Time saved: not measured")];
  const saved = savedMicros > 0 ? formatMicros(savedMicros) : vscode.l10n.t("none");
  return notMeasured === 0
    ? [vscode.l10n.t("Time saved: {0}", saved)]
    : [vscode.l10n.t("Time saved: {0}; not measured for {1} of {2}", saved, notMeasured, soft.count)];
}

function compilesText(count: number): string {
  return count === 1 ? vscode.l10n.t("1 compile") : vscode.l10n.t("{0} compiles", count);
}
