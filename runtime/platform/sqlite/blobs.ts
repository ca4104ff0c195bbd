import { hash } from "node:crypto";
import type { JsonValue } from "../../model/json.js";
import { weigh } from "../../model/weigh.js";
import { unpack, pack } from "./codec.js";
import { bytes as bytesOf, integer, text, type Row } from "./rows.js";
import type { Statements } from "./statements.js";

/** How many large texts are remembered by their hash; objects are remembered while somebody holds them. */
const REMEMBERED = 64;
/** So many times as large as others are values that grow before they stand apart: some four fit a page. */
const GROWING = 2;

/** Large values of one store, by content. What was seen before is not encoded or hashed again. */
export class Blobs {
  readonly #sql: Statements;
  readonly #objects = new WeakMap<object, string>();
  readonly #texts = new Map<string, string>();

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Collects the values above so many bytes of JSON that something to be stored holds. */
  collect(above: number): Collected {
    return new Collected(this.#sql, (value, grows) => this.#hashOf(value, grows ? above * GROWING : above));
  }

  /** The value of a hash; undefined where it is gone or damaged. */
  read(key: string): JsonValue | undefined {
    const row = this.#sql.blob.get(key);
    if (row === undefined) return undefined;
    const json = blobText(row);
    if (json === undefined) return undefined;
    return blobHash(json) === key ? (JSON.parse(json) as JsonValue) : undefined;
  }

  #hashOf(value: JsonValue, above: number): Hashed | undefined {
    if (typeof value === "string") return value.length <= above / 6 ? undefined : this.#hashOfText(value, above);
    if (typeof value !== "object" || value === null) return undefined;
    const known = this.#objects.get(value);
    if (known !== undefined) return { key: known, json: () => JSON.stringify(value) };
    if (weigh(value, above) < above / 4) return undefined; // JSON takes up to three times the memory, of numbers and escapes
    const json = JSON.stringify(value);
    if (Buffer.byteLength(json) <= above) return undefined;
    const key = blobHash(json);
    this.#objects.set(value, key);
    return { key, json: () => json };
  }

  #hashOfText(value: string, above: number): Hashed | undefined {
    const known = this.#texts.get(value);
    if (known !== undefined) {
      this.#remember(value, known);
      return { key: known, json: () => JSON.stringify(value) };
    }
    const json = JSON.stringify(value);
    if (Buffer.byteLength(json) <= above) return undefined;
    const key = blobHash(json);
    this.#remember(value, key);
    return { key, json: () => json };
  }

  /** The newest last; of too many the oldest are forgotten. */
  #remember(value: string, key: string): void {
    this.#texts.delete(value);
    this.#texts.set(value, key);
    for (const [oldest] of this.#texts) {
      if (this.#texts.size <= REMEMBERED) break;
      this.#texts.delete(oldest);
    }
  }
}

interface Hashed {
  readonly key: string;
  readonly json: () => string;
}

/** The large values of one thing on its way into the store. */
export class Collected {
  readonly #sql: Statements;
  readonly #hashOf: (value: JsonValue, grows: boolean) => Hashed | undefined;
  readonly #found = new Map<string, Hashed>();

  constructor(sql: Statements, hashOf: (value: JsonValue, grows: boolean) => Hashed | undefined) {
    this.#sql = sql;
    this.#hashOf = hashOf;
  }

  /** The hash of a large value, which is to be stored; undefined for one that is not large. */
  readonly keep = (value: JsonValue, grows: boolean): string | undefined => {
    const hashed = this.#hashOf(value, grows);
    if (hashed !== undefined) this.#found.set(hashed.key, hashed);
    return hashed?.key;
  };

  /** Whether the store lacks one of them: what has others only takes no longer to store than what has none. */
  get isNew(): boolean {
    for (const key of this.#found.keys()) if (this.#sql.hasBlob.get(key) === undefined) return true;
    return false;
  }

  /** Stores what the store does not have; gives its bytes. Within the transaction that stores what holds it. */
  insert(): number {
    let bytes = 0;
    for (const { key, json } of this.#found.values()) {
      if (this.#sql.hasBlob.get(key) !== undefined) continue;
      const body = json();
      const packed = pack(body);
      this.#sql.insertBlob.run(key, packed.codec, packed.sum, packed.body);
      bytes += packed.body.length;
    }
    return bytes;
  }

  /** Notes who holds them. */
  use(checkpoint: number): void {
    for (const key of this.#found.keys()) this.#sql.useBlob.run(key, checkpoint);
  }
}

/** The JSON of a stored value: compressed, unless an older version stored it. Undefined where it is damaged. */
export function blobText(row: Row): string | undefined {
  return row["packed"] === null
    ? text(row, "json")
    : unpack({ codec: integer(row, "codec"), sum: text(row, "sum"), body: bytesOf(row, "packed") });
}

/** The key of a value by its JSON. */
export function blobHash(json: string): string {
  return hash("sha256", json, "base64url");
}
