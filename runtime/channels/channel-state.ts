// The values of all channels at one moment.
//
// 1. A state never changes; folding writes makes a new one that shares every channel that was not written.
// 2. A version names one value of one channel within a session: a written channel gets a version never used before.
import type { Variables } from "../expression/cel.js";
import type { ReducerName } from "../model/graph.js";
import { START, type ChannelName } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import { weigh } from "../model/weigh.js";
import type { ChannelView } from "../ports.js";
import type { ChannelProgram } from "./channel-program.js";
import { ChannelVariables } from "./channel-variables.js";

interface Held {
  readonly value: unknown;
  readonly version: number;
  /** Memory that it takes, roughly; of what accumulates an upper bound, as weighing it anew would cost what it is. */
  readonly bytes: number;
}

/** What all states of one plan share. */
interface Layout {
  readonly programs: ReadonlyMap<ChannelName, ChannelProgram>;
  /** Channel -> its place among the values. */
  readonly places: ReadonlyMap<ChannelName, number>;
  /** Channels whose values are for one superstep alone. */
  readonly passing: readonly ChannelName[];
}

/** Bytes of a channel without a value. */
const NOTHING = 8;

const layouts = new WeakMap<ReadonlyMap<ChannelName, ChannelProgram>, Layout>();

/** What one node wrote. */
export interface NodeWrites {
  readonly node: string;
  readonly writes: JsonObject;
  /** Channels that it wrote `undefined` to: they go back to where they started, and have no value if they have no default. */
  readonly cleared?: readonly ChannelName[];
  /** Channel -> what a reducer of the user's made of all that the superstep wrote to it. */
  readonly folded?: JsonObject;
}

/** An immutable state. */
export class ChannelState {
  readonly #layout: Layout;
  /** By place: copying it costs next to nothing, also for a thousand channels. */
  readonly #held: readonly Held[];
  /** Memory that all values take, roughly: never less than they do. */
  readonly bytes: number;

  private constructor(layout: Layout, held: readonly Held[], bytes: number) {
    this.#layout = layout;
    this.#held = held;
    this.bytes = bytes;
  }

  /** The state with these values; a channel without one has its start value. */
  static of(programs: ReadonlyMap<ChannelName, ChannelProgram>, values: JsonObject, version: number): ChannelState {
    const held = Array.from(programs, ([name, { reducer, def }]) => {
      const given = values[name];
      const value = given === undefined ? reducer.start(def.initial) : reducer.restore(given);
      return { value, version, bytes: weigh(given ?? def.initial, Infinity) };
    });
    return new ChannelState(layoutOf(programs), held, sumOf(held));
  }

  names(): Iterable<ChannelName> {
    return this.#layout.programs.keys();
  }

  view(name: ChannelName): ChannelView | undefined {
    const held = this.#at(name);
    const program = this.#layout.programs.get(name);
    return held === undefined || program === undefined ? undefined : { version: held.version, value: program.reducer.view(held.value) };
  }

  /** How a channel takes writes. */
  program(name: ChannelName): ChannelProgram | undefined {
    return this.#layout.programs.get(name);
  }

  /** Every channel that has a value. */
  values(): JsonObject {
    const values: Record<string, JsonValue> = {};
    for (const name of this.names()) {
      const value = this.view(name)?.value;
      if (value !== undefined) values[name] = value;
    }
    return values;
  }

  /** Every channel by name, for expressions, with `more` beside them; a channel without a value is null. */
  variables(more: Readonly<Record<string, JsonValue>> = {}): Variables {
    return new ChannelVariables(this, more);
  }

