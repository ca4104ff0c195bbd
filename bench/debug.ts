import type { DebugProtocol } from "@vscode/debugprotocol";
import { MemoryStore, openSqliteStore, type CheckpointStore, type RunSession } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { debuggerOf, type Debugger } from "./debug/debugger.js";
import { inFolder } from "./folders.js";
import { besideDocument, chainDocument, listDocument, loopDocument } from "./graphs.js";
import { elapsed, expectCount, measure, type Subject } from "./measure.js";
import { handlersInProcess, prepared, startSession, type Prepared } from "./ours.js";
import { row, type Row } from "./table.js";

const STEPS = 1_000;
const DEEP = 10_000;
const BACK = 300;
const BREAKPOINTS = 10_000;
const LOOP = 4_000;
const ITEMS = 50_000;
const ITEM_BYTES = 1_000;
const PAGE = 100;
const OPENED = 25;
const WARM_UP = 50;

/** What a person waits for who debugs: over a socket, from a request to what answers it. No peer has a debugger. */
export const debugging: Benchmark = {
  name: "debug",
  run: async () => [...(await steps()), ...(await backwards()), ...(await breakpoints()), ...(await variables())],
};

/** Works on a run on disk. */
function durable<Result>(graph: Prepared, work: (run: RunSession) => Promise<Result>): Promise<Result> {
  return inFolder(async (folder) => {
    const store = openSqliteStore(folder);
    const result = await work(startSession(graph, {}, store, handlersInProcess()));
    store.close();
    return result;
  });
}

/** The times of a request until the run has stopped by it. */
async function timesOf(client: Debugger, command: string, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let nth = 0; nth < count; nth += 1) times.push(await elapsed(() => client.stopped(command, { threadId: 1 })));
  return times;
}

function percentiles(name: string, times: readonly number[]): readonly Row[] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return [0.5, 0.95].map((share) => row({ name: `${name}, p${share * 100}`, unit: "ms", better: "less", ours: at(share) }));
}

async function steps(): Promise<readonly Row[]> {
  const graph = prepared(loopDocument(WARM_UP + STEPS + 1));
  const times = await durable(graph, async (run) => {
    const client = await debuggerOf(run, graph);
    await timesOf(client, "next", WARM_UP);
    const stepped = await timesOf(client, "next", STEPS);
    expectCount("supersteps", run.frontier.superstep, WARM_UP + STEPS);
    client.close();
    return stepped;
  });
  return percentiles("step request to stopped event", times);
}

async function backwards(): Promise<readonly Row[]> {
  const graph = prepared(loopDocument(DEEP + 1));
  return durable(graph, async (run) => {
    while (run.frontier.superstep < DEEP) await run.step();
    const client = await debuggerOf(run, graph);
    const times = await timesOf(client, "stepBack", BACK);
    expectCount("superstep", run.frontier.superstep, DEEP - BACK);
    run.forward(BACK);
    const set = await client.breakpoints([{ line: linesOf(graph).get("tick") ?? 0, condition: "count == 3.0" }]);
    expectCount("breakpoints", set, 1);
    const reversed = await elapsed(() => client.stopped("reverseContinue", { threadId: 1 }));
    expectCount("superstep", run.frontier.superstep, 3);
    client.close();
    const name = `reverse over ${DEEP.toLocaleString("en-US")} supersteps to a condition that is tested at each`;
    return [...percentiles("step back at superstep 10,000", times), row({ name, unit: "ms", better: "less", ours: reversed })];
  });
}

async function breakpoints(): Promise<readonly Row[]> {
  const beside = prepared(besideDocument(LOOP, BREAKPOINTS));
  const chain = prepared(chainDocument(BREAKPOINTS));
  const others = Array.from({ length: BREAKPOINTS }, (_, index) => `n${index}`);
  return [
    await slowed(
      `a run with ${BREAKPOINTS.toLocaleString("en-US")} conditional breakpoints on nodes it does not come to`,
      beside,
      others,
      LOOP,
    ),
    await slowed(`a run of ${BREAKPOINTS.toLocaleString("en-US")} nodes with a conditional breakpoint on each`, chain, others, BREAKPOINTS),
  ];
}

