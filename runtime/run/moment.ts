import type { ChannelState } from "../channels/channel-state.js";
import { superstepOf, type Frontier, type RoutedTask, type StoredTask } from "../checkpoint/checkpoint.js";
import type { Variables } from "../expression/cel.js";
import type { ChannelName } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import { noFailures } from "./joins.js";
import { takeRoutes } from "./routes.js";
import type { Snapshot } from "./snapshot.js";
import type { TakenRoute } from "./taken-route.js";

/** A task of the superstep that finished last, with what it wrote. */
export interface FinishedTask extends RoutedTask {
  readonly writes: JsonObject;
  readonly cleared: readonly ChannelName[];
}

/** A snapshot to look at. */
export interface SeenSnapshot extends Pick<Snapshot, "frontier" | "lastWrites"> {
  readonly channels: Pick<ChannelState, "view" | "variables">;
}

/** Where a run stands, as somebody sees it who looks on: what has just happened, and what is about to. Of any snapshot, also an earlier one. */
export class Moment {
  readonly run: string;
  readonly plan: Plan;
  readonly #snapshot: SeenSnapshot;
  #taken: readonly TakenRoute[] | undefined;

  constructor(run: string, plan: Plan, snapshot: SeenSnapshot) {
    this.run = run;
    this.plan = plan;
    this.#snapshot = snapshot;
  }

  get frontier(): Frontier {
    return this.#snapshot.frontier;
  }

  /** The superstep that the run is in. */
  get superstep(): number {
    return superstepOf(this.frontier);
  }

  /** The tasks that run next; of an open superstep those that have not finished. */
  get due(): readonly StoredTask[] {
    const { due, results } = this.frontier;
    return results.length === 0 ? due : due.filter(({ id }) => !results.some(({ task }) => task === id));
  }

  /** The tasks that finished last; none while a superstep is open. */
  get finished(): readonly FinishedTask[] {
    const { open, routed } = this.frontier;
    if (open) return [];
    const writes = this.#snapshot.lastWrites.slice(this.#snapshot.lastWrites.length - routed.length);
    return routed.map((task, place) => ({ ...task, writes: writes[place]?.writes ?? {}, cleared: writes[place]?.cleared ?? [] }));
  }

  /** The ways that they took; none while a superstep is open. */
  get taken(): readonly TakenRoute[] {
    this.#taken ??= this.#routes();
    return this.#taken;
  }

  /** What a channel holds; undefined: nothing. */
  value(channel: ChannelName): JsonValue | undefined {
    return this.#snapshot.channels.view(channel)?.value;
  }

  /** The channels as they are now, with `run`, and with what a task was given and wrote. */
  variables(task: { readonly input?: JsonValue; readonly writes?: JsonObject } = {}): Variables {
    const run = { id: this.run, superstep: this.superstep };
    return this.#snapshot.channels.variables({ output: task.writes ?? {}, input: task.input ?? null, run });
  }

  #routes(): readonly TakenRoute[] {
    const { frontier, channels, lastWrites } = this.#snapshot;
    const { open, superstep, routed, arrivalsBefore, failures = noFailures, overrides } = frontier;
    if (open) return [];
    const more = overrides === undefined ? {} : { overrides };
    const state = { run: this.run, superstep, routed, writes: lastWrites, channels, arrivals: arrivalsBefore, failures, sent: [], ...more };
    const routes = takeRoutes(this.plan, state);
    return routes.ok ? routes.taken : [];
  }
}
