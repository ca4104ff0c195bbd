import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CompileQueue, systemClock, WorkspaceCompiler, WorkspaceDisk } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { inFolder } from "./folders.js";
import { layeredDocument, layeredGraph } from "./graphs.js";
import { elapsed, expectCount, sampleOf } from "./measure.js";
import { row } from "./table.js";

const GRAPHS = 500;
const NODES = 20;
const ROUNDS = 5;

const NOTE = `Each of the ${GRAPHS} graphs has ${NODES} nodes that run one handler, in files. From nothing: they are read, checked and compiled. After a save of the handler: from the news to an empty queue, every node recomputed. The peer has no such thing.`;

/** A workspace of many graphs: compiled as a whole, and after a save of what they share. */
export const workspace: Benchmark = {
  name: "workspace",
  run: () =>
    inFolder(async (folder) => {
      const handler = prepare(folder);
      const whole: number[] = [];
      const saved: number[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const took = await once(folder, handler, round);
        if (round === 0) continue; // to warm up
        whole.push(took.whole);
        saved.push(took.saved);
      }
      const all = `workspace of ${GRAPHS} graphs`;
      return [
        row({ name: `${all}, compiled from nothing`, unit: "ms", better: "less", ours: sampleOf(whole), note: NOTE }),
        row({ name: `${all}, compiled from nothing`, unit: "graphs/s", better: "more", ours: sampleOf(whole.map(perSecond)), note: NOTE }),
        row({ name: `${all}, after a save of the handler`, unit: "ms", better: "less", ours: sampleOf(saved), note: NOTE }),
      ];
    }),
};

const perSecond = (ms: number): number => (GRAPHS * 1000) / ms;

function prepare(folder: string): string {
  const text = layeredDocument(layeredGraph(NODES)).replaceAll("./nodes/pass.ts", "./pass.ts");
  for (let graph = 0; graph < GRAPHS; graph += 1) writeFileSync(join(folder, `graph-${graph}.patchbay.json`), text);
  const handler = join(folder, "pass.ts");
  writeFileSync(handler, "export default () => ({});\n");
  return handler;
}

async function once(folder: string, handler: string, round: number): Promise<{ readonly whole: number; readonly saved: number }> {
  const queue = new CompileQueue(systemClock);
  const files = new WorkspaceDisk({ folders: () => [folder], workspaceOf: () => folder });
  const subject = new WorkspaceCompiler({ queue, clock: systemClock, files, version: "bench" });
  let compiled = 0;
  let nodes = 0;
  subject.onDidCompile((result) => {
    compiled += result.status === "ok" ? 1 : 0;
    nodes += result.nodes;
  });
  const check = (): void => {
    expectCount("graphs that were compiled", compiled, GRAPHS);
    expectCount("nodes that were compiled", nodes, GRAPHS * NODES);
    expectCount("graphs that wait", queue.backlog.length, 0);
    compiled = 0;
    nodes = 0;
  };
  const whole = await elapsed(async () => {
    for (const graph of await files.list()) subject.add(graph);
    await subject.compile();
  });
  check();
  writeFileSync(handler, `${readFileSync(handler, "utf8")}// ${round}\n`);
  const saved = await elapsed(async () => {
    await subject.changed([handler]);
    await queue.drain();
  });
  check();
  subject.dispose();
  return { whole, saved };
}
