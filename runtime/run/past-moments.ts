// Where a run has stood on the way to where it stands, looked at without going there.
//
// 1. A checkpoint is read once; its values are put together when somebody asks for them, and its plan is that of then.
import { ChannelVariables, type ChannelViews } from "../channels/channel-variables.js";
import { superstepOf, type Checkpoint } from "../checkpoint/checkpoint.js";
import { BackRebuilder } from "../checkpoint/rebuild-back.js";
import type { Held } from "../checkpoint/rebuild.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import type { Variables } from "../expression/cel.js";
import type { ChannelName } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { ChannelView } from "../ports.js";
import type { End } from "./live-history.js";
import { lastWrites } from "./load.js";
import { Moment } from "./moment.js";
import { planOf, type Position } from "./position.js";

/** So many ends are read at a time. */
const BATCH = 64;

/** The moments at which `back` stands: the first is one superstep back, and so on. Throws `CORRUPTED`. */
export function* pastMoments(position: Position): Generator<Moment, void, void> {
  const { store, live, ledger, frontier } = position;
  const now = superstepOf(frontier);
  const past = new Past(position);
  const ends = live.upFrom(ledger.head, (id) => past.load(id))[Symbol.iterator]();
  for (;;) {
    const batch = store.atOnce(() => taken(ends, BATCH, (end) => ({ end, moment: past.moment(end) })));
    for (const { end, moment } of batch) if (end.superstep < now) yield moment;
    if (batch.length < BATCH) return;
  }
}

function taken<Item, Made>(items: Iterator<Item, unknown>, count: number, make: (item: Item) => Made): readonly Made[] {
  const all: Made[] = [];
  while (all.length < count) {
    const next = items.next();
    if (next.done === true) break;
    all.push(make(next.value));
  }
  return all;
}

/** The ends of supersteps, one after the other: those that are near to one another cost least. */
export class Past {
  readonly #at: Pick<Position, "run" | "plan" | "plans" | "store">;
  readonly #states: BackRebuilder;
  #last: Checkpoint | undefined;

  constructor(at: Position) {
    this.#at = at;
    this.#states = new BackRebuilder((id) => at.store.load(id));
  }

  /** Invariant 1: what is asked for to find an end is asked for again to look at it. */
  load(id: string): Checkpoint {
    this.#last = this.#last?.id === id ? this.#last : this.#at.store.load(id);
    return this.#last;
  }

  moment(end: End): Moment {
    const { run, plan, plans, store } = this.#at;
    if ("live" in end) {
      const { snapshot, plan: under } = end.live;
      return new Moment(run, planOf(under.revision, plan, plans) ?? plan, snapshot);
    }
    const found = this.load(end.checkpoint);
    const then = planOf(found.revision, plan, plans) ?? plan;
    return new Moment(run, then, new StoredSnapshot(found, then, store, this.#states));
  }
}

/** What a checkpoint stands for, as far as somebody looks at it. */
class StoredSnapshot {
  readonly frontier: Checkpoint["frontier"];
  readonly channels: StoredState;
  readonly #lastWrites: () => ReturnType<typeof lastWrites>;

  constructor(found: Checkpoint, plan: Plan, store: Pick<CheckpointStore, "load">, states: BackRebuilder) {
    this.frontier = found.frontier;
    this.channels = new StoredState(plan, () => states.held(found.id));
    this.#lastWrites = () => lastWrites(store, found);
  }

  get lastWrites(): ReturnType<typeof lastWrites> {
    return this.#lastWrites();
  }
}

/** The values at a checkpoint, as the channels of a plan show them. */
class StoredState implements ChannelViews {
  readonly #plan: Plan;
  readonly #held: () => Held;

  constructor(plan: Plan, held: () => Held) {
    this.#plan = plan;
    this.#held = held;
  }

  view(name: ChannelName): ChannelView | undefined {
    const program = this.#plan.channels.get(name);
    if (program === undefined) return undefined;
    const held = this.#held().get(name);
    const value = held === undefined ? undefined : held.reducer.view(held.value);
    return { version: 0, value: value === undefined ? program.reducer.view(program.reducer.start(program.def.initial)) : value };
  }

  variables(more: Readonly<Record<string, JsonValue>> = {}): Variables {
    return new ChannelVariables(this, more);
  }
}
