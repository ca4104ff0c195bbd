// An OpenTelemetry collector, spoken to by OTLP over HTTP with JSON.
import { PatchbayError } from "../../errors.js";
import type { Clock } from "../../ports.js";
import { traceRequest } from "../../trace/otlp/request.js";
import type { Span } from "../../trace/otlp/span.js";
import { retryAfterOf } from "../http/retry-after.js";

const PATH = "/v1/traces";
/** How long a collector may take over an answer, in milliseconds. */
const ANSWER_MS = 10_000;
/** Answers after which the same may be sent again. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** How much of an answer is read for people. */
const SAID = 200;

/** Where spans are sent. */
export interface CollectorAddress {
  /** With a path it is used as it is; without one it stands for `/v1/traces` there. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What became of a request: taken (but for some spans), or not and why, and whether it makes sense to send it again. */
export type Sent =
  | { readonly ok: true; readonly rejected: number; readonly why?: string }
  | { readonly ok: false; readonly why: string; readonly again: boolean; readonly afterMs?: number };

/** Sends spans. */
export class Collector {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #version: string;
  readonly #clock: Clock;

  /** Throws `USAGE` for an address or a header that cannot be used. */
  constructor({ url, headers = {} }: CollectorAddress, version: string, clock: Clock) {
    this.#url = tracesUrl(url);
    this.#headers = checked(headers);
    this.#version = version;
    this.#clock = clock;
  }

  /** Never rejects; ends early when `signal` is aborted. */
  async send(spans: readonly Span[], signal: AbortSignal): Promise<Sent> {
    const late = new AbortController();
    const cancel = this.#clock.after(ANSWER_MS, () => late.abort());
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json", ...this.#headers },
        body: JSON.stringify(traceRequest(spans, this.#version)),
        redirect: "manual", // what the headers say is for this server alone
        signal: AbortSignal.any([signal, late.signal]),
      });
      return this.#sent(response, await response.text());
    } catch (thrown) {
      if (late.signal.aborted) return { ok: false, again: true, why: `it gave no answer within ${ANSWER_MS / 1000} s` };
      return { ok: false, again: !signal.aborted, why: reason(thrown) };
    } finally {
      cancel();
    }
  }

  #sent(response: Response, text: string): Sent {
    if (response.ok) return taken(text);
    const why = `it answered ${response.status}${text === "" ? "" : `: ${text.slice(0, SAID)}`}`;
    const afterMs = retryAfterOf(response.headers.get("retry-after"), this.#clock.now());
    return { ok: false, again: passing.has(response.status), why, ...(afterMs === undefined ? {} : { afterMs }) };
  }
}

function tracesUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new PatchbayError("USAGE", `"${text}" is no address of a collector: give one such as http://127.0.0.1:4318.`);
  }
  if (url.pathname === "/") url.pathname = PATH;
  return url.href;
}

function checked(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    try {
      new Headers().set(name, value);
    } catch (cause) {
      throw new PatchbayError(
        "USAGE",
        `"${name}" is no header that can be sent: its name or its value has signs that headers do not.`,
        {},
        cause,
      );
    }
  }
  return headers;
}

/** A collector can take a request and reject some of its spans. */
function taken(text: string): Sent {
  try {
    const answer = JSON.parse(text) as {
      readonly partialSuccess?: { readonly rejectedSpans?: string | number; readonly errorMessage?: string };
    };
    const rejected = Number(answer.partialSuccess?.rejectedSpans ?? 0);
    const why = answer.partialSuccess?.errorMessage;
    return { ok: true, rejected: Number.isFinite(rejected) ? rejected : 0, ...(why === undefined ? {} : { why }) };
  } catch {
    return { ok: true, rejected: 0 }; // some say nothing, or nothing in JSON
  }
}

function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  return cause instanceof Error && cause.message !== "" ? cause.message : thrown.message;
}
