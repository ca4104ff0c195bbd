import { expect, test } from "vitest";
import {
  compileGraph,
  createHttpClient,
  environmentSecrets,
  inProcessHandlers,
  MemoryStore,
  parseDocument,
  RunSession,
  systemClock,
  systemRandom,
  ulidIds,
} from "../../../runtime/index.js";
import { LIMIT, randomGraph, type SmallEdge, type SmallGraph } from "./random-graph.js";
import golden from "./traces.json" with { type: "json" };

// The traces were recorded from LangGraph.js by `npm run conformance:record`.

/** Our document of a small graph. */
function documentOf({ nodes, joins, edges }: SmallGraph): string {
  return JSON.stringify({
    patchbay: 1,
    channels: { given: { schema: { type: "number" } }, log: { schema: { type: "array" }, reducer: "append" } },
    nodes: Object.fromEntries(nodes.map((id) => [id, { kind: "code", handler: id, join: joins.includes(id) ? "all" : "any" }])),
    edges: Object.fromEntries(edges.map((edge, index) => [`e${index}`, { from: edge.from, to: edge.to, ...condition(edge) }])),
    limits: { supersteps: LIMIT },
  });
}

function condition({ above, otherwise }: SmallEdge): object {
  if (otherwise === true) return { else: true };
  return above === undefined ? {} : { when: `given > ${above}` };
}

/** The same normal form as the recorder's. */
async function traceOf(graph: SmallGraph): Promise<string> {
  const document = parseDocument(documentOf(graph));
  const run = RunSession.start(
    { plan: compileGraph(document.graph), document },
    { graph: "small", input: { given: graph.input } },
    {
      store: new MemoryStore(),
      handlers: inProcessHandlers(Object.fromEntries(graph.nodes.map((id) => [id, () => ({ log: [id] })]))),
      http: createHttpClient(environmentSecrets, systemClock),
      clock: systemClock,
      ids: ulidIds(systemClock),
      random: systemRandom,
      resolve: (path) => path,
    },
  );
  await run.continue();
  const supersteps = run.trace.flatMap((event) => (event.type === "superstep-started" ? [event.due.join(" ")] : []));
  const limited = run.frontier.error?.code === "SUPERSTEP_LIMIT";
  expect([limited ? "failed" : "completed", run.channels["log"]]).toEqual([run.status, supersteps.flatMap((due) => due.split(" "))]);
  return supersteps.join("|") + (limited ? "!" : "");
}

test("small graphs run as they do in LangGraph.js", async () => {
  expect(golden.limit).toBe(LIMIT);
  const differing: object[] = [];
  for (const [seed, expected] of golden.traces.entries()) {
    const graph = randomGraph(seed);
    const trace = await traceOf(graph);
    if (trace !== expected) differing.push({ seed, trace, expected, graph });
  }
  expect(differing).toEqual([]);
  // The graphs are worth the comparison: most branch, many loop until the limit, many have a join that is met.
  const share = (fits: (trace: string, seed: number) => boolean): number => golden.traces.filter(fits).length / golden.traces.length;
  expect(share((trace) => trace.includes(" "))).toBeGreaterThan(0.5);
  expect(share((trace) => trace.endsWith("!"))).toBeGreaterThan(0.1);
  expect(share((trace, seed) => randomGraph(seed).joins.some((join) => trace.includes(join)))).toBeGreaterThan(0.3);
});
