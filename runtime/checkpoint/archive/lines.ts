import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { ArchiveEnd } from "./record.js";

/** Lines of a file so far: how many, and what they add up to. */
export class LineSum {
  readonly #encoder = new TextEncoder();
  readonly #hash = sha256.create();
  #lines = 0;

  get lines(): number {
    return this.#lines;
  }

  /** The line of a value, with its end, counted. */
  add(value: object): string {
    const line = `${JSON.stringify(value)}\n`;
    this.addLine(line);
    return line;
  }

  /** Counts a line, given with its end. */
  addLine(line: string): void {
    this.#hash.update(this.#encoder.encode(line));
    this.#lines += 1;
  }

  /** SHA-256 of the lines, in hexadecimal. They are complete. */
  finish(): string {
    return bytesToHex(this.#hash.digest());
  }
}

/** The line that ends a file. */
export function endLine(sum: LineSum): string {
  const end: ArchiveEnd = { type: "end", lines: sum.lines, sha256: sum.finish() };
  return `${JSON.stringify(end)}\n`;
}
