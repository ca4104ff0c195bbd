// What a batch of intents makes of a document, before it is text: intents are applied one after the other, so that a later
// one sees what an earlier one did.
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import { toJson } from "./json-tree.js";
import type { Section } from "./section.js";

/** One section with changes on top. */
export class SectionDraft {
  readonly #section: Section<unknown>;
  readonly removed = new Set<string>();
  /** Entries of the document with what they are to be. */
  readonly changed = new Map<string, JsonValue>();
  /** New entries in their order. */
  readonly added = new Map<string, JsonValue>();

  constructor(section: Section<unknown>) {
    this.#section = section;
  }

  has(key: string): boolean {
    return this.added.has(key) || this.#isKept(key);
  }

  get(key: string): JsonValue | undefined {
    const json = this.added.get(key) ?? this.changed.get(key);
    const node = json === undefined && this.#isKept(key) ? this.#section.get(key)?.node : undefined;
    return json ?? (node === undefined ? undefined : toJson(node));
  }

  /** An entry that is an object. */
  object(key: string): JsonObject | undefined {
    const json = this.get(key);
    return isObject(json) ? json : undefined;
  }

  set(key: string, json: JsonValue): void {
    if (this.#isKept(key)) this.changed.set(key, json);
    else this.added.set(key, json);
  }

  remove(key: string): void {
    this.added.delete(key);
    this.changed.delete(key);
    if (this.#section.has(key)) this.removed.add(key);
  }

  /** Keys and objects of all entries, as they are now, in no particular order. */
  *objects(): Iterable<readonly [string, JsonObject]> {
    for (const [key, { json: before }] of this.#section.entries) {
      const json = this.changed.get(key) ?? before;
      if (this.#isKept(key) && isObject(json)) yield [key, json];
    }
    for (const [key, json] of this.added) if (isObject(json)) yield [key, json];
  }

  get isChanged(): boolean {
    return this.removed.size + this.changed.size + this.added.size > 0;
  }

  #isKept(key: string): boolean {
    return this.#section.has(key) && !this.removed.has(key);
  }
}
