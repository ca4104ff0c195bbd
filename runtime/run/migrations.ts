// The user's functions that make the values of one layout of channels of those of another.
import { channelLayout } from "../certify/channel-layout.js";
import { unfitValue } from "../certify/channel-fit.js";
import { PatchbayError } from "../errors.js";
import { isObject, type JsonObject } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { HandlerHost } from "../ports.js";

/** Where migrations come from. Layouts are told by `channelLayout`. */
export interface Migrations {
  /** Absolute paths of the modules that lead from one layout to another, in their order; undefined where there is no such way. */
  way(from: string, to: string): readonly string[] | undefined;
}

/** What came of migrating one state. */
export interface Migrated {
  readonly values: JsonObject;
  /** In the order in which they were applied. */
  readonly modules: readonly string[];
}

/** Names the calls: they belong to no task. */
const CALLER = "@migration";

/**
 * The values of a run in the channels of another plan, made by the user's migrations, in a handler process. Rejects with
 * `NEEDS_MIGRATION` where none leads there, with `MIGRATION_FAILED` where one fails or gives values that do not fit.
 */
export async function migrate(
  values: JsonObject,
  before: Plan,
  after: Plan,
  services: { readonly handlers: HandlerHost; readonly migrations?: Migrations },
  run: string,
): Promise<Migrated> {
  const [from, to] = [channelLayout(before), channelLayout(after)];
  const modules = services.migrations?.way(from, to);
  if (modules === undefined)
    throw new PatchbayError("NEEDS_MIGRATION", `No migration leads from the channels of this run (${from}) to those of now (${to}).`, {
      from,
      to,
    });
  let state = values;
  for (const [step, module] of modules.entries()) state = await apply(module, state, services.handlers, `${run}${CALLER}${step}`);
  const fault = unfitValue(after, state);
  if (fault !== undefined) throw failed(fault.message, modules.at(-1) ?? "");
  return { values: state, modules };
}

async function apply(module: string, state: JsonObject, handlers: HandlerHost, call: string): Promise<JsonObject> {
  const views = Object.entries(state).map(([name, value]) => [name, { version: 1, value }] as const);
  try {
    const outcome = await handlers.call(
      {
        taskId: call,
        run: call,
        node: CALLER,
        module,
        exportName: "default",
        channels: Object.fromEntries(views),
        attempt: 1,
        idempotencyKey: call,
        answers: {},
        returns: "value",
      },
      { log: () => {}, progress: () => {}, emit: () => {} },
      new AbortController().signal,
    );
    if (!outcome.ok) throw failed(outcome.error.message, module);
    const { value } = outcome.result;
    if (!isObject(value)) throw failed("It gave no object of channels.", module);
    return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
  } finally {
    handlers.release?.(call);
  }
}

function failed(reason: string, module: string): PatchbayError {
  return new PatchbayError("MIGRATION_FAILED", `The migration ${module.slice(module.lastIndexOf("/") + 1)} failed: ${reason}`, { module });
}
