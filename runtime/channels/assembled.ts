import type { JsonValue } from "../model/json.js";
import { KeyedList } from "./keyed-list.js";

/** A list by key together with the value that people see, which is put together when it is first looked at. */
export class Assembled<V> {
  readonly list: KeyedList<V>;
  readonly #assemble: (list: KeyedList<V>) => JsonValue;
  #view: JsonValue | undefined;

  constructor(list: KeyedList<V>, assemble: (list: KeyedList<V>) => JsonValue) {
    this.list = list;
    this.#assemble = assemble;
  }

  get view(): JsonValue {
    this.#view ??= this.#assemble(this.list);
    return this.#view;
  }

  /** With another list; itself where nothing changed, so that the view is kept. */
  with(list: KeyedList<V>): Assembled<V> {
    return list === this.list ? this : new Assembled(list, this.#assemble);
  }
}

/** The values in their order. */
export function valuesOf(list: KeyedList<JsonValue>): JsonValue {
  const values: JsonValue[] = [];
  list.forEach((value) => values.push(value));
  return values;
}
