// The host's own connection to the inspector of a handler process: it sets the one breakpoint that no debugger knows of.
//
// 1. It is gone when that is met: from then on the program stands for those alone who debug it, and goes on when they leave.
import { INSPECTED } from "../handler-process/messages.js";

/** What comes over the connection, as far as it is of interest. */
interface Received {
  readonly id?: number;
  readonly method?: string;
  readonly error?: { readonly message?: string };
  readonly result?: { readonly result?: { readonly objectId?: string } };
}

/** Connected to a program that stands before a handler. */
export class InspectorLink {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, { readonly resolve: (received: Received) => void; readonly reject: (reason: Error) => void }>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#receive(JSON.parse(String(data)) as Received));
    socket.addEventListener("close", () => {
      for (const { reject } of this.#answers.values()) reject(new Error("The inspector has closed the connection."));
    });
  }

  /** Has the handler stop where it begins. Rejects where the inspector cannot be reached, or does not do it. */
  static async breakAtHandler(address: string): Promise<InspectorLink> {
    const link = await InspectorLink.#connect(address);
    await link.#send("Debugger.enable");
    const { result } = await link.#send("Runtime.evaluate", { expression: `globalThis[Symbol.for(${JSON.stringify(INSPECTED)})]` });
    await link.#send("Debugger.setBreakpointOnFunctionCall", { objectId: result?.result?.objectId });
    return link;
  }

  static #connect(address: string): Promise<InspectorLink> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(address);
      const link = new InspectorLink(socket);
      socket.addEventListener("open", () => resolve(link));
      socket.addEventListener("error", () => reject(new Error("The inspector does not let the host in.")));
    });
  }

  /** Lets the program go on that waits for a debugger. */
  release(): void {
    void this.#send("Runtime.runIfWaitingForDebugger").catch(() => undefined); // gone is as good as gone on
  }

  close(): void {
    this.#socket.close();
  }

  #send(method: string, params: object = {}): Promise<Received> {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise<Received>((resolve, reject) => this.#answers.set(id, { resolve, reject }));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answered;
  }

  #receive(received: Received): void {
    if (received.method === "Debugger.paused") this.close(); // invariant 1
    const waiting = this.#answers.get(received.id ?? 0);
    this.#answers.delete(received.id ?? 0);
    if (received.error === undefined) waiting?.resolve(received);
    else waiting?.reject(new Error(received.error.message ?? "The inspector refuses."));
  }
}
