import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { GraphDebugSession } from "../../extension/debug/adapter/adapter.js";
import type { LaunchArguments } from "../../extension/debug/adapter/launch.js";
import type { CodeDebugger, DebugTarget, GraphFile, RunStart } from "../../extension/debug/adapter/target.js";
import { PatchbayError, RunSession, type HandlerHost } from "../../runtime/index.js";
import { HoldableClock } from "../../runtime/platform/holdable-clock.js";
import { inspectHeld } from "../../runtime/platform/inspect-held.js";
import { systemClock } from "../../runtime/platform/system-clock.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, services, type Given, type Handlers } from "../unit/run/harness.js";

/** The graph that is debugged, and its folder. */
const MAIN = "main";
const pathOf = (name: string): string => `/graphs/${name.replace("./", "")}`;

/** A run in memory behind a debug adapter, and a debugger connected to it over a socket. */
export interface Debugged {
  readonly client: DebugClient;
  readonly run: RunSession;
  /** Line of an entry of the text of a graph, from 1. */
  readonly line: (id: string, graph?: string) => number;
  /** Launches, sets breakpoints by line with their terms, and answers where the run stands. */
  launch(args?: Partial<LaunchArguments>, breakpoints?: readonly DebugProtocol.SourceBreakpoint[]): Promise<Stop>;
  /** Sends a request that moves the run, and answers where it stands then. */
  move(request: Move, args?: object): Promise<Stop>;
  /** What a path of names leads to from a scope of the top frame. */
  value(...path: readonly string[]): Promise<string>;
  /** The graph's text becomes another one, and its plan is offered to the run. */
  readonly edit: (graph: ShortGraph) => void;
  /** Where the run stands when it stops next. */
  readonly stop: () => Promise<Stop>;
  close(): Promise<void>;
}

export type Move = "continue" | "next" | "stepIn" | "stepOut" | "stepBack" | "reverseContinue";

/** Where the run stands, as a debugger sees it. */
export interface Stop {
  readonly reason: string;
  /** Thread -> frames as `name:line`, innermost first. */
  readonly threads: Readonly<Record<string, readonly string[]>>;
  readonly hits: readonly number[];
  readonly event: DebugProtocol.StoppedEvent | undefined;
}

/** What a test of the adapter may bring besides. */
export interface AdapterGiven extends Given {
  /** Runs the handlers, in processes, by the path of what a document of this folder names; `attach` starts a debugger of them. */
  readonly host?: { readonly handlers: HandlerHost; readonly folder: string; readonly attach: CodeDebugger["attach"] };
}

