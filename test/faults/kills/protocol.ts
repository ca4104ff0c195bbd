import type { ErrorInfo, JsonObject } from "../../../runtime/index.js";
import type { Durability } from "../../../runtime/index.js";

/** The run that is killed again and again. */
export const RUN = "run";

/** What is broken on purpose, so that it is seen that it would be found. */
export const faults = ["unsafe-saves", "lost-results", "lost-writes", "new-keys"] as const;

/**
 * - `unsafe-saves`: saves are told of as safe, and held back;
 * - `lost-results`: results of siblings are told of as kept, and are not;
 * - `lost-writes`: a checkpoint lacks what its superstep wrote;
 * - `new-keys`: handlers use another idempotency key each time.
 */
export type Fault = (typeof faults)[number];

/** What the program is given, as JSON. */
export interface ProgramTerms {
  /** Of the graphs and handlers. */
  readonly folder: string;
  readonly store: string;
  readonly handlerProcess: string;
  readonly durability: Durability;
  /** Where handlers have their effects. */
  readonly server: string;
  readonly rounds: number;
  readonly fault?: Fault;
}

/** What the program says, one JSON object a line, before it does anything else. */
export type Line =
  /** Checkpoints that are safe. */
  | { readonly saved: readonly string[] }
  /** A task whose result is safe, or items of one. */
  | { readonly kept: { readonly run: string; readonly task: string; readonly items?: readonly number[] } }
  /** The superstep that somebody who listens to the run was shown as finished. */
  | { readonly shown: number }
  | { readonly ended: string; readonly state: JsonObject; readonly error?: ErrorInfo };

/** What a handler tells the server. */
export interface Effect {
  /** `began`: it is at work; `effect`: this is to be done, once for each key. */
  readonly kind: "began" | "effect";
  readonly key: string;
  /** Says the same of the same work in any run. */
  readonly name: string;
  /** Of its handler process, and of the process that runs the graph. */
  readonly pid: number;
  readonly host: number;
}
