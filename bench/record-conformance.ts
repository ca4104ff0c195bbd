import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inProject } from "../scripts/layout.mjs";
import { LIMIT, randomGraph, type SmallGraph } from "../test/golden/langgraph/random-graph.js";
import { installPeers, peerName } from "./peer.js";

const SEEDS = 3000;

/** Records what LangGraph.js does with each small graph, as the golden data of the conformance test. Gives the exit code. */
export async function main(): Promise<number> {
  const fault = await installPeers();
  if (fault !== undefined) {
    console.error(fault);
    return 1;
  }
  const module = pathToFileURL(inProject("bench", "peers", "conformance.mjs")).href;
  const { traceOf } = (await import(module)) as { readonly traceOf: (graph: SmallGraph, limit: number) => Promise<string> };
  const traces: string[] = [];
  for (let seed = 0; seed < SEEDS; seed += 1) traces.push(await traceOf(randomGraph(seed), LIMIT));
  const golden = { recordedFrom: peerName, limit: LIMIT, traces };
  writeFileSync(inProject("test", "golden", "langgraph", "traces.json"), `${JSON.stringify(golden, undefined, 1)}\n`);
  console.log(`${String(SEEDS)} traces of ${peerName} in test/golden/langgraph/traces.json`);
  return 0;
}
