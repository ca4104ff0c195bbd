import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

/** The id of the trace of a run and of the runs inside it: always the same for one run. */
export function traceIdOf(run: string): string {
  return digest(`trace\0${run}`, TRACE_BYTES);
}

/** The id of a span of a run: always the same for the same part of it. */
export function spanIdOf(run: string, part: string): string {
  return digest(`span\0${run}\0${part}`, SPAN_BYTES);
}

function digest(text: string, bytes: number): string {
  return bytesToHex(sha256(utf8ToBytes(text)).subarray(0, bytes));
}
