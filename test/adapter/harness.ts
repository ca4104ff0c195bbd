import { createServer, type AddressInfo } from "node:net";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { GraphDebugSession } from "../../extension/debug/adapter/adapter.js";
import type { LaunchArguments } from "../../extension/debug/adapter/protocol.js";
import type { DebugTarget, GraphFile } from "../../extension/debug/adapter/target.js";
import { RunSession, type JsonObject } from "../../runtime/index.js";
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

/** Starts a debug adapter for a graph and those that it names, and connects to it. */
export async function debug(graph: ShortGraph, handlers: Handlers = {}, { graphs = {}, ...given }: Given = {}): Promise<Debugged> {
  const all: Readonly<Record<string, ShortGraph>> = { [MAIN]: graph, ...graphs };
  const made = services(handlers, { ...given, graphs });
  const listeners = new Set<() => void>();
  let run: RunSession | undefined;
  const fileOf = (name: string): GraphFile | undefined => {
    const found = all[name];
    return found === undefined ? undefined : { path: pathOf(name), name, parsed: compile(found).document };
  };
  const target: DebugTarget = {
    get run() {
      return run;
    },
    begin: async (input: JsonObject) => {
      run = RunSession.start(compile(graph), { graph: MAIN, input }, made);
      run.onDidChange(() => listeners.forEach((listener) => listener()));
    },
    graph: (within) => fileOf(within.at(-1) ?? MAIN),
    graphAt: (path) =>
      Object.keys(all)
        .map(fileOf)
        .find((file) => file?.path === path),
    onDidChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const server = createServer((socket) => new GraphDebugSession(target, "ann").start(socket, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new DebugClient("node", "", "patchbay");
  await client.start((server.address() as AddressInfo).port);
  return new Client(
    client,
    fileOf,
    () => run,
    () => server.close(),
  );
}

class Client implements Debugged {
  readonly client: DebugClient;
  readonly #fileOf: (name: string) => GraphFile | undefined;
  readonly #run: () => RunSession | undefined;
  readonly #end: () => void;

  constructor(client: DebugClient, fileOf: (name: string) => GraphFile | undefined, run: () => RunSession | undefined, end: () => void) {
    this.client = client;
    this.#fileOf = fileOf;
    this.#run = run;
    this.#end = end;
  }

  get run(): RunSession {
    const run = this.#run();
    if (run === undefined) throw new Error("Nothing has been launched.");
    return run;
  }

  readonly line = (id: string, graph = MAIN): number => {
    const lines = this.#fileOf(graph)?.parsed.text.split("\n") ?? [];
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
    this.#end();
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