/** Starts a debug adapter for a graph and those that it names, and connects to it. */
export async function debug(
  graph: ShortGraph,
  handlers: Handlers = {},
  { graphs = {}, host, ...given }: AdapterGiven = {},
): Promise<Debugged> {
  const all: Record<string, ShortGraph> = { [MAIN]: graph, ...graphs };
  const compiled = new Map<ShortGraph, ReturnType<typeof compile>>();
  const compileOnce = (each: ShortGraph): ReturnType<typeof compile> => {
    const known = compiled.get(each) ?? compile(each);
    compiled.set(each, known);
    return known;
  };
  const clock = new HoldableClock(systemClock);
  const hosted = host === undefined ? {} : { handlers: host.handlers, resolve: (path: string) => join(host.folder, path), clock };
  const made = { ...services(handlers, { ...given, graphs }), ...hosted };
  const listeners = new Set<() => void>();
  let run: RunSession | undefined;
  const fileOf = (name: string): GraphFile | undefined => {
    const found = all[name];
    return found === undefined ? undefined : { path: pathOf(name), name, parsed: compileOnce(found).document };
  };
  const show = (session: RunSession): void => {
    run = session;
    session.onDidChange(() => listeners.forEach((listener) => listener()));
  };
  const target: DebugTarget = {
    get run() {
      return run;
    },
    begin: async ({ input, replay }: RunStart) => {
      const own = replay === undefined ? made : { ...made, replay: () => replay };
      show(RunSession.start(compileOnce(all[MAIN] ?? graph), { graph: MAIN, input }, own));
    },
    attach: ({ run: id, checkpoint }) => {
      if (id !== undefined) show(RunSession.resume(id, compileOnce(all[MAIN] ?? graph), made));
      if (run === undefined) throw new PatchbayError("RUN_FINISHED", "There is no run.");
      if (checkpoint !== undefined) run.restore(checkpoint);
    },
    graph: (within) => fileOf(within.at(-1) ?? MAIN),
    graphAt: (path) =>
      Object.keys(all)
        .map(fileOf)
        .find((file) => file?.path === path),
    ...(host === undefined ? {} : { code: codeDebugger(host, clock) }),
    onDidChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const server = createServer((socket) => new GraphDebugSession(target, "ann").start(socket, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new DebugClient("node", "", "patchbay");
  await client.start((server.address() as AddressInfo).port);
  const edit = (next: ShortGraph): void => {
    all[MAIN] = next;
    const { plan, document } = compileOnce(next);
    const facts = { class: "soft", reasons: ["edge"], recomputed: 1, micros: 1, revision: plan.revision } as const;
    run?.offerPlan({ plan, document }, facts);
    listeners.forEach((listener) => listener());
  };
  return new Client(client, { fileOf, edit, run: () => run, end: () => server.close() });
}

/** What is debugged. */
interface Debuggee {
  fileOf(name: string): GraphFile | undefined;
  /** The graph's text becomes another one, and its plan is offered to the run. */
  readonly edit: (graph: ShortGraph) => void;
  run(): RunSession | undefined;
  end(): void;
}

function codeDebugger({ handlers, attach }: NonNullable<AdapterGiven["host"]>, clock: HoldableClock): CodeDebugger {
  return { attach, inspect: (run, node, inspection) => inspectHeld(handlers, clock, run.id, node, inspection) };
}

class Client implements Debugged {
  readonly client: DebugClient;
  readonly edit: (graph: ShortGraph) => void;
  readonly #debuggee: Debuggee;

  constructor(client: DebugClient, debuggee: Debuggee) {
    this.client = client;
    this.edit = debuggee.edit;
    this.#debuggee = debuggee;
  }

  get run(): RunSession {
    const run = this.#debuggee.run();
    if (run === undefined) throw new Error("Nothing has been launched.");
    return run;
  }

  readonly line = (id: string, graph = MAIN): number => {
    const lines = this.#debuggee.fileOf(graph)?.parsed.text.split("\n") ?? [];
    return lines.findIndex((line) => line.trimStart().startsWith(`"${id}": {`)) + 1;
  };

  async launch(args: Partial<LaunchArguments> = {}, breakpoints: readonly DebugProtocol.SourceBreakpoint[] = []): Promise<Stop> {
    await this.client.initializeRequest();
    await this.client.launchRequest({ graph: pathOf(MAIN), ...args });
    await this.client.setBreakpointsRequest({ source: { path: pathOf(MAIN) }, breakpoints: [...breakpoints] });
    const stopped = this.stop();
    await this.client.configurationDoneRequest();
    return stopped;
  }

  async move(request: Move, args: object = {}): Promise<Stop> {
    const { body } = await this.client.threadsRequest();
    const stopped = this.stop();
    await this.client.customRequest(request, { threadId: body.threads[0]?.id, ...args });
    return stopped;
  }

  async value(...[scope, ...path]: readonly string[]): Promise<string> {
    const { body } = await this.client.threadsRequest();
    const { stackFrames } = (await this.client.stackTraceRequest({ threadId: body.threads[0]?.id ?? 0 })).body;
    const { scopes } = (await this.client.scopesRequest({ frameId: stackFrames[0]?.id ?? 0 })).body;
    let at = { value: "", variablesReference: scopes.find(({ name }) => name === scope)?.variablesReference ?? 0 };
    for (const name of path) {
      const { variables } = (await this.client.variablesRequest({ variablesReference: at.variablesReference })).body;
      const found = variables.find((variable) => variable.name === name);
      if (found === undefined) throw new Error(`No ${name} in ${variables.map((variable) => variable.name).join(", ")}.`);
      at = found;
    }
    return at.value;
  }

  async close(): Promise<void> {
    await this.client.stop();
    this.#debuggee.end();
  }

  readonly stop = async (): Promise<Stop> => {
    const stopped = this.client.waitForEvent("stopped") as Promise<DebugProtocol.StoppedEvent>;
    const ended = this.client.waitForEvent("terminated");
    const event = await Promise.race([stopped, ended]);
    if (event.event === "terminated") return { reason: "terminated", threads: {}, hits: [], event: undefined };
    const { body } = event as DebugProtocol.StoppedEvent;
    return {
      reason: body.reason,
      threads: await this.#threads(),
      hits: body.hitBreakpointIds ?? [],
      event: event as DebugProtocol.StoppedEvent,
    };
  };

  async #threads(): Promise<Readonly<Record<string, readonly string[]>>> {
    const { threads } = (await this.client.threadsRequest()).body;
    const all: Record<string, readonly string[]> = {};
    for (const { id, name } of threads) {
      const { stackFrames } = (await this.client.stackTraceRequest({ threadId: id })).body;
      all[name] = stackFrames.map((frame) => `${frame.name}:${frame.line}`);
    }
    return all;
  }
}