/** How many times longer a run takes with breakpoints than without a debugger. */
async function slowed(name: string, graph: Prepared, nodes: readonly string[], supersteps: number): Promise<Row> {
  const lines = linesOf(graph);
  const conditions = nodes.map((node, index) => ({ line: lines.get(node) ?? 0, condition: `count < 0.0 && count > ${index}.0` }));
  const store = (): CheckpointStore => new MemoryStore();
  const alone = async (): Promise<number> => {
    const run = startSession(graph, {}, store(), handlersInProcess());
    const ms = await elapsed(() => run.continue());
    expectCount("count", Number(run.channels["count"]), supersteps);
    return ms;
  };
  const debugged = async (): Promise<number> => {
    const run = startSession(graph, {}, store(), handlersInProcess());
    const client = await debuggerOf(run, graph);
    expectCount("breakpoints", await client.breakpoints(conditions), nodes.length);
    const ms = await elapsed(() => client.stopped("continue", { threadId: 1 }));
    expectCount("count", Number(run.channels["count"]), supersteps);
    client.close();
    return ms;
  };
  const subject = (once: () => Promise<number>): Subject => ({ once, rounds: 9, warmUp: 2, budgetMs: 20_000 });
  const [without, with_] = await measure([subject(alone), subject(debugged)]);
  return row({
    name: `${name}, against none`,
    unit: "times",
    better: "less",
    ours: (with_?.median ?? Number.NaN) / (without?.median ?? Number.NaN),
  });
}

async function variables(): Promise<readonly Row[]> {
  const graph = prepared(listDocument());
  const items = Array.from({ length: ITEMS }, (_, index) => ({ id: index, text: "x".repeat(ITEM_BYTES) }));
  const run = startSession(graph, { items }, new MemoryStore(), handlersInProcess());
  const client = await debuggerOf(run, graph);
  const times: number[] = [];
  for (let nth = 0; nth < OPENED; nth += 1) {
    times.push(await elapsed(() => open(client)));
    await client.stopped("next", { threadId: 1 }).then(() => client.stopped("stepBack", { threadId: 1 }));
  }
  client.close();
  return percentiles("variables of a 50 MB state opened: scopes, channels, the first 100 of a list of 50,000", times);
}

/** As a person opens the state: the scopes of the top frame, the channels, and the first page of the list. */
async function open(client: Debugger): Promise<void> {
  const { threads } = await client.ask<DebugProtocol.ThreadsResponse["body"]>("threads");
  const stack = await client.ask<DebugProtocol.StackTraceResponse["body"]>("stackTrace", { threadId: threads[0]?.id });
  const { scopes } = await client.ask<DebugProtocol.ScopesResponse["body"]>("scopes", { frameId: stack.stackFrames[0]?.id });
  const variablesOf = (reference: number | undefined, page: object = {}) =>
    client.ask<DebugProtocol.VariablesResponse["body"]>("variables", { variablesReference: reference, ...page });
  const channels = await variablesOf(scopes[0]?.variablesReference);
  const list = channels.variables.find(({ name }) => name === "items");
  expectCount("items", list?.indexedVariables ?? 0, ITEMS);
  const page = await variablesOf(list?.variablesReference, { filter: "indexed", start: 0, count: PAGE });
  expectCount("variables", page.variables.length, PAGE);
}

/** The line of each node in the text, from 1. */
function linesOf({ document: { text, ranges } }: Prepared): ReadonlyMap<string, number> {
  const starts = [...ranges.nodes].map(([node, { key }]) => [node, key.start] as const).toSorted(([, a], [, b]) => a - b);
  const lines = new Map<string, number>();
  let [line, at] = [1, 0];
  for (const [node, start] of starts) {
    for (let next = text.indexOf("\n", at); next !== -1 && next < start; next = text.indexOf("\n", at)) [line, at] = [line + 1, next + 1];
    lines.set(node, line);
  }
  return lines;
}
