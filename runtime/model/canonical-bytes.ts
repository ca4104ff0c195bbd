// Canonical JSON (`canonical`) as UTF-8, written in one pass into one buffer: no text is made on the way.

/** Writes canonical JSON, one value after the other, into a buffer of its own. */
export class CanonicalBytes {
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** The UTF-8 of `canonical(value)`; it stands until the next call. */
  of(value: unknown): Uint8Array {
    this.#length = 0;
    this.#value(value);
    return this.#bytes.subarray(0, this.#length);
  }

  #value(value: unknown): void {
    if (typeof value === "string") this.#string(value);
    else if (typeof value !== "object" || value === null) this.#scalar(JSON.stringify(value) ?? "null");
    else if (Array.isArray(value)) this.#array(value);
    else this.#object(value as Readonly<Record<string, unknown>>);
  }

  #array(items: readonly unknown[]): void {
    this.#byte(OPEN_BRACKET);
    for (let i = 0; i < items.length; i += 1) {
      if (i > 0) this.#byte(COMMA);
      this.#value(items[i]);
    }
    this.#byte(CLOSE_BRACKET);
  }

  #object(object: Readonly<Record<string, unknown>>): void {
    this.#byte(OPEN_BRACE);
    let first = true;
    for (const key of sortedKeys(object)) {
      const item = object[key];
      if (item === undefined) continue;
      if (!first) this.#byte(COMMA);
      first = false;
      this.#string(key);
      this.#byte(COLON);
      this.#value(item);
    }
    this.#byte(CLOSE_BRACE);
  }

  #string(text: string): void {
    const bytes = this.#withRoomFor(text.length + 2);
    let at = this.#length;
    bytes[at++] = QUOTE;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code < SPACE || code > LAST_ASCII || code === QUOTE || code === BACKSLASH) return this.#escaped(text);
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    this.#length = at;
  }

  #escaped(text: string): void {
    const json = JSON.stringify(text);
    const bytes = this.#withRoomFor(json.length * 3); // no UTF-16 code unit takes more bytes of UTF-8
    this.#length += this.#encoder.encodeInto(json, bytes.subarray(this.#length)).written;
  }

  #scalar(text: string): void {
    const bytes = this.#withRoomFor(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[this.#length++] = text.charCodeAt(i);
  }

  #byte(code: number): void {
    this.#withRoomFor(1)[this.#length++] = code;
  }

  #withRoomFor(more: number): Uint8Array {
    if (this.#length + more > this.#bytes.length) {
      const larger = new Uint8Array(2 * (this.#length + more));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];
const [SPACE, LAST_ASCII] = [0x20, 0x7e];

/** Definitions have few fields, most of them in order. */
const FEW = 16;

/** Keys in the order of their code units; a few are sorted by insertion, which is quicker than the library's sort. */
function sortedKeys(object: object): readonly string[] {
  const keys = Object.keys(object);
  if (keys.length > FEW) return keys.sort();
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] ?? "";
    let at = i;
    for (let before = keys[at - 1]; before !== undefined && before > key; before = keys[at - 1]) keys[at--] = before;
    keys[at] = key;
  }
  return keys;
}
