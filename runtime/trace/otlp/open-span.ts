import type { ErrorInfo } from "../../errors.js";
import { keyValues, nanoseconds, type Attributes, type Span, type SpanEvent, type SpanStatus } from "./span.js";

/** How many events a span holds; the others are counted. */
const EVENT_LIMIT = 128;

/** What tells one span from the others. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
}

/** A span that has not ended. */
export class OpenSpan {
  readonly place: SpanPlace;
  readonly #name: string;
  readonly #startedAt: number;
  #attributes: Attributes;
  readonly #events: SpanEvent[] = [];
  #dropped = 0;
  #status: SpanStatus = { code: 0 };

  constructor(place: SpanPlace, name: string, startedAt: number, attributes: Attributes) {
    this.place = place;
    this.#name = name;
    this.#startedAt = startedAt;
    this.#attributes = attributes;
  }

  set(attributes: Attributes): void {
    this.#attributes = { ...this.#attributes, ...attributes };
  }

  happened(name: string, at: number, attributes: Attributes): void {
    if (this.#events.length >= EVENT_LIMIT) this.#dropped += 1;
    else this.#events.push({ timeUnixNano: nanoseconds(at), name, attributes: keyValues(attributes) });
  }

  ok(): void {
    this.#status = { code: 1 };
  }

  /** It failed: by the conventions, an event for the exception, the type of the error, and a status. */
  failed(error: ErrorInfo, at: number): void {
    const { code, message, stack } = error;
    this.happened("exception", at, { "exception.type": code, "exception.message": message, "exception.stacktrace": stack });
    this.set({ "error.type": code });
    this.#status = { code: 2, message };
  }

  /** Attempts and moments of siblings can stand in the trace before what they are part of: no span ends before it began. */
  end(at: number): Span {
    const { traceId, spanId, parentSpanId } = this.place;
    return {
      traceId,
      spanId,
      ...(parentSpanId === undefined ? {} : { parentSpanId }),
      name: this.#name,
      kind: 1,
      startTimeUnixNano: nanoseconds(this.#startedAt),
      endTimeUnixNano: nanoseconds(Math.max(at, this.#startedAt)),
      attributes: keyValues(this.#attributes),
      events: this.#events,
      ...(this.#dropped === 0 ? {} : { droppedEventsCount: this.#dropped }),
      status: this.#status,
    };
  }
}
