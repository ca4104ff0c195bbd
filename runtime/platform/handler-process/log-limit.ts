import type { Reports } from "./context.js";

/** Lines that one call may log; each is cut to a length, so that their sum is bounded too. */
const LINES = 10_000;

/** Reports of a call that go silent, and say so, when there are too many: a flood of lines is not to be the host's. */
export function limited(reports: Reports, lines = LINES): Reports {
  let left = lines;
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
  };
}

const tooMany = (lines: number): string => `This call has reported more than ${lines} lines; the rest is left out.`;
