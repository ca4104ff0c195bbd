import type { ServerResponse } from "node:http";
import type { Span } from "../../runtime/trace/otlp/span.js";
import { Loopback } from "./loopback.js";

/**
 * Fields of the messages that a trace request is made of, as `opentelemetry/proto/trace/v1/trace.proto` and
 * `common/v1/common.proto` have them, in the names of their JSON form.
 */
const fields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ExportTraceServiceRequest: { resourceSpans: "ResourceSpans[]" },
  ResourceSpans: { resource: "Resource", scopeSpans: "ScopeSpans[]", schemaUrl: "string" },
  Resource: { attributes: "KeyValue[]", droppedAttributesCount: "uint32" },
  ScopeSpans: { scope: "InstrumentationScope", spans: "Span[]", schemaUrl: "string" },
  InstrumentationScope: { name: "string", version: "string", attributes: "KeyValue[]", droppedAttributesCount: "uint32" },
  Span: {
    traceId: "bytes16",
    spanId: "bytes8",
    traceState: "string",
    parentSpanId: "bytes8",
    flags: "fixed32",
    name: "string",
    kind: "enum5",
    startTimeUnixNano: "fixed64",
    endTimeUnixNano: "fixed64",
    attributes: "KeyValue[]",
    droppedAttributesCount: "uint32",
    events: "Event[]",
    droppedEventsCount: "uint32",
    links: "Link[]",
    droppedLinksCount: "uint32",
    status: "Status",
  },
  Event: { timeUnixNano: "fixed64", name: "string", attributes: "KeyValue[]", droppedAttributesCount: "uint32" },
  Status: { message: "string", code: "enum2" },
  KeyValue: { key: "string", value: "AnyValue" },
  AnyValue: {
    stringValue: "string",
    boolValue: "bool",
    intValue: "int64",
    doubleValue: "double",
    arrayValue: "ArrayValue",
    kvlistValue: "KeyValueList",
    bytesValue: "string",
  },
  ArrayValue: { values: "AnyValue[]" },
};

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  bool: (value) => typeof value === "boolean",
  double: (value) => typeof value === "number",
  uint32: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32,
  fixed64: (value) => typeof value === "string" && /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n,
  int64: (value) => typeof value === "string" && /^-?\d{1,19}$/.test(value),
  bytes16: (value) => typeof value === "string" && /^[\da-f]{32}$/.test(value) && !/^0+$/.test(value),
  bytes8: (value) => typeof value === "string" && /^[\da-f]{16}$/.test(value) && !/^0+$/.test(value),
  enum5: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 5,
  enum2: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 2,
};

/** What is wrong with a value by the published messages, at its path. */
export function faultsIn(value: unknown, type = "ExportTraceServiceRequest", path = "$"): readonly string[] {
  if (type.endsWith("[]")) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((each: unknown, index) => faultsIn(each, type.slice(0, -2), `${path}[${index}]`));
  }
  const scalar = scalars[type];
  if (scalar !== undefined) return scalar(value) ? [] : [`${path} is no ${type}: ${JSON.stringify(value)}`];
  const known = fields[type];
  if (known === undefined || typeof value !== "object" || value === null) return [`${path} is no ${type}`];
  if (type === "AnyValue" && Object.keys(value).length !== 1) return [`${path} has not one value`];
  return Object.entries(value).flatMap(([name, each]) => {
    const inner = known[name];
    return inner === undefined ? [`${path}.${name} is no field of ${type}`] : faultsIn(each, inner, `${path}.${name}`);
  });
}

/** An OpenTelemetry collector on this machine, which looks at each request as the protocol has it. */
export class OtlpCollector {
  readonly spans: Span[] = [];
  readonly faults: string[] = [];
  readonly loopback: Loopback;

  private constructor(loopback: Loopback) {
    this.loopback = loopback;
  }

  /** `answer` is given each request that holds no fault; without it, all is taken. */
  static async start(answer: (response: ServerResponse, nth: number) => void = taken): Promise<OtlpCollector> {
    let nth = 0;
    const loopback = await Loopback.start(({ method, url, headers, body }, response) => {
      if (method !== "POST" || url !== "/v1/traces") collector.faults.push(`${method} ${url}`);
      if (headers["content-type"] !== "application/json") collector.faults.push(`content-type ${headers["content-type"]}`);
      const request = JSON.parse(body) as {
        readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
      };
      collector.faults.push(...faultsIn(request));
      nth += 1;
      const before = response.statusCode;
      response.once("finish", () => {
        if (before !== 200 || response.statusCode !== 200) return;
        collector.spans.push(...request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
      });
      answer(response, nth);
    });
    const collector = new OtlpCollector(loopback);
    return collector;
  }

  get url(): string {
    return this.loopback.origin;
  }

  stop(): Promise<void> {
    return this.loopback.stop();
  }
}

/** Takes everything. */
export function taken(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
}
