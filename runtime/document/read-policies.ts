import type { CachePolicy, Fallback, NodePolicies, RetryPolicy, Timeouts } from "../model/policies.js";
import { Fields } from "./fields.js";
import { objectToJson, type JsonNode, type ObjectNode } from "./json-tree.js";
import { parseDuration } from "./quantities.js";

/** A path, with at most one `#` before the name of an export. */
export const HANDLER = /^[^#]+(#[A-Za-z_$][A-Za-z0-9_$]*)?$/;

/** Durations, as they are explained. */
export const EXAMPLE = '"250ms", "30s", "5m" or "1d"';
const defaultRetry: RetryPolicy = { attempts: 3, delayMs: 500, backoff: 2, jitter: 0.2, capMs: 60_000 };

/** Reads how the tasks of a node are run: every kind's fields but a barrier's, which waits for people. */
export function readPolicies(fields: Fields): NodePolicies {
  const retry = fields.objectNode("retry");
  const timeout = readTimeouts(fields);
  const cache = fields.objectNode("cache");
  return {
    ...(retry === undefined ? {} : { retry: readRetry(fields, retry) }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(cache === undefined ? {} : { cache: readCache(fields, cache) }),
    ...readBypass(fields),
  };
}

/** Reads the fields that a barrier has too; its time-out is how long it waits for a decision. */
export function readBarrierPolicies(fields: Fields): NodePolicies {
  const runMs = fields.quantity("timeout", parseDuration, EXAMPLE);
  return { ...(runMs === undefined ? {} : { timeout: { runMs } }), ...readBypass(fields) };
}

function readBypass(fields: Fields): Pick<NodePolicies, "fallback" | "disabled"> {
  const fallback = readFallback(fields);
  const disabled = fields.boolean("disabled") === true;
  return { ...(fallback === undefined ? {} : { fallback }), ...(disabled ? { disabled } : {}) };
}

function readRetry(parent: Fields, node: ObjectNode): RetryPolicy {
  const fields = new Fields(node, "`retry`");
  const timeoutMs = fields.quantity("timeout", parseDuration, EXAMPLE);
  const policy = {
    attempts: fields.integer("attempts", 1) ?? defaultRetry.attempts,
    delayMs: fields.quantity("delay", parseDuration, EXAMPLE) ?? defaultRetry.delayMs,
    backoff: fields.number("backoff", 1) ?? defaultRetry.backoff,
    jitter: fields.number("jitter", 0, 1) ?? defaultRetry.jitter,
    capMs: fields.quantity("cap", parseDuration, EXAMPLE) ?? defaultRetry.capMs,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  fields.warnOfRest();
  parent.problems.push(...fields.problems);
  return policy;
}

/** A string is the time for the whole run of a task. */
function readTimeouts(parent: Fields): Timeouts | undefined {
  const node = parent.get("timeout");
  if (node?.type !== "object") {
    const runMs = parent.quantity("timeout", parseDuration, `${EXAMPLE}, or an object with \`run\` and \`idle\``);
    return runMs === undefined ? undefined : { runMs };
  }
  const fields = new Fields(node, "`timeout`");
  const runMs = fields.quantity("run", parseDuration, EXAMPLE);
  const idleMs = fields.quantity("idle", parseDuration, EXAMPLE);
  fields.warnOfRest();
  parent.problems.push(...fields.problems);
  return { ...(runMs === undefined ? {} : { runMs }), ...(idleMs === undefined ? {} : { idleMs }) };
}

function readCache(parent: Fields, node: ObjectNode): CachePolicy {
  const fields = new Fields(node, "`cache`");
  const key = fields.string("key");
  const ttlMs = fields.quantity("ttl", parseDuration, EXAMPLE);
  fields.warnOfRest();
  parent.problems.push(...fields.problems);
  return { ...(key === undefined ? {} : { key }), ...(ttlMs === undefined ? {} : { ttlMs }) };
}

function readFallback(fields: Fields): Fallback | undefined {
  const node = fields.get("fallback");
  if (node?.type === "object") return { type: "writes", writes: objectToJson(node) };
  if (isHandler(node)) return { type: "handler", handler: String(node?.value) };
  if (node !== undefined) fields.error(node, "`fallback` must be an object of channels, or a path with `#` and the name of an export.");
  return undefined;
}

function isHandler(node: JsonNode | undefined): node is Extract<JsonNode, { readonly value: unknown }> {
  return node?.type === "string" && HANDLER.test(String(node.value));
}
