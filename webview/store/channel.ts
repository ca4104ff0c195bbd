// The typed client of the protocol.
//
// Invariants:
// 1. Every request settles: by its answer, by time-out, or by disposal.
// 2. Nothing that fails validation reaches a handler; the host is told instead.
import * as v from "valibot";
import {
  notifications,
  requests,
  toWebview,
  type CommandName,
  type CommandParams,
  type NotificationName,
  type NotificationParams,
  type RequestName,
  type RequestResult,
  type ToWebview,
} from "../protocol/messages.js";
import type { HostPort } from "../vscode-api.js";

type Response = Extract<ToWebview, { kind: "response" }>;
type Handlers = { [Name in NotificationName]?: (params: NotificationParams<Name>) => void };

interface Waiting {
  readonly settle: (response: Response) => void;
  readonly fail: (error: RequestError) => void;
}

/** What a request carries, as the sender writes it. */
export type RequestInput<Name extends RequestName> = v.InferInput<(typeof requests)[Name]["params"]>;

/** Why a request has no answer; `code` is the host's, or `TIMEOUT`, `DISPOSED`, `PROTOCOL`. */
export class RequestError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "RequestError";
    this.code = code;
  }
}

/** Commands and requests to the host; notifications from it. */
export interface Host {
  command<Name extends CommandName>(name: Name, params: CommandParams<Name>): void;
  request<Name extends RequestName>(name: Name, params: RequestInput<Name>): Promise<RequestResult<Name>>;
}

/** A `Host` over the wire of a webview. */
export class Channel implements Host {
  readonly #port: HostPort;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #handlers: Handlers = {};
  readonly #unlisten: () => void;
  #nextId = 1;
  #disposed = false;

  constructor(port: HostPort, timeoutMs = 15_000) {
    this.#port = port;
    this.#timeoutMs = timeoutMs;
    this.#unlisten = port.listen((message) => this.#receive(message));
  }

  command<Name extends CommandName>(name: Name, params: CommandParams<Name>): void {
    if (!this.#disposed) this.#port.post({ kind: "command", name, params });
  }

  request<Name extends RequestName>(name: Name, params: RequestInput<Name>): Promise<RequestResult<Name>> {
    if (this.#disposed) return Promise.reject(new RequestError("DISPOSED", "The canvas is closed."));
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new RequestError("TIMEOUT", `The host did not answer ${name}.`)); // invariant 1
      }, this.#timeoutMs);
      this.#waiting.set(id, {
        settle: (response) => {
          clearTimeout(timer);
          settleWith(name, response, resolve, reject);
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.#port.post({ kind: "request", id, name, params });
    });
  }

  /** Hands every valid notification of this name to `handle`; one handler a name. */
  on<Name extends NotificationName>(name: Name, handle: (params: NotificationParams<Name>) => void): void {
    (this.#handlers as Record<Name, typeof handle>)[name] = handle;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#unlisten();
    for (const waiting of this.#waiting.values()) waiting.fail(new RequestError("DISPOSED", "The canvas is closed."));
    this.#waiting.clear();
  }

  #receive(message: unknown): void {
    const envelope = v.safeParse(toWebview, message);
    if (!envelope.success) return this.#complain("an unknown message", envelope.issues);
    if (envelope.output.kind === "notification") return this.#notify(envelope.output.name, envelope.output.params);
    const waiting = this.#waiting.get(envelope.output.id);
    this.#waiting.delete(envelope.output.id);
    waiting?.settle(envelope.output);
  }

  #notify(name: NotificationName, params: unknown): void {
    const value = v.safeParse<v.GenericSchema>(notifications[name], params);
    if (!value.success) return this.#complain(name, value.issues); // invariant 2
    (this.#handlers[name] as ((params: unknown) => void) | undefined)?.(value.output);
  }

  #complain(what: string, issues: readonly v.BaseIssue<unknown>[]): void {
    const [first] = issues;
    const place = first === undefined ? "" : ` at ${v.getDotPath(first) ?? "its root"}: ${first.message}`;
    this.command("webview/failed", { message: `The canvas could not read ${what}${place}` });
  }
}

function settleWith<Name extends RequestName>(
  name: Name,
  response: Response,
  resolve: (result: RequestResult<Name>) => void,
  reject: (error: RequestError) => void,
): void {
  if (response.error !== undefined) return reject(new RequestError(response.error.code, response.error.message));
  const result = v.safeParse<v.GenericSchema>(requests[name].result, response.result);
  if (result.success) resolve(result.output as RequestResult<Name>);
  else reject(new RequestError("PROTOCOL", `The host's answer to ${name} could not be read.`));
}
