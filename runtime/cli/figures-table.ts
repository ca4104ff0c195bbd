import type { ItemCounts } from "../plan/items.js";
import type { NodeFigures } from "../trace/node-metrics.js";
import type { RunTally } from "../trace/tally.js";
import { percent, shortMs } from "../model/figures.js";
import { tableOf } from "./lists.js";

/** Node -> its figures. */
export type FiguresJson = Readonly<Record<string, NodeFigures>>;

/** The figures of each node that was run, cached or bypassed, in the order in which they first were. */
export function figuresOf(tally: RunTally): FiguresJson {
  return Object.fromEntries([...tally.nodes].map(([node, { figures }]) => [node, figures]));
}

/** The figures of nodes for people, one line a node. */
export function figuresTable(figures: FiguresJson): string {
  const counted = Object.values(figures).some(({ items }) => items !== null);
  const heads = ["node", "runs", "success", "retries", "cached", ...(counted ? ["items"] : []), "min", "mean", "p50", "p95", "max"];
  const rows = Object.entries(figures).map(([node, { runs, success, retries, cached, items, ms }]) => [
    node,
    String(runs),
    success === null ? "" : percent(success),
    String(retries),
    String(cached),
    ...(counted ? [itemsText(items)] : []),
    ...(ms === null ? [] : [ms.min, ms.mean, ms.p50, ms.p95, ms.max].map(shortMs)),
  ]);
  return tableOf(heads, rows);
}

function itemsText(items: ItemCounts | null): string {
  if (items === null) return "";
  const { total, done, failed, retried } = items;
  return `${done}/${total}${failed === 0 ? "" : `, ${failed} failed`}${retried === 0 ? "" : `, ${retried} retried`}`;
}
