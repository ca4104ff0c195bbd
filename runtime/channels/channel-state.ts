// The values of all channels at one moment.
//
// 1. A state never changes; folding writes makes a new one that shares every channel that was not written.
// 2. A version names one value of one channel within a session: a written channel gets a version never used before.
import type { Variables } from "../expression/cel.js";
import type { ReducerName } from "../model/graph.js";
import { START, type ChannelName } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { ChannelView } from "../ports.js";
import type { ChannelProgram } from "./channel-program.js";

interface Held {
  readonly value: unknown;
  readonly version: number;
}

/** What one node wrote. */
export interface NodeWrites {
  readonly node: string;
  readonly writes: JsonObject;
  /** Channels that it wrote `undefined` to: they go back to where they started, and have no value if they have no default. */
  readonly cleared?: readonly ChannelName[];
}

/** An immutable state. */
export class ChannelState {
  readonly #programs: ReadonlyMap<ChannelName, ChannelProgram>;
  readonly #held: ReadonlyMap<ChannelName, Held>;

  private constructor(programs: ReadonlyMap<ChannelName, ChannelProgram>, held: ReadonlyMap<ChannelName, Held>) {
    this.#programs = programs;
    this.#held = held;
  }

  /** The state with these values; a channel without one has its start value. */
  static of(programs: ReadonlyMap<ChannelName, ChannelProgram>, values: JsonObject, version: number): ChannelState {
    const held = new Map<ChannelName, Held>();
    for (const [name, program] of programs) {
      const given = values[name];
      const value = given === undefined ? program.reducer.start(program.def.initial) : program.reducer.restore(given);
      held.set(name, { value, version });
    }
    return new ChannelState(programs, held);
  }

  names(): Iterable<ChannelName> {
    return this.#programs.keys();
  }

  view(name: ChannelName): ChannelView | undefined {
    const held = this.#held.get(name);
    const program = this.#programs.get(name);
    return held === undefined || program === undefined ? undefined : { version: held.version, value: program.reducer.view(held.value) };
  }

  /** Every channel that has a value. */
  values(): JsonObject {
    const values: Record<string, JsonValue> = {};
    for (const name of this.#programs.keys()) {
      const value = this.view(name)?.value;
      if (value !== undefined) values[name] = value;
    }
    return values;
  }

  /** Every channel by name, for expressions, with `more` beside them; a channel without a value is null. */
  variables(more: Readonly<Record<string, JsonValue>> = {}): Variables {
    return new StateVariables(this, more);
  }

  reducers(): Readonly<Record<ChannelName, ReducerName>> {
    return Object.fromEntries([...this.#programs].map(([name, program]) => [name, program.def.reducer]));
  }

  /** What the end of a superstep takes away before its writes come: the values that were for that superstep alone. */
  passing(): readonly NodeWrites[] {
    const gone = [...this.#programs].flatMap(([name, { reducer, def }]) =>
      reducer.passing === true && this.#held.get(name)?.value !== reducer.start(def.initial) ? [name] : [],
    );
    return gone.length === 0 ? [] : [this.toStart({ node: START, writes: {}, cleared: gone })];
  }

  /** The same writes with the channels that they clear written back to their defaults; only those without one stay cleared. */
  toStart({ node, writes, cleared }: NodeWrites): NodeWrites {
    if (cleared === undefined) return { node, writes };
    const initials: Record<ChannelName, JsonValue> = {};
    for (const name of cleared) {
      const initial = this.#programs.get(name)?.def.initial;
      if (initial !== undefined) initials[name] = initial;
    }
    const empty = cleared.filter((name) => initials[name] === undefined);
    return { node, writes: { ...writes, ...initials }, ...(empty.length === 0 ? {} : { cleared: empty }) };
  }

  /** Folds writes that were checked, one at a time and in order, giving what was written the version. */
  fold(all: readonly NodeWrites[], version: number): ChannelState {
    const next = new Map(this.#held);
    for (const { writes, cleared = [] } of all) {
      for (const [name, write] of Object.entries(writes)) {
        const program = this.#programs.get(name);
        const held = next.get(name);
        if (program !== undefined && held !== undefined) next.set(name, { value: program.reducer.fold(held.value, write), version });
      }
      for (const name of cleared) {
        const program = this.#programs.get(name);
        if (program !== undefined) next.set(name, { value: program.reducer.restore(undefined), version });
      }
    }
    return new ChannelState(this.#programs, next);
  }
}

/** Looked up when an expression asks: most use few channels, and putting a list together costs. */
class StateVariables extends Map<string, JsonValue> {
  readonly #state: ChannelState;
  readonly #more: Readonly<Record<string, JsonValue>>;

  constructor(state: ChannelState, more: Readonly<Record<string, JsonValue>>) {
    super();
    this.#state = state;
    this.#more = more;
  }

  override get(name: string): JsonValue | undefined {
    if (Object.hasOwn(this.#more, name)) return this.#more[name];
    const view = this.#state.view(name);
    return view === undefined ? undefined : (view.value ?? null);
  }
}
