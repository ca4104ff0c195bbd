import { httpMethods, httpReadings, httpTakings, type HttpNode } from "../model/graph.js";
import { isStatusPattern } from "../model/http-status.js";
import { Fields } from "./fields.js";
import { objectToJson, toJson, type ObjectNode } from "./json-tree.js";
import { parseSize } from "./quantities.js";
import { readCommon } from "./read-common.js";
import { readPolicies } from "./read-policies.js";
import { reading, type Reading } from "./reading.js";

const SUCCESS: readonly string[] = ["2xx"];
const DEFAULT_REDIRECTS = 10;
const MOST_REDIRECTS = 50;
const DEFAULT_MAX_BYTES = 16 * 2 ** 20;

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What the request itself says about how it is sent. */
const KEPT_HEADERS = new Set("connection content-length expect host keep-alive te trailer transfer-encoding upgrade".split(" "));

/** Reads an `http` node. */
export function readHttp(id: string, node: ObjectNode): Reading<HttpNode> {
  const fields = new Fields(node, "an http node");
  const common = readCommon(fields);
  const method = fields.oneOf("method", httpMethods) ?? "GET";
  const url = fields.requiredString("url");
  const headers = readTemplates(fields, "headers", headerFault);
  const query = readTemplates(fields, "query");
  const body = readBody(fields, method);
  const output = fields.string("output");
  const take = fields.oneOf("take", httpTakings) ?? "body";
  const as = fields.oneOf("as", httpReadings) ?? "auto";
  const expect = readExpect(fields);
  const redirects = readRedirects(fields);
  const maxBytes = fields.quantity("maxSize", parseSize, '"64KB" or "16MB"') ?? DEFAULT_MAX_BYTES;
  const policies = readPolicies(fields);
  fields.warnOfRest();
  return reading(fields.problems, () => ({
    id,
    kind: "http",
    ...common,
    ...policies,
    method,
    url,
    headers,
    query,
    ...body,
    ...(output === undefined ? {} : { output }),
    take,
    as,
    expect,
    redirects,
    maxBytes,
  }));
}

/** Name -> template. Numbers and truth values count as the text that they are written with. */
function readTemplates(fields: Fields, name: string, fault?: (key: string) => string | undefined): Readonly<Record<string, string>> {
  const node = fields.objectNode(name);
  for (const property of node?.properties ?? []) {
    const wrong = fault?.(property.key);
    if (wrong !== undefined) fields.error({ start: property.keyStart, end: property.keyEnd }, `"${property.key}" ${wrong}.`);
    const { value } = property;
    if (value === undefined || ["string", "number", "boolean"].includes(value.type)) continue;
    fields.error(value, `What \`${name}\` gives to "${property.key}" must be a string, a number, true or false.`);
  }
  const entries = Object.entries(node === undefined ? {} : objectToJson(node));
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
}

function headerFault(name: string): string | undefined {
  if (!TOKEN.test(name)) return "cannot be the name of a header";
  return KEPT_HEADERS.has(name.toLowerCase()) ? "is a header that the request sets by itself" : undefined;
}

function readBody(fields: Fields, method: HttpNode["method"]): Pick<HttpNode, "body"> {
  const node = fields.get("body");
  if (node === undefined || node.type === "null") return {};
  if (method === "GET" || method === "HEAD") fields.error(node, `A ${method} request carries no body; use \`query\`, or another method.`);
  return { body: toJson(node) };
}

/** One pattern, or a list of them. */
function readExpect(fields: Fields): readonly string[] {
  const node = fields.get("expect");
  const advice = 'must be a status such as "404", or a class of them such as "2xx"';
  if (node === undefined) return SUCCESS;
  if (node.type === "string") {
    const pattern = String(node.value);
    if (!isStatusPattern(pattern)) fields.error(node, `\`expect\` ${advice}, or a list of these.`);
    return [pattern];
  }
  if (node.type === "array" && node.items.length === 0) fields.error(node, "`expect` must name at least one status.");
  return fields.strings("expect", (pattern) => (isStatusPattern(pattern) ? undefined : advice)) ?? SUCCESS;
}

function readRedirects(fields: Fields): number {
  const redirects = fields.integer("redirects", 0) ?? DEFAULT_REDIRECTS;
  const node = fields.get("redirects");
  if (node !== undefined && redirects > MOST_REDIRECTS) fields.error(node, `\`redirects\` must be ${MOST_REDIRECTS} or less.`);
  return redirects;
}
