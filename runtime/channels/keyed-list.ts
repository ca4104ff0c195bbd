// A persistent list whose values may be found, replaced and removed by key. It keeps the order of first appearance.
//
// 1. A list never changes; each change makes one that shares all the rest.
// 2. A change costs the logarithm of the length, not the length: a removed value leaves a gap, and gaps are closed once they
//    outnumber the values.
import { Table } from "../model/table.js";
import { Vector } from "../model/vector.js";

/** Fewer gaps than this are not worth closing. */
const FEWEST_GAPS = 32;

interface Slot<V> {
  /** Absent for a value that was added without one. */
  readonly key: string | undefined;
  readonly value: V;
}

/** An immutable list of values, some or all of them with a key. */
export class KeyedList<V> {
  readonly #slots: Vector<Slot<V> | undefined>;
  readonly #byKey: Table<number>;
  /** How many values there are. */
  readonly size: number;

  private constructor(slots: Vector<Slot<V> | undefined>, byKey: Table<number>, size: number) {
    this.#slots = slots;
    this.#byKey = byKey;
    this.size = size;
  }

  /** The list with nothing in it. */
  static empty<V>(): KeyedList<V> {
    return new KeyedList<V>(Vector.empty(), Table.empty(), 0);
  }

  /** How many places its values take, gaps included. */
  get places(): number {
    return this.#slots.length;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** With a value at the place of its key, or at the end where the key is new or there is none. */
  set(key: string | undefined, value: V): KeyedList<V> {
    const place = key === undefined ? undefined : this.#byKey.get(key);
    if (place !== undefined) return new KeyedList(this.#slots.set(place, { key, value }), this.#byKey, this.size);
    const byKey = key === undefined ? this.#byKey : this.#byKey.set(key, this.places);
    return new KeyedList(this.#slots.push({ key, value }), byKey, this.size + 1);
  }

  /** Without the value of a key, which need not be there. */
  delete(key: string): KeyedList<V> {
    const place = this.#byKey.get(key);
    if (place === undefined) return this;
    const less = new KeyedList(this.#slots.set(place, undefined), this.#byKey.delete(key), this.size - 1);
    const gaps = less.places - less.size;
    return gaps > FEWEST_GAPS && gaps > less.size ? less.#closed() : less;
  }

  /** Calls back with each value and its key, in order. */
  forEach(visit: (value: V, key: string | undefined) => void): void {
    this.#slots.forEach((slot) => {
      if (slot !== undefined) visit(slot.value, slot.key);
    });
  }

  #closed(): KeyedList<V> {
    const slots: Slot<V>[] = [];
    this.forEach((value, key) => slots.push({ key, value }));
    const byKey = slots.flatMap(({ key }, place) => (key === undefined ? [] : [[key, place] as const]));
    return new KeyedList(Vector.from<Slot<V> | undefined>(slots), Table.from(byKey), slots.length);
  }
}
