import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What was compiled, of one graph: another key for another text and for another version of Patchbay. */
export function compileKey(version: string, text: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${version}\0${text}`)).subarray(0, 16));
}

/** Remembers, across sessions, which state of each graph was compiled. */
export interface CompiledKeys {
  get(graph: string): string | undefined;
  /** Undefined: the graph is gone. */
  set(graph: string, key: string | undefined): void;
}
