import { connect, type Socket } from "node:net";
import type { DebugProtocol } from "@vscode/debugprotocol";

/** What an adapter sends. */
export type FromAdapter = DebugProtocol.Response | DebugProtocol.Event;

const SEPARATOR = "\r\n\r\n";

/** The debugger's end of the Debug Adapter Protocol over a socket, and no more than that. */
export class ProtocolWire {
  readonly #socket: Socket;
  readonly #told: (message: FromAdapter) => void;
  readonly #waiting = new Map<number, (response: DebugProtocol.Response) => void>();
  #seq = 0;
  #received: Buffer = Buffer.alloc(0);

  /** `told`: called with each message, in the order in which they come. */
  constructor(port: number, told: (message: FromAdapter) => void) {
    this.#told = told;
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (chunk: Buffer) => this.#receive(chunk));
  }

  /** Sends a request; gives its answer, be it a refusal. */
  ask(command: string, args: object = {}): Promise<DebugProtocol.Response> {
    this.#seq += 1;
    const text = JSON.stringify({ seq: this.#seq, type: "request", command, arguments: args });
    const answered = new Promise<DebugProtocol.Response>((resolve) => this.#waiting.set(this.#seq, resolve));
    this.#socket.write(`Content-Length: ${Buffer.byteLength(text)}${SEPARATOR}${text}`);
    return answered;
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const head = this.#received.indexOf(SEPARATOR);
      if (head === -1) return;
      const length = Number(/Content-Length: (\d+)/.exec(this.#received.toString("latin1", 0, head))?.[1]);
      const start = head + SEPARATOR.length;
      if (this.#received.length < start + length) return;
      const message = JSON.parse(this.#received.toString("utf8", start, start + length)) as FromAdapter;
      this.#received = this.#received.subarray(start + length);
      this.#told(message);
      if (!("request_seq" in message)) continue;
      this.#waiting.get(message.request_seq)?.(message);
      this.#waiting.delete(message.request_seq);
    }
  }
}
