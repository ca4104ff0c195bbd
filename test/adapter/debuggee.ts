import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { GraphDebugSession } from "../../extension/debug/adapter/adapter.js";
import type { CodeDebugger, DebugTarget, GraphFile, RunStart } from "../../extension/debug/adapter/target.js";
import { PatchbayError, RunSession, type HandlerHost, type RunServices } from "../../runtime/index.js";
import { HoldableClock } from "../../runtime/platform/holdable-clock.js";
import { inspectHeld } from "../../runtime/platform/inspect-held.js";
import { systemClock } from "../../runtime/platform/system-clock.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, services, type Given, type Handlers } from "../unit/run/harness.js";

/** The graph that is debugged, and its folder. */
const MAIN = "main";
const pathOf = (name: string): string => `/graphs/${name.replace("./", "")}`;

/** A graph and its runs in memory, and a debug adapter that listens on a port. */
export interface Debuggee {
  readonly port: number;
  /** Path of the graph's document. */
  readonly path: string;
  /** The run that is debugged. */
  readonly run: RunSession;
  /** Line of an entry of the text of a graph, from 1. */
  line(id: string, graph?: string): number;
  /** The graph's text becomes another one, and its plan is offered to the run. */
  edit(graph: ShortGraph): void;
  /** Resolves once the adapter has heard that its debugger is gone. */
  gone(): Promise<void>;
  close(): void;
}

/** What a test of the adapter may bring besides. */
export interface AdapterGiven extends Given {
  /** Runs the handlers, in processes, by the path of what a document of this folder names; `attach` starts a debugger of them. */
  readonly host?: { readonly handlers: HandlerHost; readonly folder: string; readonly attach: CodeDebugger["attach"] };
}

/** Opens a graph, with those that it names, to be debugged. */
export async function openDebuggee(graph: ShortGraph, handlers: Handlers = {}, given: AdapterGiven = {}): Promise<Debuggee> {
  const graphs = new Graphs(graph, handlers, given);
  const left = Promise.withResolvers<void>();
  const server = createServer({ noDelay: true }, (socket) => {
    new GraphDebugSession(graphs, "ann").start(socket, socket);
    socket.once("close", () => left.resolve());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    path: pathOf(MAIN),
    get run() {
      if (graphs.run === undefined) throw new Error("Nothing has been launched.");
      return graphs.run;
    },
    line: (id, name = MAIN) => graphs.line(id, name),
    edit: (next) => graphs.edit(next),
    gone: () => left.promise,
    close: () => server.close(),
  };
}

/** What the adapter drives. */
class Graphs implements DebugTarget {
  readonly #all: Record<string, ShortGraph>;
  readonly #compiled = new Map<ShortGraph, ReturnType<typeof compile>>();
  readonly #services: RunServices;
  readonly #listeners = new Set<() => void>();
  run: RunSession | undefined;

  readonly code?: CodeDebugger;

  constructor(graph: ShortGraph, handlers: Handlers, { graphs = {}, host, ...given }: AdapterGiven) {
    this.#all = { [MAIN]: graph, ...graphs };
    const made = services(handlers, { ...given, graphs });
    this.#services = made;
    if (host === undefined) return;
    const clock = new HoldableClock(systemClock);
    this.#services = { ...made, handlers: host.handlers, resolve: (path) => join(host.folder, path), clock };
    this.code = codeDebugger(host, clock);
  }

  async begin({ input, replay }: RunStart): Promise<void> {
    const own = replay === undefined ? this.#services : { ...this.#services, replay: () => replay };
    this.#show(RunSession.start(this.#main(), { graph: MAIN, input }, own));
  }

  attach({ run, checkpoint }: { readonly run?: string; readonly checkpoint?: string }): void {
    if (run !== undefined) this.#show(RunSession.resume(run, this.#main(), this.#services));
    if (this.run === undefined) throw new PatchbayError("RUN_FINISHED", "There is no run.");
    if (checkpoint !== undefined) this.run.restore(checkpoint);
  }

  graph(within: readonly string[]): GraphFile | undefined {
    return this.#file(within.at(-1) ?? MAIN);
  }

  graphAt(path: string): GraphFile | undefined {
    return Object.keys(this.#all)
      .map((name) => this.#file(name))
      .find((file) => file?.path === path);
  }

  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  line(id: string, name: string): number {
    const lines = this.#file(name)?.parsed.text.split("\n") ?? [];
    return lines.findIndex((line) => line.trimStart().startsWith(`"${id}": {`)) + 1;
  }

  edit(next: ShortGraph): void {
    this.#all[MAIN] = next;
    const { plan, document } = this.#main();
    this.run?.offerPlan({ plan, document }, { class: "soft", reasons: ["edge"], recomputed: 1, micros: 1, revision: plan.revision });
    this.#changed();
  }

  #show(session: RunSession): void {
    this.run = session;
    session.onDidChange(() => this.#changed());
  }

  #changed(): void {
    this.#listeners.forEach((listener) => listener());
  }

  #main(): ReturnType<typeof compile> {
    const main = this.#all[MAIN];
    if (main === undefined) throw new Error("There is no graph.");
    return this.#compile(main);
  }

  #file(name: string): GraphFile | undefined {
    const found = this.#all[name];
    return found === undefined ? undefined : { path: pathOf(name), name, parsed: this.#compile(found).document };
  }

  #compile(graph: ShortGraph): ReturnType<typeof compile> {
    const known = this.#compiled.get(graph) ?? compile(graph);
    this.#compiled.set(graph, known);
    return known;
  }
}

function codeDebugger({ handlers, attach }: NonNullable<AdapterGiven["host"]>, clock: HoldableClock): CodeDebugger {
  return { attach, inspect: (run, node, inspection) => inspectHeld(handlers, clock, run.id, node, inspection) };
}
