import type { JsonObject } from "../../model/json.js";
import type { HandlerCall } from "../../ports.js";
import { Command } from "../handler-result.js";
import type { HandlerContext } from "./handler-types.js";

/** A handler of which nothing is known yet, least of all what it returns. */
export type AnyHandler = (state: JsonObject, ctx: HandlerContext) => unknown;

/** A handler in parts, by what each is for. */
export interface HandlerParts {
  readonly prep?: (state: JsonObject, ctx: HandlerContext) => unknown;
  readonly exec: (prepared: unknown, ctx: HandlerContext) => unknown;
  readonly post?: (state: JsonObject, prepared: unknown, result: unknown, ctx: HandlerContext) => unknown;
  readonly fallback?: (prepared: unknown, error: unknown, ctx: HandlerContext) => unknown;
}

/** Either form of a handler. */
export type UserHandler = AnyHandler | HandlerParts;

const PARTS = ["prep", "exec", "post", "fallback"] as const;

/** The parts among a module's exports, if it has an `exec`: the others are nothing without it. */
export function partsOf(exports: Readonly<Record<string, unknown>>): HandlerParts | undefined {
  if (typeof exports["exec"] !== "function") return undefined;
  const parts = PARTS.flatMap((name) => (typeof exports[name] === "function" ? [[name, exports[name]] as const] : []));
  return Object.fromEntries(parts) as unknown as HandlerParts;
}

/** The function of a handler that is called first. */
export function firstPart(handler: UserHandler): unknown {
  return typeof handler === "function" ? handler : (handler.prep ?? handler.exec);
}

/**
 * One function for both forms. Parts run in their order: `prep`, `exec`, `post`. When `exec` fails for good, which `lastAttempt`
 * tells, `fallback` gives the result in its place; a failure of another part, and a stop, are failures of the handler.
 * Without `prep`, `exec` is given the state; without `post`, its result is the update. What `post` returns as a string is the
 * action, unless the handler `returns` a value.
 */
export function asFunction(handler: UserHandler, lastAttempt: boolean, returns?: HandlerCall["returns"]): AnyHandler {
  if (typeof handler === "function") return handler;
  const { prep, exec, post, fallback } = handler;
  return async (state, ctx) => {
    const prepared = prep === undefined ? state : await prep(state, ctx);
    let result: unknown;
    try {
      result = await exec(prepared, ctx);
    } catch (error) {
      if (fallback === undefined || !lastAttempt || ctx.signal.aborted) throw error;
      ctx.log.warn(`exec failed, fallback takes over: ${error instanceof Error ? error.message : String(error)}`);
      result = await fallback(prepared, error, ctx);
    }
    if (post === undefined) return result;
    const returned = await post(state, prepared, result, ctx);
    return typeof returned === "string" && returns !== "value" ? new Command({ action: returned }) : returned;
  };
}
