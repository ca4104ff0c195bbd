import { keyValues, type KeyValue, type Span } from "./span.js";

/** The body of a request to `/v1/traces` (`ExportTraceServiceRequest`). */
export interface TraceRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly spans: readonly Span[];
    }[];
  }[];
}

/** A request that hands spans over. */
export function traceRequest(spans: readonly Span[], version: string): TraceRequest {
  const resource = { attributes: keyValues({ "service.name": "patchbay", "service.version": version }) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "patchbay", version }, spans }] }] };
}
