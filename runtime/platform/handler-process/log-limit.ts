import { weigh } from "../../model/weigh.js";
import type { Reports } from "./context.js";

/** Lines that one call may log; each is cut to a length, so that their sum is bounded too. */
const LINES = 10_000;

/** Bytes, roughly, that one call may emit. */
const EMITTED = 16 * 2 ** 20;

/** Reports of a call that go silent, and say so, when there are too many: a flood of lines is not to be the host's. */
export function limited(reports: Reports, lines = LINES, emitted = EMITTED): Reports {
  let left = lines;
  let bytesLeft = emitted;
  return {
    log: (level, message) => {
      left -= 1;
      if (left >= 0) reports.log(level, message);
      else if (left === -1) reports.log("warn", tooMany(lines));
    },
    progress: (fraction, message) => {
      left -= 1;
      if (left >= 0) reports.progress(fraction, message);
      else if (left === -1) reports.log("warn", tooMany(lines));
    },
    emit: (value) => {
      if (bytesLeft < 0) return;
      bytesLeft -= weigh(value, Infinity);
      if (bytesLeft >= 0) reports.emit(value);
      else reports.log("warn", tooMuch(emitted));
    },
  };
}

const tooMuch = (bytes: number): string => `This call has emitted more than ${Math.round(bytes / 2 ** 20)} MB; the rest is left out.`;
const tooMany = (lines: number): string => `This call has reported more than ${lines} lines; the rest is left out.`;
