// The attempts of one task: its behaviour, tried until it succeeds, is out of attempts or of time, or fails for good.
import { errorInfo, toErrorInfo, type ErrorCode } from "../errors.js";
import type { Awaitable } from "../model/awaitable.js";
import type { Behaviour, TaskContext, TaskOutcome } from "../plan/behaviour.js";
import type { TaskPolicy } from "../plan/policy.js";
import type { Clock, Random } from "../ports.js";
import { backoffMs } from "./backoff.js";
import { withinLimits } from "./time-limits.js";

/** What a draw goes on by from attempt to attempt: the golden ratio spreads them evenly. */
export const GOLDEN = 0.618033988749895;

/** Errors that another attempt would only repeat: the graph or the module must be changed first. */
export const lasting: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "CANCELLED",
  "ERROR_LIMIT",
  "EXPRESSION",
  "GRAPH_INVALID",
  "GRAPH_MISSING",
  "GRAPH_OUTSIDE",
  "HANDLER_EXPORT",
  "HANDLER_LOAD",
  "HANDLER_MISSING",
  "HANDLER_OUTSIDE",
  "HANDLER_RESULT",
  "HTTP_HEADER",
  "HTTP_REDIRECT",
  "HTTP_TLS",
  "HTTP_TOO_LARGE",
  "HTTP_URL",
  "NESTING_LIMIT",
  "NOT_A_LIST",
  "NOT_RESUMABLE",
  "SECRET",
  "UNDECLARED_WRITE",
  "UNKNOWN_CHANNEL",
]);

/** One attempt. */
export interface Attempt {
  /** Counts from 1. */
  readonly attempt: number;
  /** Whether no other follows. */
  readonly last: boolean;
  readonly signal: AbortSignal;
  /** To be called for every report. */
  readonly alive?: () => void;
}

/** What a behaviour sees of one attempt. */
export interface OpenContext extends TaskContext {
  /** Ends its reports; a stop ends them too. */
  close(): void;
}

/** Makes what a behaviour sees, attempt by attempt. */
export interface AttemptContexts {
  open(attempt: Attempt): OpenContext;
}

/** What attempts are made with. */
export interface AttemptServices {
  readonly clock: Clock;
  readonly random: Random;
  /** Why the writes of an outcome cannot be applied, if so. */
  readonly refuse: (outcome: TaskOutcome) => TaskOutcome | undefined;
  /** Attempts that were made before somebody stopped the run there. */
  readonly made: number;
  /** An attempt has failed and another follows after `delayMs`. Whether somebody stops the run here: then the task waits. */
  readonly onRetry: (attempt: number, outcome: Extract<TaskOutcome, { type: "failed" }>, delayMs: number) => boolean;
}

/** Tries a behaviour as its policy says; never rejects. */
export function tryPolicy(
  behaviour: Behaviour,
  policy: TaskPolicy,
  node: string,
  contexts: AttemptContexts,
  services: AttemptServices,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  const { retry, timeout = {} } = policy;
  const whole = timeout.runMs === undefined ? {} : { runMs: timeout.runMs };
  const each = {
    ...(retry?.timeoutMs === undefined ? {} : { runMs: retry.timeoutMs }),
    ...(timeout.idleMs === undefined ? {} : { idleMs: timeout.idleMs }),
  };
  // One draw a task, while tasks start in task order: what chance brings a task must not depend on who failed first.
  const chance = retry === undefined ? 0 : services.random.next();
  return withinLimits(whole, node, services.clock, signal, async (within) => {
    for (let attempt = services.made + 1; ; attempt += 1) {
      const last = retry === undefined || attempt >= retry.attempts;
      const tried: TaskOutcome = await withinLimits<TaskOutcome>(each, node, services.clock, within, (bounded, alive) =>
        tryOnce(behaviour, contexts, { attempt, last, signal: bounded, alive }),
      );
      const outcome = services.refuse(tried) ?? tried;
      if (outcome.type !== "failed" || last || within.aborted || lasting.has(outcome.error.code)) return outcome;
      const asked = outcome.retryAfterMs ?? 0;
      // Coming back earlier is in vain, and a later time than the policy allows is nobody's wish.
      if (asked > retry.capMs) return outcome;
      const delayMs = Math.max(asked, backoffMs(retry, attempt, (chance + (attempt - 1) * GOLDEN) % 1));
      if (services.onRetry(attempt, outcome, delayMs)) return { type: "parked" };
      await sleep(delayMs, services.clock, within);
      if (within.aborted) return cancelled;
    }
  });
}

/** Runs a behaviour once; never throws or rejects. What it reports after its end is dropped. At once where the behaviour is. */
export function tryOnce(behaviour: Behaviour, contexts: AttemptContexts, attempt: Attempt): Awaitable<TaskOutcome> {
  const context = contexts.open(attempt);
  try {
    const outcome = behaviour(context);
    if (outcome instanceof Promise) return outcome.catch(failedBy).finally(() => context.close());
    context.close();
    return outcome;
  } catch (error) {
    context.close();
    return failedBy(error);
  }
}

function failedBy(error: unknown): TaskOutcome {
  return { type: "failed", error: toErrorInfo(error, "HANDLER_FAILED") };
}

const cancelled: TaskOutcome = { type: "failed", error: errorInfo("CANCELLED", "The run was stopped.") };

/** Waits, but no longer than until the signal is aborted. */
export function sleep(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      cancel();
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal.addEventListener("abort", finish);
  });
}
