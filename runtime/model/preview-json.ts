import type { JsonValue } from "./json.js";

/**
 * A value as JSON text, cut at `limit` characters. Stops reading at the limit, so that showing a large state costs no more
 * than showing a small one.
 */
export function previewJson(value: JsonValue | undefined, limit: number): string {
  const text = new Preview(limit);
  text.write(value ?? null);
  return text.finish();
}

class Preview {
  readonly #limit: number;
  #text = "";

  constructor(limit: number) {
    this.#limit = limit;
  }

  get #full(): boolean {
    return this.#text.length > this.#limit;
  }

  finish(): string {
    return this.#full ? `${this.#text.slice(0, this.#limit - 1)}…` : this.#text;
  }

  write(value: JsonValue): void {
    if (typeof value === "string") this.#text += JSON.stringify(value.slice(0, this.#limit + 1));
    else if (value === null || typeof value !== "object") this.#text += JSON.stringify(value);
    else if (Array.isArray(value)) this.#list("[", value, "]", (item) => this.write(item));
    else this.#list("{", entriesOf(value as Readonly<Record<string, JsonValue>>), "}", ([key, item]) => this.#entry(key, item));
  }

  #entry(key: string, item: JsonValue): void {
    this.#text += `${JSON.stringify(key)}: `;
    this.write(item);
  }

  #list<Item>(open: string, items: Iterable<Item>, close: string, write: (item: Item) => void): void {
    this.#text += open;
    let separator = "";
    for (const item of items) {
      if (this.#full) return;
      this.#text += separator;
      separator = ", ";
      write(item);
    }
    this.#text += close;
  }
}

/** Entries one at a time: `Object.entries` would read a large object whole. */
function* entriesOf(value: Readonly<Record<string, JsonValue>>): Iterable<readonly [string, JsonValue]> {
  for (const key in value) if (Object.hasOwn(value, key)) yield [key, value[key] ?? null];
}
