import { openDebuggee, type Debuggee } from "./debuggee.js";
import type { ShortGraph } from "../support/graph-text.js";
import { ProtocolWire, type FromAdapter } from "../support/protocol-wire.js";
import type { Given, Handlers } from "../unit/run/harness.js";

/** A debug session that writes down what is said: `→` what is asked, `←` its answer, `✗` that it is refused, `!` an event. */
export interface Transcript {
  readonly debuggee: Debuggee;
  /** Commands that were asked for. */
  readonly commands: ReadonlySet<string>;
  /** Asks; gives the body of the answer. */
  ask<Body = Record<string, never>>(command: string, args?: object): Promise<Body>;
  /** Asks, and waits for an event of this name. */
  until(event: string, command: string, args?: object): Promise<void>;
  /** Does something that is no request, and waits for an event of this name. */
  meanwhile(event: string, work: () => void | Promise<void>): Promise<void>;
  /** All that was said, with ids in the place of those that differ from run to run. */
  text(): string;
  close(): void;
}

/** Opens a graph and connects to it. */
export async function openTranscript(graph: ShortGraph, handlers: Handlers, given: Given = {}): Promise<Transcript> {
  return new Writer(await openDebuggee(graph, handlers, given));
}

class Writer implements Transcript {
  readonly debuggee: Debuggee;
  readonly commands = new Set<string>();
  readonly #wire: ProtocolWire;
  readonly #lines: string[] = [];
  readonly #waiting = new Map<string, () => void>();

  constructor(debuggee: Debuggee) {
    this.debuggee = debuggee;
    this.#wire = new ProtocolWire(debuggee.port, (message) => this.#told(message));
  }

  async ask<Body>(command: string, args: object = {}): Promise<Body> {
    this.commands.add(command);
    this.#lines.push(`→ ${command} ${JSON.stringify(args)}`);
    return (await this.#wire.ask(command, args)).body as Body;
  }

  until(event: string, command: string, args?: object): Promise<void> {
    return this.meanwhile(event, async () => {
      await this.ask(command, args);
    });
  }

  async meanwhile(event: string, work: () => void | Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(event, resolve);
    await work();
    await promise;
  }

  text(): string {
    return `${withoutChance(this.#lines.join("\n"))}\n`;
  }

  close(): void {
    this.#wire.close();
    this.debuggee.close();
  }

  #told(message: FromAdapter): void {
    if ("event" in message) {
      this.#lines.push(`! ${message.event} ${JSON.stringify(message.body ?? {})}`);
      this.#waiting.get(message.event)?.();
    } else if (message.success) this.#lines.push(`← ${JSON.stringify(message.body ?? {})}`);
    else this.#lines.push(`✗ ${message.message ?? ""}`);
  }
}

/** Ids, revisions and stacks are others in each run, or on each machine. */
function withoutChance(text: string): string {
  const names = new Map<string, string>();
  const named = (kind: string) => (found: string) => {
    const name = names.get(found) ?? `${kind}${names.size + 1}`;
    names.set(found, name);
    return name;
  };
  return text
    .replaceAll(/id\d{6}/g, named("id"))
    .replaceAll(/\b[0-9a-f]{32}\b/g, named("hash"))
    .replaceAll(/"stackTrace":"(?:[^"\\]|\\.)*"/g, '"stackTrace":"…"');
}
