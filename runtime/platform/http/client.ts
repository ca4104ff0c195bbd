// Requests over HTTP, by the platform's own `fetch`.
//
// 1. Secrets are put in here, and nothing that leaves here (an answer's address, an error) shows them.
// 2. Redirects are followed here, not by `fetch`, which would take every header but one along.
// 3. No more of a body is read than was wanted, and aborting ends the connection.
import { errorInfo, type ErrorInfo } from "../../errors.js";
import type { Clock, HttpAnswer, HttpClient, HttpOutcome, HttpRequest, Secrets } from "../../ports.js";
import { SecretValues } from "./filled.js";
import { failureOf } from "./failure.js";
import { firstHop, nextHop, redirectOf, type Hop } from "./hop.js";
import { readBody } from "./read-body.js";
import { retryAfterOf } from "./retry-after.js";

/** Makes a client; it keeps nothing but idle connections, which keep no program alive. */
export function createHttpClient(secrets: Secrets, clock: Clock): HttpClient {
  return {
    async send(request, signal, alive) {
      const values = await SecretValues.of(request, secrets);
      if (!(values instanceof SecretValues)) return { ok: false, error: values };
      return new Exchange(request, values, clock, signal, alive).outcome();
    },
  };
}

class Exchange {
  readonly #request: HttpRequest;
  readonly #secrets: SecretValues;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #alive: () => void;
  #host = "";

  constructor(request: HttpRequest, secrets: SecretValues, clock: Clock, signal: AbortSignal, alive: () => void) {
    this.#request = request;
    this.#secrets = secrets;
    this.#clock = clock;
    this.#signal = signal;
    this.#alive = alive;
  }

  async outcome(): Promise<HttpOutcome> {
    try {
      return await this.#follow(firstHop(this.#request, this.#secrets));
    } catch (thrown) {
      const error = this.#signal.aborted
        ? errorInfo("CANCELLED", "The request was stopped.")
        : failureOf(thrown, this.#host, this.#secrets.redact);
      return { ok: false, error };
    }
  }

  async #follow(first: Hop): Promise<HttpOutcome> {
    let hop = first;
    for (let left = this.#request.redirects; ; left -= 1) {
      const response = await this.#ask(hop);
      const location = this.#request.redirects === 0 ? undefined : redirectOf(response);
      if (location === undefined) return { ok: true, answer: await this.#answer(hop, response) };
      await response.body?.cancel();
      const next = left === 0 ? tooMany(this.#request.redirects) : nextHop(hop, response.status, location);
      if ("code" in next) return { ok: false, error: { ...next, message: this.#secrets.redact(next.message) } };
      hop = next;
    }
  }

  async #ask({ url, method, headers, body }: Hop): Promise<Response> {
    this.#host = url.host;
    const response = await fetch(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      redirect: "manual", // invariant 2
      signal: this.#signal,
      ...(body === undefined ? {} : { body: body.text }),
    });
    this.#alive();
    return response;
  }

  async #answer(hop: Hop, response: Response): Promise<HttpAnswer> {
    const { bytes, truncated } = await readBody(response, this.#request.maxBytes, this.#alive);
    const retryAfterMs = retryAfterOf(response.headers.get("retry-after"), this.#clock.now());
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      url: this.#secrets.redact(hop.url.href),
      body: bytes,
      truncated,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(this.#secrets.none ? {} : { redact: this.#secrets.redact }),
    };
  }
}

function tooMany(redirects: number): ErrorInfo {
  return errorInfo("HTTP_REDIRECT", `The server led on more than ${redirects} times.`, { redirects });
}
