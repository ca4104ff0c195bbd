// One request of a chain of redirects.
//
// 1. What could be a credential goes to the origin that it was meant for and to no other.
import { errorInfo, PatchbayError, type ErrorInfo } from "../../errors.js";
import { urlFault } from "../../model/http-url.js";
import type { HttpRequest } from "../../ports.js";
import type { SecretValues } from "./filled.js";

/** A request to one address. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: { readonly text: string; readonly secret: boolean };
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Headers that tell another origin nothing that is not meant for it. */
const harmless = /^(?:accept(?:-language)?|content-type|content-language|user-agent)$/i;
// Bytes beyond ASCII would have to be Latin-1, as `fetch` sends it.
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The first request. Throws `HTTP_URL`, `HTTP_HEADER`. */
export function firstHop(request: HttpRequest, secrets: SecretValues): Hop {
  const headers = request.headers.map(([name, value]) => [name, secrets.fill(value).text.trim()] as const);
  const wrong = headers.find(([, value]) => !HEADER_VALUE.test(value));
  if (wrong !== undefined)
    throw new PatchbayError("HTTP_HEADER", `The value of the header "${wrong[0]}" cannot be sent.`, { header: wrong[0] });
  const body = request.body === undefined ? undefined : secrets.fill(request.body);
  return { url: address(request, secrets), method: request.method, headers, ...(body === undefined ? {} : { body }) };
}

/** Where an answer leads to; undefined for one that leads nowhere. */
export function redirectOf(response: Response): string | undefined {
  return redirects.has(response.status) ? (response.headers.get("location") ?? undefined) : undefined;
}

/** The request that follows a redirect, or why it may not be made. */
export function nextHop(hop: Hop, status: number, location: string): Hop | ErrorInfo {
  const url = URL.parse(location, hop.url.href);
  const fault = url === null ? "it is no valid address" : urlFault(url.href);
  if (url === null || fault !== undefined)
    return errorInfo("HTTP_REDIRECT", `The server leads to an address that cannot be asked: ${fault}.`);
  const asGet = status === 303 ? hop.method !== "HEAD" : (status === 301 || status === 302) && hop.method === "POST";
  const { body, ...rest } = { ...hop, url, ...(asGet ? { method: "GET" } : {}) };
  const kept = asGet ? undefined : body;
  const headers = kept === undefined ? hop.headers.filter(([name]) => !/^content-/i.test(name)) : hop.headers;
  if (url.origin === hop.url.origin) return { ...rest, headers, ...(kept === undefined ? {} : { body: kept }) };
  if (kept?.secret === true)
    return errorInfo("HTTP_REDIRECT", `The server leads to ${url.origin}, and the body holds a secret that is not meant for it.`);
  return { ...rest, headers: headers.filter(([name]) => harmless.test(name)), ...(kept === undefined ? {} : { body: kept }) }; // invariant 1
}

function address(request: HttpRequest, secrets: SecretValues): URL {
  const text = secrets.fill(request.url).text;
  const fault = urlFault(text);
  const url = URL.parse(text);
  if (url === null || fault !== undefined) {
    // A broken address may show its secrets in ways that nobody knows to hide.
    const shown = secrets.none ? `${text.replace(/\/\/[^/?#]*@/, "//***@").slice(0, 200)} ` : "";
    throw new PatchbayError("HTTP_URL", `The address ${shown}cannot be asked: ${fault}.`);
  }
  url.hash = "";
  const pairs = [url.search.slice(1), ...request.query.map((pair) => secrets.fill(pair).text)];
  url.search = pairs.filter((pair) => pair !== "").join("&");
  return url;
}
