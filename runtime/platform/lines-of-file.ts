import { closeSync, openSync, readSync } from "node:fs";

const CHUNK = 256 * 1024;

/** The lines of a text file (UTF-8), without their ends, read as they are asked for. Throws what the file system throws. */
export function* linesOfFile(path: string): Generator<string, void, void> {
  const file = openSync(path, "r");
  try {
    const decoder = new TextDecoder();
    const chunk = Buffer.alloc(CHUNK);
    let parts: string[] = []; // of a line that is longer than a chunk
    for (let bytes = readSync(file, chunk); bytes > 0; bytes = readSync(file, chunk)) {
      const lines = decoder.decode(chunk.subarray(0, bytes), { stream: true }).split("\n");
      for (const line of lines.slice(0, -1)) {
        yield parts.length === 0 ? line : `${parts.join("")}${line}`;
        parts = [];
      }
      parts.push(lines.at(-1) ?? "");
    }
    const rest = parts.join("");
    if (rest !== "") yield rest;
  } finally {
    closeSync(file);
  }
}
