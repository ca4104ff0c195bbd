// What the finished items of a list come to, decided in the order of the items and never in that of their finishing.
//
// 1. An item counts once all before it have: whatever finishes first, the same items count, and the same results come out.
// 2. Nothing at or past `end` matters: it is not begun, is stopped, and does not count. `end` only ever moves forward to the start.
import type { KeptItem } from "../../checkpoint/checkpoint.js";
import { errorInfo, type ErrorCode, type ErrorInfo } from "../../errors.js";
import type { ItemErrors } from "../../model/graph.js";
import type { JsonValue } from "../../model/json.js";
import type { ItemCounts } from "../../plan/items.js";

/** How items are counted. */
export interface CountingRules {
  readonly node: string;
  readonly total: number;
  readonly onError: ItemErrors;
  readonly errorLimit?: number;
  /** Whether an item is the last. Throws `ExpressionError`. */
  readonly stopWhen?: (index: number, output: JsonValue, results: readonly JsonValue[]) => boolean;
  /** Called for each item that failed and is passed over, in order. */
  readonly onFailed?: (index: number, error: ErrorInfo) => void;
}

/** What a list came to. */
export type Verdict =
  | { readonly ok: true; readonly results: readonly JsonValue[]; readonly counts: ItemCounts }
  | { readonly ok: false; readonly error: ErrorInfo };

/** Errors of the module or the graph, where they are not from inside that. */
const ofFile: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "GRAPH_INVALID",
  "GRAPH_MISSING",
  "GRAPH_OUTSIDE",
  "HANDLER_EXPORT",
  "HANDLER_LOAD",
  "HANDLER_MISSING",
  "HANDLER_OUTSIDE",
  "NESTING_LIMIT",
]);

/**
 * Whether every item would meet an error: no policy about items passes over it. Nor over a graph that was edited so that what stands
 * in it cannot go on: that is the editor's to undo.
 */
export function isOfAll({ code, details }: ErrorInfo): boolean {
  return code === "NOT_RESUMABLE" || (ofFile.has(code) && details?.["place"] === undefined);
}

/** Counts the items of one list as they finish. */
export class ItemsInOrder {
  readonly #rules: CountingRules;
  readonly #limit: number;
  /** Finished items that wait for one before them. */
  readonly #waiting = new Map<number, KeptItem>();
  readonly #results: JsonValue[] = [];
  /** The first items that failed, as far as they are known, sorted; as many as it takes to fail. */
  #failing: number[] = [];
  #end: number;
  #next = 0;
  #failed = 0;
  #done = 0;
  #retried = 0;
  #first: { readonly index: number; readonly error: ErrorInfo } | undefined;
  #fault: ErrorInfo | undefined;

  constructor(rules: CountingRules) {
    this.#rules = rules;
    this.#limit = rules.onError === "fail" ? 1 : (rules.errorLimit ?? Infinity);
    this.#end = rules.total;
  }

  /** Items from here on do not matter. */
  get end(): number {
    return this.#end;
  }

  /** Takes a finished item. */
  finish(item: KeptItem): void {
    if (item.index >= this.#end || item.index < this.#next) return;
    if (item.error !== undefined) this.#foresee(item.index, item.error);
    this.#waiting.set(item.index, item);
    for (let next = this.#waiting.get(this.#next); next !== undefined && this.#next < this.#end; next = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next);
      this.#next += 1;
      this.#count(next);
    }
  }

  /** What the list came to, once that is certain. */
  get verdict(): Verdict | undefined {
    if (this.#fault !== undefined) return { ok: false, error: this.#fault };
    if (this.#next < this.#end) return undefined;
    const { total } = this.#rules;
    const counts = { total, done: this.#done, failed: this.#failed, retried: this.#retried };
    return { ok: true, results: this.#results, counts };
  }

  /** With so many failures the node fails, at the latest when the last of the first so many counts: what is behind it is in vain. */
  #foresee(index: number, error: ErrorInfo): void {
    if (isOfAll(error)) this.#end = Math.min(this.#end, index + 1);
    if (this.#limit === Infinity) return;
    this.#failing = [...this.#failing, index].sort((a, b) => a - b).slice(0, this.#limit);
    const last = this.#failing.length < this.#limit ? undefined : this.#failing.at(-1);
    if (last !== undefined) this.#end = Math.min(this.#end, last + 1);
  }

  #count({ index, value = null, error, attempts = 1 }: KeptItem): void {
    this.#retried += attempts - 1;
    if (error === undefined) {
      this.#done += 1;
      this.#results.push(value);
      return this.#stopAfter(index, value);
    }
    this.#failed += 1;
    this.#first ??= { index, error };
    if (isOfAll(error)) this.#fault = error;
    else if (this.#failed >= this.#limit) this.#fault = this.#failure(this.#first);
    if (this.#fault !== undefined) return;
    this.#rules.onFailed?.(index, error);
    if (this.#rules.onError !== "collect") return;
    const place = errorInPlace(error);
    this.#results.push(place);
    this.#stopAfter(index, place);
  }

  #stopAfter(index: number, output: JsonValue): void {
    try {
      if (this.#rules.stopWhen?.(index, output, this.#results) === true) this.#end = this.#next;
    } catch (thrown) {
      const { node } = this.#rules;
      const message = `\`stopWhen\` of "${node}" at item ${index}: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      this.#fault = errorInfo("EXPRESSION", message, { node, index });
      this.#end = this.#next;
    }
  }

  #failure({ index, error }: { readonly index: number; readonly error: ErrorInfo }): ErrorInfo {
    const { node, onError } = this.#rules;
    if (onError === "fail") return { ...error, details: { ...error.details, index } };
    const message = `${this.#failed} items of "${node}" failed, which is its limit; the first was item ${index}: ${error.message}`;
    return errorInfo("ERROR_LIMIT", message, { node, index, failed: this.#failed }, error.stack);
  }
}

/** What stands among the results for an item that failed. */
function errorInPlace({ code, message, details }: ErrorInfo): JsonValue {
  return { error: { code, message, ...(details === undefined ? {} : { details }) } };
}
