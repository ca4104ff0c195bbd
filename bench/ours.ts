import {
  compileGraph,
  createHttpClient,
  environmentSecrets,
  inProcessHandlers,
  parseDocument,
  RunSession,
  systemClock,
  systemRandom,
  ulidIds,
  type CheckpointStore,
  type HandlerHost,
  type JsonObject,
  type ParsedDocument,
  type Plan,
  type RunServices,
} from "../runtime/index.js";

import type { LogShape, MarkedShape } from "./graphs.js";

/** A plan with its document, as a run is started from. */
export interface Prepared {
  readonly plan: Plan;
  readonly document: ParsedDocument;
}

/** Parses a document that must be valid. */
export function parsed(text: string, previous?: ParsedDocument): ParsedDocument {
  const document = parseDocument(text, previous);
  if (!document.valid) throw new Error(document.problems.map(({ message }) => message).join("\n"));
  return document;
}

/** Parses and compiles. */
export function prepared(text: string): Prepared {
  const document = parsed(text);
  return { plan: compileGraph(document.graph), document };
}

/** What handlers write that depends on the benchmark. */
interface HandlerParts extends Partial<Pick<LogShape, "entry"> & Pick<MarkedShape, "marks">> {
  /** Numbers in a list. */
  readonly count?: number;
}

/** The handlers that the documents of `graphs.ts` name, as functions of this process. */
export function handlersInProcess({ entry = () => "", count = 0, marks = {} }: HandlerParts = {}): HandlerHost {
  return inProcessHandlers({
    "./tick": (state) => ({ count: Number(state["count"]) + 1 }),
    "./nothing": () => ({}),
    "./work": () => ({ log: ["done"] }),
    "./numbers": () => ({ items: Array.from({ length: count }, (_, index) => index) }),
    "./double": async (_state, { input }) => (input as { readonly item: number }).item * 2,
    "./note": (state) => ({ count: Number(state["count"]) + 1, log: [entry(Number(state["count"]))] }),
    "./mark": (state) => {
      const next = Number(state["count"]) + 1;
      return { count: next, log: [next], ...marks[next] };
    },
  });
}

/** Runs to the end and answers with the channels. */
export async function runToEnd(
  graph: Prepared,
  input: JsonObject,
  store: CheckpointStore,
  handlers: HandlerHost,
  run?: string,
  name?: string,
): Promise<JsonObject> {
  const session = startSession(graph, input, store, handlers, run, name);
  await session.continue();
  if (session.status !== "completed") throw new Error(session.frontier.error?.message ?? `The run is ${session.status}.`);
  return session.channels;
}

/** A run that has not begun. */
export function startSession(
  graph: Prepared,
  input: JsonObject,
  store: CheckpointStore,
  handlers: HandlerHost,
  run?: string,
  name = "bench.patchbay.json",
): RunSession {
  const services: RunServices = {
    store,
    handlers,
    http: createHttpClient(environmentSecrets, systemClock),
    clock: systemClock,
    random: systemRandom,
    ids: ulidIds(systemClock),
    resolve: (path) => path,
  };
  return RunSession.start(graph, { graph: name, input, ...(run === undefined ? {} : { run }) }, services);
}
