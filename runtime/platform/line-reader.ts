import type { Readable } from "node:stream";

/** A line without an end is passed on when it is this long. */
const LONGEST_LINE = 16_384;

/** Calls back with each line of a stream, and with what is left at its end. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
    if (rest.length < LONGEST_LINE) return;
    onLine(rest);
    rest = "";
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
