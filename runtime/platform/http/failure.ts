import { errorInfo, PatchbayError, toErrorInfo, type ErrorCode, type ErrorInfo } from "../../errors.js";

const TLS = /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO$)/;

/** Why an exchange failed, from what `fetch` or the reading of a body threw; `redact` hides secrets. */
export function failureOf(thrown: unknown, host: string, redact: (text: string) => string): ErrorInfo {
  if (thrown instanceof PatchbayError) {
    const error = toErrorInfo(thrown, "HTTP_FAILED");
    return { ...error, message: redact(error.message) };
  }
  const { code, message } = rootOf(thrown);
  const kind = kindOf(code);
  return errorInfo(kind, redact(`${sentence(kind, host)}: ${message}.`), { host: redact(host), reason: redact(code) });
}

function kindOf(code: string): ErrorCode {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "HTTP_DNS";
  if (code === "ECONNREFUSED") return "HTTP_REFUSED";
  return TLS.test(code) ? "HTTP_TLS" : "HTTP_FAILED";
}

function sentence(kind: ErrorCode, host: string): string {
  if (kind === "HTTP_DNS") return `The name ${host} leads to no server`;
  if (kind === "HTTP_REFUSED") return `Nothing takes connections at ${host}`;
  if (kind === "HTTP_TLS") return `No secure connection to ${host}`;
  return `The exchange with ${host} broke off`;
}

/** `fetch` says only that it failed; what failed is the cause, at whatever depth. One address of several stands for all. */
function rootOf(thrown: unknown): { readonly code: string; readonly message: string } {
  let at = thrown;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  const error = at instanceof AggregateError ? (at.errors.find((each) => each instanceof Error) ?? at) : at;
  if (!(error instanceof Error)) return { code: "UNKNOWN", message: String(error) };
  const code: unknown = "code" in error ? error.code : undefined;
  return { code: typeof code === "string" ? code : error.name, message: error.message };
}
