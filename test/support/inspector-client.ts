/** What is paused: the file by its URL without a number, and the line from 1. */
export interface PausedAt {
  readonly url: string;
  readonly line: number;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly scriptId?: string;
    readonly url?: string;
    readonly callFrames?: readonly { readonly location: { readonly scriptId: string; readonly lineNumber: number } }[];
  };
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/** A debugger of JavaScript over an inspector's WebSocket, as small as tests need one. */
export class InspectorClient {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (message: Message) => void>();
  /** Number of a script -> its URL. */
  readonly #scripts = new Map<string, string>();
  readonly #pauses: PausedAt[] = [];
  readonly #waiting: ((at: PausedAt) => void)[] = [];
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>;
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.addEventListener("close", () => resolve()));
    socket.addEventListener("message", ({ data }) => this.#receive(JSON.parse(String(data)) as Message));
  }

  /** Connects and gets ready to debug, as editors do; what waits for it goes on then. */
  static async attach(address: string): Promise<InspectorClient> {
    const client = await InspectorClient.connect(address);
    for (const method of ["Runtime.enable", "Debugger.enable", "Runtime.runIfWaitingForDebugger"]) await client.send(method);
    return client;
  }

  /** Connects, and does nothing else. Rejects where nobody listens. */
  static async connect(address: string): Promise<InspectorClient> {
    const socket = new WebSocket(address);
    const client = new InspectorClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error("Nobody listens.")));
    });
    return client;
  }

  send(method: string, params: object = {}): Promise<Message> {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answered;
  }

  /** Where the program pauses next, or has paused and nobody asked. */
  paused(): Promise<PausedAt> {
    const at = this.#pauses.shift();
    return at === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(at);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(message: Message): void {
    const { id, method, params = {} } = message;
    if (id !== undefined) this.#answers.get(id)?.(message);
    if (method === "Debugger.scriptParsed") this.#scripts.set(params.scriptId ?? "", params.url ?? "");
    if (method !== "Debugger.paused") return;
    const { scriptId = "", lineNumber = -1 } = params.callFrames?.[0]?.location ?? {};
    const at = { url: (this.#scripts.get(scriptId) ?? "").replace(/\?.*$/, ""), line: lineNumber + 1 };
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#pauses.push(at);
    else waiting(at);
  }
}
