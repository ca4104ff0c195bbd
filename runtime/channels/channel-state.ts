// The values of all channels at one moment.
//
// 1. A state never changes; folding writes makes a new one that shares every channel that was not written.
// 2. A version names one value of one channel within a session: a written channel gets a version never used before.
import type { ReducerName } from "../model/graph.js";
import type { ChannelName } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { ChannelView } from "../ports.js";
import type { ChannelProgram } from "./channel-program.js";

interface Held {
  readonly value: unknown;
  readonly version: number;
}

/** A write of one node. */
export interface NodeWrites {
  readonly node: string;
  readonly writes: JsonObject;
}

/** An immutable state. */
export class ChannelState {
  readonly #programs: ReadonlyMap<ChannelName, ChannelProgram>;
  readonly #held: ReadonlyMap<ChannelName, Held>;
  #variables: Readonly<Record<string, JsonValue>> | undefined;

  private constructor(programs: ReadonlyMap<ChannelName, ChannelProgram>, held: ReadonlyMap<ChannelName, Held>) {
    this.#programs = programs;
    this.#held = held;
  }

  /** The state with these values; a channel without one has its start value. */
  static of(programs: ReadonlyMap<ChannelName, ChannelProgram>, values: JsonObject, version: number): ChannelState {
    const held = new Map<ChannelName, Held>();
    for (const [name, program] of programs) {
      const given = values[name];
      const value = given === undefined ? program.reducer.start(program.def) : program.reducer.restore(given);
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

  /** Every channel by name, for expressions; a channel without a value is null. Made once for a state. */
  variables(): Readonly<Record<string, JsonValue>> {
    if (this.#variables === undefined) {
      const variables: Record<string, JsonValue> = {};
      for (const name of this.#programs.keys()) variables[name] = this.view(name)?.value ?? null;
      this.#variables = variables;
    }
    return this.#variables;
  }

  reducers(): Readonly<Record<ChannelName, ReducerName>> {
    return Object.fromEntries([...this.#programs].map(([name, program]) => [name, program.def.reducer]));
  }

  /** Folds writes that were checked, one at a time and in order, giving what was written the version. */
  fold(all: readonly NodeWrites[], version: number): ChannelState {
    const next = new Map(this.#held);
    for (const { writes } of all) {
      for (const [name, write] of Object.entries(writes)) {
        const program = this.#programs.get(name);
        const held = next.get(name);
        if (program !== undefined && held !== undefined) next.set(name, { value: program.reducer.fold(held.value, write), version });
      }
    }
    return new ChannelState(this.#programs, next);
  }
}
