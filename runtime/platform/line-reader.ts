import type { Readable } from "node:stream";

/** A line without an end is passed on when it is this long. */
const LONGEST_LINE = 16_384;

/** Calls back with the lines of a stream, those that have come together at once, and with what is left at its end. */
export function readLines(stream: Readable, onLines: (lines: readonly string[]) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    if (rest.length >= LONGEST_LINE) {
      lines.push(rest);
      rest = "";
    }
    if (lines.length > 0) onLines(lines);
  });
  stream.on("end", () => {
    if (rest !== "") onLines([rest]);
  });
}