  reducers(): Readonly<Record<ChannelName, ReducerName>> {
    return Object.fromEntries([...this.#layout.programs].map(([name, program]) => [name, program.def.reducer]));
  }

  /**
   * What a superstep comes to, to be folded: what its end takes away, which are values that were for it alone, and then what was
   * written, with defaults in place of what was cleared. `folded`: what reducers of the user's made of that.
   */
  applied(written: readonly NodeWrites[], folded?: JsonObject): readonly NodeWrites[] {
    const gone = this.#layout.passing.filter((name) => this.#at(name)?.value !== this.#start(name));
    const applied = gone.length === 0 ? [] : [this.#toStart({ node: START, writes: {}, cleared: gone })];
    if (folded !== undefined) applied.push({ node: START, writes: {}, folded });
    for (const each of written) applied.push(this.#toStart(each));
    return applied;
  }

  /** Folds writes that were checked, one at a time and in order, giving what was written the version. */
  fold(all: readonly NodeWrites[], version: number): ChannelState {
    const { programs, places } = this.#layout;
    const next = this.#held.slice();
    let total = this.bytes;
    for (const { writes, cleared, folded } of all) {
      for (const name in writes) {
        const place = places.get(name);
        const held = place === undefined ? undefined : next[place];
        const write = writes[name];
        const reducer = programs.get(name)?.reducer;
        if (place === undefined || held === undefined || write === undefined || reducer === undefined) continue;
        if (reducer.apart === true) continue; // what came of it is in `folded`
        const bytes = weigh(write, Infinity) + (reducer.accumulates === true ? held.bytes : 0);
        next[place] = { value: reducer.fold(held.value, write), version, bytes };
        total += bytes - held.bytes;
      }
      for (const name of cleared ?? []) {
        const place = places.get(name);
        if (place === undefined) continue;
        total += NOTHING - (next[place]?.bytes ?? 0);
        next[place] = { value: programs.get(name)?.reducer.restore(undefined), version, bytes: NOTHING };
      }
      if (folded === undefined) continue;
      for (const [name, value] of Object.entries(folded)) {
        const place = places.get(name);
        if (place === undefined) continue;
        const bytes = weigh(value, Infinity);
        total += bytes - (next[place]?.bytes ?? 0);
        next[place] = { value: programs.get(name)?.reducer.restore(value), version, bytes };
      }
    }
    return new ChannelState(this.#layout, next, total);
  }

  /** The same writes with the channels that they clear written back to their defaults; only those without one stay cleared. */
  #toStart({ node, writes, cleared }: NodeWrites): NodeWrites {
    if (cleared === undefined) return { node, writes };
    const initials: Record<ChannelName, JsonValue> = {};
    for (const name of cleared) {
      const initial = this.#layout.programs.get(name)?.def.initial;
      if (initial !== undefined) initials[name] = initial;
    }
    const empty = cleared.filter((name) => initials[name] === undefined);
    return { node, writes: { ...writes, ...initials }, ...(empty.length === 0 ? {} : { cleared: empty }) };
  }

  /** The same state with its values weighed anew, which costs what they are. */
  weighed(): ChannelState {
    const names = [...this.names()];
    const held = this.#held.map((each, place) => ({ ...each, bytes: weigh(this.view(names[place] ?? "")?.value, Infinity) }));
    return new ChannelState(this.#layout, held, sumOf(held));
  }

  /** Channels with the memory that they take, the largest first. */
  sizes(): readonly (readonly [name: ChannelName, bytes: number])[] {
    return [...this.names()].map((name) => [name, this.#at(name)?.bytes ?? 0] as const).toSorted(([, a], [, b]) => b - a);
  }

  #at(name: ChannelName): Held | undefined {
    const place = this.#layout.places.get(name);
    return place === undefined ? undefined : this.#held[place];
  }

  #start(name: ChannelName): unknown {
    const program = this.#layout.programs.get(name);
    return program?.reducer.start(program.def.initial);
  }
}

function sumOf(held: readonly Held[]): number {
  return held.reduce((sum, { bytes }) => sum + bytes, 0);
}

function layoutOf(programs: ReadonlyMap<ChannelName, ChannelProgram>): Layout {
  const known = layouts.get(programs);
  if (known !== undefined) return known;
  const places = new Map([...programs.keys()].map((name, place) => [name, place]));
  const passing = [...programs].flatMap(([name, { reducer }]) => (reducer.passing === true ? [name] : []));
  const layout = { programs, places, passing };
  layouts.set(programs, layout);
  return layout;
}
