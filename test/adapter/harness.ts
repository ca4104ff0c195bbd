import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { LaunchArguments } from "../../extension/debug/adapter/launch.js";
import type { RunSession } from "../../runtime/index.js";
import type { ShortGraph } from "../support/graph-text.js";
import type { Handlers } from "../unit/run/harness.js";
import { openDebuggee, type AdapterGiven, type Debuggee } from "./debuggee.js";

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
  /** Resolves once the adapter has heard that its debugger is gone. */
  readonly gone: () => Promise<void>;
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
export async function debug(graph: ShortGraph, handlers: Handlers = {}, given: AdapterGiven = {}): Promise<Debugged> {
  const debuggee = await openDebuggee(graph, handlers, given);
  const client = new DebugClient("node", "", "patchbay");
  await client.start(debuggee.port);
  return new Client(client, debuggee);
}

class Client implements Debugged {
  readonly client: DebugClient;
  readonly #debuggee: Debuggee;

  constructor(client: DebugClient, debuggee: Debuggee) {
    this.client = client;
    this.#debuggee = debuggee;
  }

  get run(): RunSession {
    return this.#debuggee.run;
  }

  readonly line = (id: string, graph?: string): number => this.#debuggee.line(id, graph);
  readonly edit = (graph: ShortGraph): void => this.#debuggee.edit(graph);
  readonly gone = (): Promise<void> => this.#debuggee.gone();

  async launch(args: Partial<LaunchArguments> = {}, breakpoints: readonly DebugProtocol.SourceBreakpoint[] = []): Promise<Stop> {
    await this.client.initializeRequest();
    await this.client.launchRequest({ graph: this.#debuggee.path, ...args });
    await this.client.setBreakpointsRequest({ source: { path: this.#debuggee.path }, breakpoints: [...breakpoints] });
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
    this.#debuggee.close();
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
