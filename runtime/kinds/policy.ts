import type { ExpressionScope } from "../expression/cel.js";
import { canonical } from "../model/canonical.js";
import type { FileVersions } from "../model/file-version.js";
import type { NodeDef } from "../model/graph.js";
import type { CachePolicy, Fallback, Timeouts } from "../model/policies.js";
import type { Behaviour } from "../plan/behaviour.js";
import type { CacheProgram, TaskPolicy } from "../plan/policy.js";
import { callHandler } from "./call-handler.js";
import { compiled } from "./expression.js";
import { filesOf } from "./kinds.js";

/** How the tasks of a node are run; undefined for a node that says nothing about it. */
export function compilePolicy(def: NodeDef, scope: ExpressionScope, files: FileVersions): TaskPolicy | undefined {
  const { fallback, cache, disabled = false } = def;
  // What is tried again in a map are its items, by themselves.
  const retry = def.kind === "map" ? undefined : def.retry;
  const timeout = taskTimeouts(def);
  if (!disabled && [retry, timeout, fallback, cache].every((part) => part === undefined)) return undefined;
  return {
    disabled,
    ...(retry === undefined ? {} : { retry }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(fallback === undefined ? {} : { fallback: compileFallback(fallback, def, files) }),
    ...(cache === undefined ? {} : { cache: compileCache(cache, def, scope, files) }),
  };
}

/** The limits on a whole task. A barrier's time-out is a deadline of its question; a map's items are idle, each by itself. */
function taskTimeouts(def: NodeDef): Timeouts | undefined {
  if (def.kind === "barrier") return undefined;
  const runMs = def.timeout?.runMs;
  return def.kind !== "map" ? def.timeout : runMs === undefined ? undefined : { runMs };
}

function compileFallback(fallback: Fallback, def: NodeDef, files: FileVersions): Behaviour {
  if (fallback.type === "writes") return () => ({ type: "done", writes: fallback.writes });
  const reads = readsOf(def);
  const writes = def.kind === "code" ? def.writes : undefined;
  const use = { handler: fallback.handler, ...(reads === undefined ? {} : { reads }), ...(writes === undefined ? {} : { writes }) };
  return callHandler(use, files);
}

/** What is not about the node's result (its policies, its join) is no part of its meaning here. */
function compileCache({ key, ttlMs }: CachePolicy, def: NodeDef, scope: ExpressionScope, files: FileVersions): CacheProgram {
  const { label: _label, note: _note, join: _join, retry: _retry, timeout: _timeout, ...rest } = def;
  const { fallback: _fallback, cache: _cache, disabled: _disabled, ...meaning } = rest;
  // What a map reads is in its `over` too: all channels, unless the key says more.
  const reads = def.kind === "map" ? undefined : readsOf(def);
  const { module, graph } = filesOf(def);
  const path = module ?? graph;
  const version = path === undefined ? undefined : files(path)?.version;
  return {
    meaning: canonical(meaning),
    ...(module === undefined ? {} : { module }),
    ...(graph === undefined ? {} : { graph }),
    ...(version === undefined ? {} : { version }),
    ...(reads === undefined ? {} : { reads }),
    ...(key === undefined ? {} : { key: compiled(key, scope) }),
    ...(ttlMs === undefined ? {} : { ttlMs }),
  };
}

function readsOf(def: NodeDef): readonly string[] | undefined {
  return def.kind === "code" || (def.kind === "map" && def.graph === undefined) ? def.reads : undefined;
}
