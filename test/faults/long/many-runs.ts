import { statSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { RunSession } from "../../../runtime/run/session.js";
import { compile, services } from "../../unit/run/harness.js";
import { growth, holding, parsedBy, type Holding } from "./figures.js";
import type { LongRun } from "./one-run.js";

/** Bytes that a run of ten supersteps may take on disk. */
const MOST_BYTES = 6000;
/** Rows that a list shows first. */
const PAGE = 50;
/** JSON texts that may be parsed for a page of runs, and for the checkpoints of one of them. */
const MOST_PARSED = 2 * PAGE;

const ten = {
  channels: { count: { default: 0 } },
  nodes: { tick: {} },
  edges: { in: "@start -> tick", again: "tick -> tick when count < 10" },
};

/** Makes so many runs of ten supersteps, opens the store again, and looks at the first page of them, prunes one and deletes one. */
export async function manyRuns(directory: string, runs: number): Promise<LongRun> {
  const graph = compile(ten);
  const given = services({ tick: (state) => ({ count: Number(state["count"]) + 1 }) });
  const store = openSqliteStore(directory);
  const looks: Holding[] = [];
  for (let made = 1; made <= runs; made += 1) {
    const session = RunSession.start(graph, { graph: "g" }, { ...given, store });
    await session.continue();
    await session.dispose();
    if ([0.2, 0.6, 1].some((share) => made === Math.round(runs * share))) looks.push(holding());
  }
  store.close();
  const bytes = statSync(join(directory, "patchbay.db")).size / runs;
  const wrong: string[] = [];
  const parsed = parsedBy(() => {
    const again = openSqliteStore(directory);
    const page = again.runs("g", { limit: PAGE });
    if (page.length !== Math.min(PAGE, runs)) wrong.push(`the first page has ${String(page.length)} runs`);
    const [first, second] = page;
    if (again.list(first?.id ?? "").length !== 11) wrong.push("a run has lost checkpoints");
    if (second !== undefined) again.prune(second.id, 2);
    if (first !== undefined) again.deleteRun(first.id);
    again.close();
  });
  const heaps = looks.map(({ heap }) => `${(heap / 2 ** 20).toFixed(1)} MB`).join(", ");
  return {
    figures: `${String(runs)} runs: heap ${heaps} after 0.2, 0.6, 1 of them; ${bytes.toFixed(0)} bytes a run on disk; ${String(parsed)} texts parsed to open the store and look`,
    findings: [
      ...growth("many runs", looks),
      ...(bytes > MOST_BYTES ? [`a run takes ${bytes.toFixed(0)} bytes on disk`] : []),
      ...(parsed > MOST_PARSED ? [`${String(parsed)} texts were parsed to open the store and look`] : []),
      ...wrong,
    ],
  };
}
