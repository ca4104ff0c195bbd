import { createServer, type AddressInfo } from "node:net";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { GraphDebugSession } from "../../extension/debug/adapter/adapter.js";
import type { DebugTarget } from "../../extension/debug/adapter/target.js";
import type { RunSession } from "../../runtime/index.js";
import { ProtocolWire } from "../../test/support/protocol-wire.js";
import type { Prepared } from "../ours.js";

/** Path of the graph that is debugged. */
const PATH = "/bench/graph.patchbay.json";

/** A debugger that is connected over a socket to the adapter of one run. */
export interface Debugger {
  /** Sends a request; gives the body of its answer. Rejects where it is refused. */
  ask<Body>(command: string, args?: object): Promise<Body>;
  /** Sends a request, and resolves when the run has stopped by it, or has ended. */
  stopped(command: string, args?: object): Promise<void>;
  /** Sets breakpoints on lines, from 1; gives how many are verified. */
  breakpoints(all: readonly DebugProtocol.SourceBreakpoint[]): Promise<number>;
  close(): void;
}

/** Attaches a debugger to a run. */
export async function debuggerOf(run: RunSession, { document }: Prepared): Promise<Debugger> {
  const file = { path: PATH, name: "graph.patchbay.json", parsed: document };
  const target: DebugTarget = {
    run,
    begin: () => Promise.resolve(),
    attach: () => undefined,
    graph: () => file,
    graphAt: (path) => (path === PATH ? file : undefined),
    onDidChange: (listener) => run.onDidChange(listener),
  };
  const server = createServer({ noDelay: true }, (socket) => new GraphDebugSession(target, "bench").start(socket, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new Client((server.address() as AddressInfo).port, () => server.close());
  await client.ask("initialize", { adapterID: "patchbay", pathFormat: "path" });
  await client.ask("attach");
  await client.stopped("configurationDone");
  return client;
}

/** Speaks the protocol, and no more than that. */
class Client implements Debugger {
  readonly #wire: ProtocolWire;
  readonly #end: () => void;
  #stop: (() => void) | undefined;

  constructor(port: number, end: () => void) {
    this.#end = end;
    this.#wire = new ProtocolWire(port, (message) => {
      if ("event" in message && (message.event === "stopped" || message.event === "terminated")) this.#stop?.();
    });
  }

  async ask<Body>(command: string, args: object = {}): Promise<Body> {
    const { success, message = "refused", body } = await this.#wire.ask(command, args);
    if (!success) throw new Error(`${command}: ${message}`);
    return body as Body;
  }

  async stopped(command: string, args: object = {}): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stop = resolve;
    await this.ask(command, args);
    await promise;
  }

  async breakpoints(all: readonly DebugProtocol.SourceBreakpoint[]): Promise<number> {
    const args: DebugProtocol.SetBreakpointsArguments = { source: { path: PATH }, breakpoints: [...all] };
    const { breakpoints } = await this.ask<DebugProtocol.SetBreakpointsResponse["body"]>("setBreakpoints", args);
    return breakpoints.filter(({ verified }) => verified).length;
  }

  close(): void {
    this.#wire.close();
    this.#end();
  }
}
