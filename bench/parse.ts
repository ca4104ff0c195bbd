import type { Benchmark } from "./benchmark.js";
import { layeredDocument, layeredGraph, retargeted } from "./graphs.js";
import { elapsedSync, measure } from "./measure.js";
import { parsed } from "./ours.js";
import { row, type Row } from "./table.js";

const SIZES = [100, 1_000, 10_000];

/** From text to validated document: anew, and after one edit. No peer: there is no document there. */
export const parse: Benchmark = {
  name: "parse",
  run: async () => {
    const rows: Row[] = [];
    for (const size of SIZES) rows.push(...(await measureSize(size)));
    return rows;
  },
};

async function measureSize(size: number): Promise<readonly Row[]> {
  const shape = layeredGraph(size);
  const texts = [layeredDocument(shape), layeredDocument(retargeted(shape, 0))] as const;
  let [document, turn] = [parsed(texts[0]), 0];
  const [anew, again] = await measure([
    { once: () => elapsedSync(() => parsed(texts[0])), rounds: 40, warmUp: 5, budgetMs: 3_000 },
    { once: () => elapsedSync(() => (document = parsed(texts[(turn += 1) % 2] ?? "", document))), rounds: 60, warmUp: 10, budgetMs: 3_000 },
  ]);
  const nodes = `${size.toLocaleString("en-US")} nodes`;
  const [unit, better] = ["ms", "less"] as const;
  return [
    row({ name: `parse and validate anew, ${nodes}`, unit, better, ours: anew }),
    row({ name: `parse and validate after one edit, ${nodes}`, unit, better, ours: again }),
  ];
}
