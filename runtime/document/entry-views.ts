import type { JsonObject } from "../model/json.js";
import type { EntryRange, Lookup } from "./parsed-document.js";
import type { Entry, Place, Section } from "./section.js";

/** What is said of the entries of a section, found when it is asked for. */
class EntryView<Value> implements Lookup<Value> {
  readonly #section: Section<unknown>;
  readonly #show: (entry: Entry<unknown>, place: () => Place | undefined) => Value | undefined;

  constructor(section: Section<unknown>, show: (entry: Entry<unknown>, place: () => Place | undefined) => Value | undefined) {
    this.#section = section;
    this.#show = show;
  }

  get size(): number {
    return this.#all().length;
  }

  get(key: string): Value | undefined {
    const entry = this.#section.get(key);
    return entry && this.#show(entry, () => this.#section.place(key));
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  keys(): readonly string[] {
    return this.#all().map(([key]) => key);
  }

  changedFrom(earlier: Lookup<Value>): readonly string[] | undefined {
    return earlier instanceof EntryView ? this.#section.changedFrom(earlier.#section) : undefined;
  }

  [Symbol.iterator](): Iterator<readonly [string, Value]> {
    return this.#all()[Symbol.iterator]();
  }

  #all(): readonly (readonly [string, Value])[] {
    const all: (readonly [string, Value])[] = [];
    this.#section.forEach((entry, key, cell, at) => {
      const value = this.#show(entry, () => this.#section.placeOf(cell, at));
      if (value !== undefined) all.push([key, value]);
    });
    return all;
  }
}

/** The raw JSON of the entries that are objects. */
export function rawOf(section: Section<unknown>): Lookup<JsonObject> {
  return new EntryView(section, ({ json }) => json);
}

/** Where the entries stand. */
export function rangesOf(section: Section<unknown>): Lookup<EntryRange> {
  return new EntryView(section, ({ node }, placeOf) => {
    const place = placeOf();
    if (place === undefined) return undefined;
    const { key, origin } = place;
    return { key, value: { start: origin + (node?.start ?? 0), end: origin + (node?.end ?? 0) } };
  });
}
